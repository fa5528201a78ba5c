// @ts-nocheck
import { isRef, type Json, type Ref } from './types.js';
import { wellFormed } from './well-formed.js';

const maxDepth = 200;

/**
 * A frozen copy of `value` as JSON would write it: own enumerable members only, without those
 * that are `undefined`; dates as ISO 8601 text; references kept, and added to `refs`.
 *
 * Throws a `TypeError` that names the place (`where`) for what JSON cannot hold or would turn into
 * `null`, because servers read `null` as "clear this field".
 */
export function snapshot(value: unknown, where: string, refs: Ref<unknown>[], depth = 0): Json {
  if (typeof value === 'string') return wellFormed(value, where);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new TypeError(`${where} is ${value}, which JSON cannot hold`);
  }
  if (typeof value !== 'object') {
    throw new TypeError(`${where} is ${article(typeof value)}, which JSON cannot hold`);
  }
  if (isRef(value)) {
    refs.push(value);
    return value;
  }
  if (depth === maxDepth) throw new TypeError(`${where} is circular or nested too deeply`);
  if (Array.isArray(value)) {
    return Object.freeze(
      Array.from(value, (item: unknown, index) =>
        snapshot(item, `${where}[${index}]`, refs, depth + 1),
      ),
    );
  }
  if (value instanceof Date || value instanceof URL) {
    return snapshot(value.toJSON(), where, refs, depth + 1);
  }
  // JSON would write `{}` for a map, and a list of numbers as an object for bytes.
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== 'Object' && kind !== 'Module') {
    throw new TypeError(`${where} is of type ${kind}, which JSON cannot hold`);
  }
  return snapshotObject(value, where, refs, depth);
}

function snapshotObject(value: object, where: string, refs: Ref<unknown>[], depth: number): Json {
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    wellFormed(name, `a name in ${where}`);
    const json = snapshot(member, `${where}.${name}`, refs, depth + 1);
    if (name === '__proto__') {
      // Assignment would set the prototype instead of a member.
      Object.defineProperty(copy, name, { value: json, enumerable: true });
      continue;
    }
    copy[name] = json;
  }
  return Object.freeze(copy);
}

function article(type: string): string {
  return type === 'undefined' ? type : `a ${type}`;
}
