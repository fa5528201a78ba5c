// @ts-nocheck
import { isObject, own } from '../action/members.js';

/** The members of a resource; objects among them hold further members. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The paths of what `sent` sets in a resource that shows `live`: the names around a value, as a JSON pointer
 * has them. An object sets its own members where there is an object already, and else the whole.
 */
export function leavesOf(sent: Members, live: Members): readonly string[] {
  return Object.entries(sent).flatMap(([name, value]): readonly string[] => {
    const old = own(live, name);
    return isObject(value) && isObject(old) && Object.keys(value).length > 0
      ? leavesOf(value, old).map((path) => `${escape(name)}/${path}`)
      : [escape(name)];
  });
}

/** What is at a path; undefined where nothing is. */
export function leafAt(members: unknown, path: string): unknown {
  return namesIn(path).reduce<unknown>(
    (value, name) => (isObject(value) ? own(value, name) : undefined),
    members,
  );
}

/** Whether something is at a path, if only `null`. */
export function hasLeaf(members: unknown, path: string): boolean {
  const names = namesIn(path);
  const last = names.pop()!;
  const above = names.reduce<unknown>(
    (value, name) => (isObject(value) ? own(value, name) : undefined),
    members,
  );
  return isObject(above) && Object.hasOwn(above, last);
}

/** The members with another value at a path; without what is there, where the value is undefined. */
export function withLeaf(members: Members, path: string, value: unknown): Members {
  return set(members, namesIn(path), value);
}

/** The members with other values at some paths, those of whole objects before those inside of them. */
export function withLeaves(
  members: Members,
  values: Iterable<readonly [path: string, value: unknown]>,
): Members {
  const list = [...values];
  list.sort(([a], [b]) => depthOf(a) - depthOf(b));
  return list.reduce((all, [path, value]) => withLeaf(all, path, value), members);
}

function set(members: Members, [name = '', ...rest]: readonly string[], value: unknown): Members {
  if (rest.length > 0) {
    const inner = own(members, name);
    if (value === undefined && !isObject(inner)) return members;
    return { ...members, [name]: set(isObject(inner) ? inner : {}, rest, value) };
  }
  if (value !== undefined) return { ...members, [name]: value };
  return Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
}

/** What `live` shows of what `sent` sets: the same members, as deep as both have any. */
export function shownOf(sent: unknown, live: unknown): unknown {
  if (!isObject(sent) || !isObject(live) || Object.keys(sent).length === 0) return live;
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, shownOf(value, own(live, name))]),
  );
}

/** `live` as it is when `sent` was set. */
export function merged(live: unknown, sent: unknown): unknown {
  if (!isObject(sent) || !isObject(live)) return sent;
  const changed = Object.entries(sent).map(([name, value]) => [
    name,
    merged(own(live, name), value),
  ]);
  return { ...live, ...Object.fromEntries(changed) };
}

/** The name of the member of the resource that a path begins with. */
export function topOf(path: string): string {
  return namesIn(path)[0] ?? '';
}

function depthOf(path: string): number {
  return path.split('/').length;
}

function namesIn(path: string): string[] {
  return path.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
