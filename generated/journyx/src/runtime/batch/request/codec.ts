// @ts-nocheck
import { messages } from '../../answers/messages.js';
import { isDeep } from '../action/depth.js';
import { encode } from '../../params/encode.js';
import { memberAt } from '../action/members.js';
import type { RequestWire } from '../action/types.js';
import type { Addition, Endpoint, Path } from './request-protocol.js';

/** What the server says of one action. */
export interface ServerResult {
  readonly status: number;
  readonly body: unknown;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
}

/**
 * The body of a batch. `after` gives, for each action, the places of those that must have succeeded
 * before.
 */
export function encodeBatch(
  { list, action, fence }: Endpoint,
  wires: readonly RequestWire[],
  after: readonly (readonly number[])[],
  addition: Addition | undefined,
): object {
  const items = wires.map((wire, place) => {
    const named = action.id === undefined ? {} : { [action.id]: nameOf(place) };
    const needed = after[place] ?? [];
    const waits =
      action.after === undefined || needed.length === 0
        ? {}
        : { [action.after]: needed.map(nameOf) };
    return { ...named, ...encodeAction(action, wire, fence), ...waits };
  });
  return { ...addition?.body, ...nest(list, items) };
}

function encodeAction(
  shape: Endpoint['action'],
  wire: RequestWire,
  fence: Endpoint['fence'],
): object {
  const { method, url, query, headers, body, bodyHeaders } = shape;
  const hasBody = wire.body !== undefined;
  const sent = {
    ...Object.fromEntries((wire.headers ?? []).filter((pair) => !isNoFence(fence, pair))),
    ...(hasBody && bodyHeaders),
  };
  const content = hasBody ? memberAt(wire.body, body?.within ?? []) : body?.empty;
  const upper = wire.method.toUpperCase();
  return {
    ...(method && { [method.name]: method.case === 'upper' ? upper : upper.toLowerCase() }),
    [url]: query === undefined ? wire.url + queryOf(wire) : wire.url,
    ...(headers !== undefined && Object.keys(sent).length > 0 && { [headers]: sent }),
    ...(query !== undefined && wire.query?.length && { [query]: Object.fromEntries(wire.query) }),
    ...(body && content !== undefined && { [body.name]: content }),
  };
}

/** Whether a header says that there is to be none. */
export function isNoFence(
  fence: Endpoint['fence'],
  [name, value]: readonly [name: string, value: unknown],
): boolean {
  return (
    fence?.kind === 'header' &&
    fence.none !== undefined &&
    value === fence.none &&
    name.toLowerCase() === fence.name.toLowerCase()
  );
}

function queryOf({ query = [] }: RequestWire): string {
  const parts = query.flatMap(([name, value]) =>
    [value].flat().map((one) => `${encode(name)}=${encode(String(one))}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** `['data', 'actions']` → `{ data: { actions: value } }`. */
function nest(path: Path, value: unknown): object {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
}

/** The name of an action in its batch. */
function nameOf(place: number): string {
  return String(place + 1);
}

/**
 * The results of a batch of `count` actions, by place; undefined where the server has none. Undefined as
 * a whole for what is not an answer of a batch.
 */
export function decodeBatch(
  { results }: Endpoint,
  answer: unknown,
  count: number,
): readonly (ServerResult | undefined)[] | undefined {
  const list: unknown = Array.isArray(answer) ? answer : memberAt(answer, results.list);
  if (!Array.isArray(list)) return undefined;
  const found: (ServerResult | undefined)[] = Array.from({ length: count });
  const twice = new Set<number>();
  for (const [index, item] of list.entries()) {
    const place = results.id ? placeOf(memberAt(item, results.id)) : index;
    if (!(place in found)) continue;
    if (found[place]) twice.add(place);
    found[place] = decodeResult(results, item);
  }
  // Which of two results is the right one is not known.
  for (const place of twice) found[place] = undefined;
  return found;
}

/** Undoes `nameOf`. */
function placeOf(name: unknown): number {
  return typeof name === 'string' || typeof name === 'number' ? Number(name) - 1 : -1;
}

function decodeResult(results: Endpoint['results'], item: unknown): ServerResult {
  const { body, headers, message } = results;
  const content = memberAt(item, body);
  const said = message && memberAt(item, message);
  return {
    status: statusOf(results, item),
    body: isDeep(content) ? undefined : content,
    headers: headersOf(headers && memberAt(item, headers)),
    errors: typeof said === 'string' ? [said] : isDeep(content) ? [] : messages(content),
  };
}

/** A status that is missing, or none. */
export const noStatus = 0;
/** What failed without a status. */
const failedWithout = 500;

function statusOf(
  { status, absent, failure = [], body }: Endpoint['results'],
  item: unknown,
): number {
  const said = memberAt(item, status);
  const isNumber = typeof said === 'number' || (typeof said === 'string' && /^\d{3}$/.test(said));
  const code = isNumber ? Number(said) : noStatus;
  const hasFailed = failure.some((path) => memberAt(item, path) !== undefined);
  if (code >= 400 && code <= 599) return code;
  const isSuccess = Number.isInteger(code) && code >= 200 && code <= 299;
  // Both at once tells nothing.
  if (isSuccess) return hasFailed ? noStatus : code;
  if (said !== undefined) return noStatus;
  if (hasFailed) return failedWithout;
  const content = memberAt(item, body);
  const hasBody = typeof content === 'object' && content !== null;
  return absent === 'success' && hasBody ? 200 : noStatus;
}

function headersOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  // An object has no text, and may even refuse to be made one.
  const entries = Object.entries(value).flatMap(([name, text]) =>
    isText(text) ? [[name.toLowerCase(), [text].flat().join(', ')]] : [],
  );
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

/** A text or number, or several of a header that comes more than once. */
function isText(value: unknown): boolean {
  return [value].flat().every((one) => ['string', 'number', 'boolean'].includes(typeof one));
}
