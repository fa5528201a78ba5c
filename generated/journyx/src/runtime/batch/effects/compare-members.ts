// @ts-nocheck
import { isObject, own } from '../action/members.js';
import { sameJson } from '../action/same-json.js';
import type { Resource } from '../protocol/protocol.js';
import { isMask } from '../action/masks.js';

/** Which lists of a resource have a meaningful order: `a/b` is the list `b` in `a`. */
export interface Order {
  /** Undefined where nothing is known: then each order may have a meaning. */
  readonly ordered: readonly string[] | undefined;
}

/**
 * Whether a resource that shows `live` at a member is as `sent` would make it. Members that were not
 * sent do not count, absent is `null`, and `"99"` is `99`: servers normalise.
 */
export function holds(sent: unknown, live: unknown, at: string, order: Order): boolean {
  if (typeof sent !== 'object' || sent === null) return sameScalar(sent, live);
  if (Array.isArray(sent)) return holdsList(sent, live, at, order);
  if (!isObject(live)) return false;
  return Object.entries(sent).every(([name, value]) =>
    holds(value, own(live, name), `${at}/${name}`, order),
  );
}

/** Whether two values that a server showed are equal. */
export function isEqual(a: unknown, b: unknown, at: string, order: Order): boolean {
  return holds(a, b, at, order) && holds(b, a, at, order);
}

function holdsList(sent: readonly unknown[], live: unknown, at: string, order: Order): boolean {
  if (!Array.isArray(live)) return live === undefined && sent.length === 0;
  const found: readonly unknown[] = live;
  if (found.length !== sent.length) return false;
  const inOrder = sent.every((item, index) => holds(item, found[index], at, order));
  if (inOrder || !order.ordered || order.ordered.includes(at)) return inOrder;
  return holdsSet(sent, found);
}

/** Each item that was sent takes one that shows the same in the members that were sent. */
function holdsSet(sent: readonly unknown[], live: readonly unknown[]): boolean {
  const shapes = new Map<string, Map<string, number>>();
  for (const item of sent) {
    const names = isObject(item) ? namesOf(item) : [];
    const shape = JSON.stringify(names);
    const counts = shapes.get(shape) ?? countsOf(live, names, isObject(item));
    shapes.set(shape, counts);
    const text = textOf(item, names);
    const left = counts.get(text) ?? 0;
    if (left === 0) return false;
    counts.set(text, left - 1);
  }
  return true;
}

function countsOf(
  live: readonly unknown[],
  names: readonly string[],
  areObjects: boolean,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of live) {
    if (isObject(item) !== areObjects) continue;
    const text = textOf(item, names);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function textOf(item: unknown, names: readonly string[]): string {
  return isObject(item)
    ? JSON.stringify(names.map((name) => normal(own(item, name))))
    : JSON.stringify(normal(item));
}

function namesOf(value: object): readonly string[] {
  const names = Object.keys(value);
  names.sort();
  return names;
}

/** A value whose text is the same for whatever counts as the same. */
function normal(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(normal);
  if (!isObject(value)) return String(value);
  return namesOf(value).map((name) => [name, normal(own(value, name))]);
}

/**
 * The members of what was sent that the live resource does not show, so that it cannot be said what they
 * were: `secret`, `servers/secret`.
 */
export function hiddenIn(
  sent: Readonly<Record<string, unknown>>,
  live: Readonly<Record<string, unknown>>,
  writeOnly: readonly string[],
): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(sent)) collectHidden(value, live, name, name, found);
  for (const path of writeOnly) {
    const [top = '', ...rest] = path.split('/');
    if (!Object.hasOwn(sent, top)) continue;
    const old = own(live, top);
    // What was empty had no secret in it.
    if (rest.length > 0 && Array.isArray(old) && old.length === 0) continue;
    found.add(path);
  }
  return [...found];
}

/** The members that creation takes, and that a resource which is to be destroyed does not tell. */
export function lostWith(
  { create = [], writeOnly = [], unshown = [] }: Resource,
  live: Readonly<Record<string, unknown>>,
): readonly string[] {
  const never = writeOnly.filter((path) => create.includes(path.split('/')[0]!));
  const unseen = create.filter((name) => unshown.includes(name) && !Object.hasOwn(live, name));
  const masked = create.filter((name) => holdsMask(own(live, name)));
  return [...new Set([...never, ...unseen, ...masked])];
}

function holdsMask(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isMask(value);
  return Object.values(value).some(holdsMask);
}

function collectHidden(
  sent: unknown,
  live: object,
  name: string,
  at: string,
  found: Set<string>,
): void {
  if (!Object.hasOwn(live, name) || isMask(own(live, name))) {
    found.add(at);
    return;
  }
  const old = own(live, name);
  if (isObject(sent) && isObject(old)) {
    for (const inner of Object.keys(sent)) {
      collectHidden(own(sent, inner), old, inner, `${at}/${inner}`, found);
    }
    return;
  }
  if (!Array.isArray(sent) || !Array.isArray(old) || !old.every(isObject)) return;
  const shown = new Set(old.flatMap((item) => Object.keys(item)));
  const masked = new Set(
    old.flatMap((item) => Object.keys(item).filter((key) => isMask(own(item, key)))),
  );
  for (const key of new Set(sent.filter(isObject).flatMap((item) => Object.keys(item)))) {
    if (old.length > 0 && (!shown.has(key) || masked.has(key))) found.add(`${at}/${key}`);
  }
}

function sameScalar(a: unknown, b: unknown): boolean {
  if (a === null || a === undefined || b === null || b === undefined) {
    return (a ?? null) === (b ?? null);
  }
  return typeof b === 'object' ? sameJson(a, b) : String(a) === String(b);
}
