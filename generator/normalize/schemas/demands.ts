import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Property, Type } from '../../ir/ir.ts';
import { noDoc } from '../../ir/doc.ts';
import { type Context, isHidden } from './context.ts';
import { compare, isObject, type JsonObject, listOf, objectOf, own } from '../../json/narrow.ts';
import { type Located, refOf } from '../references.ts';

/** So many parts of a schema are looked at. */
const most = 1000;
/** And so many properties inside each other. */
const deepest = 3;

/** A property that one part requires and another declares. */
interface Demand {
  readonly path: readonly string[];
  readonly declared: Located;
}

/**
 * `allOf: [{$ref}, {required: ['a']}]`: a part may demand what another part declares, also inside a
 * property of both, and whether the parts stand here or behind references.
 */
export function demanded(schema: JsonObject, context: Context): readonly Type[] {
  if (refOf(schema) === undefined && !Object.hasOwn(schema, 'allOf')) return [];
  const here = { value: schema, pointer: context.pointer };
  const parts = partsOf(here, context);
  if (parts.length < 2) return [];
  const all = demandsOf(
    parts.flatMap((part) => atomsOf(part, context)),
    context,
  );
  if (all.size === 0) return [];
  for (const part of parts) {
    // What a part demands of itself its own type says.
    if (part.value === schema) continue;
    for (const key of demandsOf(atomsOf(part, context), context).keys()) all.delete(key);
  }
  return [...all]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([, demand]) => typeOf(demand, context));
}

/** What holds at once in a schema: itself, what it refers to beside other keywords, and `allOf`. */
function partsOf({ value, pointer }: Located, context: Context): readonly Located[] {
  const schema = objectOf(value);
  const target = refOf(schema);
  const inner = listOf(own(schema, 'allOf')).map((part, index) => ({
    value: part,
    pointer: `${pointer}/allOf/${index}`,
  }));
  const referred =
    target === undefined ? [] : [{ value: context.shared.references.at(target), pointer: target }];
  return [{ value: schema, pointer }, ...referred, ...inner];
}

/** The schemas without parts that a schema is made of. */
function atomsOf(schema: Located, context: Context): readonly Located[] {
  const found = new Map<unknown, Located>();
  const open = [schema];
  for (let next = open.pop(); next && found.size < most; next = open.pop()) {
    if (!isObject(next.value) || found.has(next.value)) continue;
    found.set(next.value, next);
    for (const part of partsOf(next, context).slice(1)) open.push(part);
  }
  return [...found.values()];
}

function demandsOf(
  atoms: readonly Located[],
  context: Context,
  outer: readonly string[] = [],
): Map<string, Demand> {
  const declared = new Map<string, Located[]>();
  const required = new Set<string>();
  for (const { value, pointer } of new Map(atoms.map((atom) => [atom.value, atom])).values()) {
    const schema = objectOf(value);
    const properties = objectOf(own(schema, 'properties'));
    for (const [name, inner] of Object.entries(properties)) {
      const place = { value: inner, pointer: `${pointer}/properties${pointerTo(name)}` };
      const known = declared.get(name);
      if (known) known.push(place);
      else declared.set(name, [place]);
    }
    for (const name of listOf(own(schema, 'required')))
      if (typeof name === 'string' && !Object.hasOwn(properties, name)) required.add(name);
  }
  const found = new Map<string, Demand>();
  for (const name of required) {
    const [first] = declared.get(name) ?? [];
    if (first && !isHidden(first.value, context.direction, context.shared.references)) {
      const path = [...outer, name];
      found.set(JSON.stringify(path), { path, declared: first });
    }
  }
  if (outer.length < deepest)
    for (const [name, places] of declared) {
      if (places.length < 2) continue;
      const inner = places.flatMap((place) => atomsOf(place, context));
      for (const [key, demand] of demandsOf(inner, context, [...outer, name]))
        found.set(key, demand);
    }
  return found;
}

/** `{ owner?: { name: string } }` */
function typeOf({ path, declared }: Demand, context: Context): Type {
  const type = context.shared.typeOf(declared.value, declared.pointer, context.direction);
  return path.toReversed().reduce<Type>((inner, name, index) => {
    const property: Property = { name, type: inner, required: index === 0, doc: noDoc };
    return { kind: 'object', properties: [property] };
  }, type);
}
