import type { Batching } from '../ir/batch.ts';
import type { Conversions } from '../ir/conversion.ts';
import type { Group, Operation, Param } from '../ir/ir.ts';
import { isPlainJson, tellsAnswers } from '../ir/operation.ts';
import { isPlainResponse, isRedirect, successesOf } from '../ir/responses.ts';

/**
 * Operations as text, by the names of their functions: what a client object needs of them in place of the
 * function. `PUT /things/{id}?dryRun&tags[]=tags {body} as update` says the method, the path with the members of
 * the input that fill it, the pairs of the query (with the member, where that has another name), the member
 * that is the body, and the verb in a batch. What does not fit into it keeps its function.
 */
export function operationRows(
  groups: readonly Group[],
  batch: Batching | undefined,
  conversions: Conversions | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    groups
      .flatMap((group) => group.operations)
      .filter((operation) => isPlainCall(operation, conversions))
      .flatMap((operation) => {
        const call = callOf(operation);
        const verb = batch?.kind === 'draft' ? verbOf(operation) : undefined;
        return call === undefined
          ? []
          : [[operation.name, call + (verb === undefined ? '' : ` as ${verb}`)] as const];
      }),
  );
}

/** Whether nothing but data tells an operation from others: no option of the call, no function of its own. */
function isPlainCall(operation: Operation, conversions: Conversions | undefined): boolean {
  const { name, body, fixedQuery = [], responses, result, server, params } = operation;
  const { idempotencyHeader } = operation;
  const successes = successesOf(responses);
  return (
    server === undefined &&
    fixedQuery.length === 0 &&
    idempotencyHeader === undefined &&
    (body === undefined || isPlainJson(body)) &&
    params.every((param) => param.in === 'path' || param.in === 'query') &&
    result.type.kind !== 'stream' &&
    !tellsAnswers(operation) &&
    conversions?.answers.has(name) !== true &&
    conversions?.longBodies.has(name) !== true &&
    !successes.some(({ status }) => isRedirect(status)) &&
    (successes.every(({ reading }) => reading === 'none') || successes.every(isPlainResponse))
  );
}

function callOf({ method, path, params, body }: Operation): string | undefined {
  const parts = path.map((part) => {
    if (typeof part === 'string') return /^[^\s?{}]*$/.test(part) ? part : undefined;
    const { key, style, shape, allowReserved } = part.param;
    const isPlain = style === 'simple' && shape === 'scalar' && !allowReserved;
    return isPlain && isWord(key) ? `{${key}}` : undefined;
  });
  const pairs = params.filter((param) => param.in === 'query').map(pairOf);
  const words = [method, ...parts, ...pairs, ...(body ? [body.key] : [])];
  if (!words.every((word) => word !== undefined) || (body && !isWord(body.key))) return undefined;
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${method} ${parts.join('')}${query}${body ? ` {${body.key}}` : ''}`;
}

function pairOf({ name, key, style, shape, explode, allowReserved }: Param): string | undefined {
  const repeats = shape === 'scalar' || (shape === 'list' && explode);
  const isDelimited = style === 'form' || style === 'spaceDelimited' || style === 'pipeDelimited';
  if (!repeats || !isDelimited || allowReserved || !isWord(name) || !isWord(key)) return undefined;
  return name === key ? key : `${name}=${key}`;
}

/** Whether a name has no sign that means something in a row. */
function isWord(name: string): boolean {
  return /^[^\s?&={}]+$/.test(name);
}

/** The verb of an action that consists of path, verb and body; undefined of every other one. */
function verbOf({ batch, body }: Operation): string | undefined {
  if (!batch || batch.at || batch.fence !== undefined) return undefined;
  const [resource, operation, content, ...more] = batch.members;
  if (resource?.[0] !== 'resource' || resource[1] !== 'path' || operation?.[0] !== 'operation')
    return undefined;
  const hasBody = content?.[0] === 'body' && content[1] === 'body';
  if (more.length > 0 || (content ? !hasBody : body !== undefined)) return undefined;
  const [, verb] = operation;
  return typeof verb === 'object' && 'literal' in verb && /^\S+$/.test(verb.literal)
    ? verb.literal
    : undefined;
}
