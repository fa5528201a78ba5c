// @ts-nocheck
import { isObject, memberAt, own } from '../action/members.js';
import type { RequestWire } from '../action/types.js';
import type { Clock } from '../pace/clock.js';
import { backOff } from '../pace/retry-deadline.js';
import { differences } from '../verify/compare.js';
import type { ServerResult } from './codec.js';
import type { Endpoint, RequestDialect } from './request-protocol.js';

/** What a change left, where it shows; undefined where it does not, or where nothing tells. */
export type Shown = { readonly value: unknown } | undefined;

/** How often a look is tried. */
const mostTries = 5;

/** A change, and the URL that shows it, if there is one. */
interface Change {
  readonly wire: RequestWire;
  readonly shownAt: string | undefined;
}

/** Reads URLs in one batch; gives nothing for those of which nothing was heard. */
export type ReadAll = (
  endpoint: Endpoint,
  urls: readonly string[],
) => Promise<readonly (ServerResult | undefined)[]>;

/** Reads what changes were about, and says of each whether what it wants is the case. */
export async function readBack(
  dialect: RequestDialect,
  { clock, abortSignal }: { readonly clock: Clock; readonly abortSignal: AbortSignal },
  read: ReadAll,
  changes: readonly Change[],
): Promise<readonly Shown[]> {
  const endpoint = dialect.endpoints.find(({ methods }) => methods.includes('GET'));
  if (!dialect.readBack || !endpoint) return changes.map(() => undefined);
  const urls = [...new Set(changes.flatMap(({ shownAt }) => shownAt ?? []))];
  const found = new Map<string, ServerResult>();
  for (let tries = 1; tries <= mostTries && !abortSignal.aborted; tries += 1) {
    const open = urls.filter((url) => !found.has(url));
    if (open.length === 0) break;
    for (const [index, result] of (await read(endpoint, open)).entries()) {
      if (result && !isPassing(dialect, result)) found.set(open[index]!, result);
    }
    await clock.sleep(backOff(tries), abortSignal);
  }
  return changes.map(({ wire, shownAt = '' }) => lookAt(dialect, wire, found.get(shownAt)));
}

/** Whether a result may be another one soon. */
function isPassing({ throttled }: RequestDialect, { status }: ServerResult): boolean {
  return status >= 500 || throttled.includes(status);
}

function lookAt(dialect: RequestDialect, wire: RequestWire, read: ServerResult | undefined): Shown {
  if (!read) return undefined;
  const { status, body } = read;
  const { hooks, references } = dialect;
  if (wire.method.toUpperCase() === 'DELETE') {
    const isGone = status === 404 || status === 410;
    return isGone || (status === 200 && hooks?.isNothing?.(body))
      ? { value: undefined }
      : undefined;
  }
  if (status >= 300) return undefined;
  const many = manyIn(dialect, wire);
  if (many) {
    const list = memberAt(body, [many.name]);
    const found = Array.isArray(list) ? elementsIn(many.elements, list) : undefined;
    return found && { value: { [many.name]: found } };
  }
  const same = differences(wire.body, memberAt(body, references.within ?? []), '').length === 0;
  return same ? { value: hooks?.value ? hooks.value(body) : body } : undefined;
}

/** The list of elements that the body of a creation is, and its name. */
function manyIn(
  { lists }: RequestDialect,
  { method, body }: RequestWire,
): { readonly name: string; readonly elements: readonly unknown[] } | undefined {
  if (lists === undefined || method.toUpperCase() !== 'POST' || !isObject(body)) return undefined;
  const [[name, elements] = ['', undefined], ...others] = Object.entries(body);
  const isList = others.length === 0 && name.endsWith(lists) && Array.isArray(elements);
  return isList ? { name, elements } : undefined;
}

/** What a collection shows of each element that was sent; undefined where one is not as it should be. */
function elementsIn(
  sent: readonly unknown[],
  shown: readonly unknown[],
): readonly unknown[] | undefined {
  // Elements have the same members, as a rule: then the collection is gone through once.
  const indexes = new Map<string, ReadonlyMap<string, readonly unknown[]>>();
  const found = sent.map((element) => {
    const names = scalarsOf(element);
    const key = JSON.stringify(names);
    const index = indexes.get(key) ?? indexOf(shown, names);
    indexes.set(key, index);
    const alike = index.get(textOf(element, names)) ?? [];
    return alike.find((one) => differences(element, one, '').length === 0);
  });
  return found.includes(undefined) ? undefined : found;
}

function indexOf(
  shown: readonly unknown[],
  names: readonly string[],
): ReadonlyMap<string, readonly unknown[]> {
  const index = new Map<string, unknown[]>();
  for (const element of shown) {
    const text = textOf(element, names);
    const alike = index.get(text);
    if (alike) alike.push(element);
    else index.set(text, [element]);
  }
  return index;
}

/** The names of the members that hold neither members nor items. */
function scalarsOf(element: unknown): readonly string[] {
  if (!isObject(element)) return [];
  return Object.entries(element).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? [] : [name],
  );
}

/** Alike where `differences` finds none between scalars: absent is `null`, and `"99"` is `99`. */
function textOf(element: unknown, names: readonly string[]): string {
  const members = isObject(element) ? element : {};
  return JSON.stringify(names.map((name) => String(own(members, name) ?? null)));
}
