import { isObject, type JsonObject } from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import type { Direction, ValueTypes } from './context.ts';
import { valueTypeOf } from './value-type.ts';

/** Which schemas are not the same in a direction as in results. */
export function differences(
  document: JsonObject,
  values: ValueTypes,
): (pointer: string, direction: Direction) => boolean {
  const differs = variants(document);
  if (!values.dates && !values.int64)
    return (pointer, direction) => direction === 'input' && differs(pointer);
  const holdsValue = holding(
    document,
    (key, _, schema) => key === 'format' && valueTypeOf(schema, values) !== undefined,
  );
  return (pointer, direction) => (direction === 'input' ? differs : holdsValue)(pointer);
}

/**
 * Which schemas differ between what is sent and what is received: those that hold a `readOnly` or
 * `writeOnly` property, or refer to such a schema.
 */
function variants(document: JsonObject): (pointer: string) => boolean {
  return holding(
    document,
    (key, value) => value === true && (key === 'readOnly' || key === 'writeOnly'),
  );
}

/** Whether a member that is neither an object nor a list makes a schema one of a kind. */
type IsOne = (key: string, value: unknown, schema: JsonObject) => boolean;

/** Which schemas hold one of a kind, or refer to such a schema. Looked for when it is first asked. */
function holding(document: JsonObject, isOne: IsOne): (pointer: string) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (pointer) => {
    known ??= homesHolding(document, isOne);
    return known.size > 0 && (known.has(pointer) || known.has(homeOf(pointer)));
  };
}

function homesHolding(document: JsonObject, isOne: IsOne): ReadonlySet<string> {
  const referrers = new Map<string, string[]>();
  const differing: string[] = [];
  for (const [home, value] of homes(document)) scan(value, home, isOne, referrers, differing);
  const found = new Set(differing);
  for (let home = differing.pop(); home !== undefined; home = differing.pop()) {
    for (const referrer of referrers.get(home) ?? []) {
      if (found.has(referrer)) continue;
      found.add(referrer);
      differing.push(referrer);
    }
  }
  return found;
}

/** The parts that references usually name: each component, and each path. */
function* homes(document: JsonObject): Generator<readonly [string, unknown]> {
  for (const [root, value] of Object.entries(document)) {
    if (!isObject(value)) continue;
    for (const [group, inner] of Object.entries(value)) {
      if (root !== 'components' || !isObject(inner)) yield [`/${root}/${escaped(group)}`, inner];
      else
        for (const [name, part] of Object.entries(inner))
          yield [`/${root}/${escaped(group)}/${escaped(name)}`, part];
    }
  }
}

function homeOf(pointer: string): string {
  let end = 0;
  for (let keys = pointer.startsWith('/components/') ? 3 : 2; keys > 0; keys -= 1) {
    end = pointer.indexOf('/', end + 1);
    if (end === -1) return pointer;
  }
  return pointer.slice(0, end);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function scan(
  root: unknown,
  home: string,
  isOne: IsOne,
  referrers: Map<string, string[]>,
  differing: string[],
): void {
  const open = [root];
  let differs = false;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object' && item !== null) open.push(item);
      continue;
    }
    if (!isObject(value)) continue;
    for (const key in value) {
      const inner = value[key];
      if (typeof inner === 'object' && inner !== null) open.push(inner);
      else if (key === '$ref') refer(refOf(value), home, referrers);
      else if (isOne(key, inner, value)) differs = true;
    }
  }
  if (differs) differing.push(home);
}

function refer(target: string | undefined, home: string, referrers: Map<string, string[]>): void {
  if (target === undefined) return;
  const key = homeOf(target);
  const list = referrers.get(key);
  if (list) list.push(home);
  else referrers.set(key, [home]);
}
