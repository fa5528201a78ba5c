import type { Pagination, Type } from '../../../ir/ir.ts';
import type { Paging } from '../../../ir/paging.ts';
import type { Schemas } from '../../schemas/schema.ts';
import type { ReadOperation } from '../operation.ts';
import { itemsOf, type List, listAt } from './items.ts';
import { kinds } from './kinds.ts';
import { plainOf, propertiesOf } from './members.ts';
import { lastNames, moreNames } from './names.ts';
import { resolvePaging } from './override.ts';
import { questionOf } from './question.ts';
import { replyOf } from './reply.ts';
import type { Misfit } from './misfit.ts';
import type { Evidence } from './evidence.ts';
import type { PaginationOverride } from '../../../ir/pagination-override.ts';

/** Pagination, and the type of a page's body where the document declares a single item. */
export interface Detected {
  readonly pagination: Pagination;
  readonly body: Type;
}

/**
 * Tells whether an operation is a listing that comes in pages, and how the next one is found: by its
 * parameters and by what its answer holds, together.
 */
export function detectPagination(
  { operation, responseHeaders, answerExamples }: ReadOperation,
  schemas: Schemas,
  override: PaginationOverride | false | undefined,
): Detected | Misfit | undefined {
  if (override === false) return undefined;
  const { result, method } = operation;
  if (result.reading !== 'json' && result.reading !== 'any')
    return override && misfit('its answers are no JSON', 'Only JSON comes in pages.');
  if (method !== 'GET' && method !== 'POST' && !override) return undefined;
  const body = plainOf(result.type, schemas);
  const list = override?.items ? listAt(body, override.items, schemas) : itemsOf(body, schemas);
  if (list === false)
    return misfit(`its result has no list at ${said(override?.items)}`, itemsHint);
  // Without a list a header alone tells of pages, which no POST has.
  if (!list && !override && method === 'POST') return undefined;
  const reply = replyOf(body, schemas);
  const question = questionOf(operation, schemas);
  const more = list && reply.find(moreNames, ['flag']);
  const last = list && !more ? reply.find(lastNames, ['flag']) : undefined;
  const evidence: Evidence = {
    operation,
    headers: responseHeaders,
    question,
    reply,
    ending: { ...(more && { more: more.path }), ...(last && { last: last.path }) },
    list,
    examples: answerExamples,
    schemas,
  };
  const paging = override?.paging
    ? resolvePaging(override.paging, evidence, body)
    : pagingOf(evidence);
  if (!paging)
    return (
      override &&
      misfit('the document does not say how', 'Say under `paging` how the next page is found.')
    );
  if ('problem' in paging) return paging;
  return paged(
    paging.kind === 'link'
      ? { ...paging, direction: override?.direction ?? paging.direction }
      : paging,
    list,
    operation.result.type,
  );
}

function pagingOf(evidence: Evidence): Paging | undefined {
  const isPost = evidence.operation.method === 'POST';
  if (isPost && isWrite(evidence)) return undefined;
  for (const { find, post } of kinds) {
    if (!post && isPost) continue;
    const paging = find(evidence);
    if (paging) return paging;
  }
  return undefined;
}

/** Whether a request sends a list of what comes back: to be stored, and not to be sent page after page. */
function isWrite({ operation: { body }, list, schemas }: Evidence): boolean {
  const name = list?.path[0];
  if (!body) return false;
  if (name === undefined) return itemsOf(body.type, schemas)?.path.length === 0;
  return listAt(body.type, [name], schemas) !== false && propertiesOf(body.type, schemas).has(name);
}

function paged(paging: Paging, list: List | undefined, result: Type): Detected | Misfit {
  if (list) {
    const { path, type } = list;
    return {
      pagination: { paging, itemType: type, ...(path.length > 0 ? { items: path } : {}) },
      // Of several kinds of lists a page is one of their items.
      body: path.length > 0 ? result : { kind: 'array', items: type },
    };
  }
  return paging.kind === 'link' && paging.single
    ? { pagination: { paging, itemType: result }, body: { kind: 'array', items: result } }
    : misfit('its result has no list where the items should be', itemsHint);
}

const itemsHint =
  'Say under `items` where the list is in the result, for example [data, users]; [] where the result is the list.';

function misfit(problem: string, hint: string): Misfit {
  return { problem, hint };
}

function said(path: readonly string[] = []): string {
  return path.length === 0 ? 'its top' : `\`${path.join('.')}\``;
}
