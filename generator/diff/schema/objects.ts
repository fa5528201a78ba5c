import { isObject } from '../../json/narrow.ts';
import { child, members, type Node } from '../node.ts';
import { compareUnevaluated, isAnything, isTranslated } from './arrays.ts';
import { compareBound } from './bounds.ts';
import {
  type Conjunction,
  conjunctionOf,
  isSet,
  keyword,
  subschema,
  values,
} from './conjunction.ts';
import { type Context, inside, report } from './context.ts';
import { compareDependents } from './dependents.ts';

export function compareObjects(context: Context, old: Conjunction, now: Conjunction): void {
  const isEvaluated = isTranslated(old, now) || isTranslated(now, old);
  const before = objectOf(old, isEvaluated);
  const after = objectOf(now, isEvaluated);
  for (const [name, from] of before.properties) {
    const to = after.properties.get(name);
    if (to) compareProperty(context, name, [before, from], [after, to]);
    else reportGone(context, name, before, from, after);
  }
  for (const [name, to] of after.properties)
    if (!before.properties.has(name)) reportNew(context, name, after, to, old.at(-1));
  compareBareRequired(context, before, after);
  compareOthers(context, before, after);
  compareBound(context, 'max-properties', 'maxProperties', old, now);
  if (!areImplied(before, after))
    compareBound(context, 'min-properties', 'minProperties', old, now);
  compareNames(context, old, now);
  compareDependents(context, old, now);
  if (!isEvaluated)
    compareUnevaluated(context, 'unevaluated-properties', 'unevaluatedProperties', old, now);
}

/** Whether there are as many properties as wanted anyway, since they are required. */
function areImplied(...objects: readonly ObjectSchema[]): boolean {
  return objects.every(({ schemas, required }) =>
    values(schemas, 'minProperties').every((least) => Number(least) <= required.size),
  );
}

interface ObjectSchema {
  readonly schemas: Conjunction;
  readonly properties: ReadonlyMap<string, Conjunction>;
  /** Where a property is written, rather than what it refers to. */
  readonly places: ReadonlyMap<string, Node>;
  readonly required: ReadonlySet<string>;
  /** The schema of properties without a name; undefined where anything goes. */
  readonly others: Conjunction | undefined;
  readonly patterns: ReadonlyMap<string, Conjunction>;
}

function objectOf(schemas: Conjunction, isEvaluated: boolean): ObjectSchema {
  const required = values(schemas, 'required').flatMap((list) => (Array.isArray(list) ? list : []));
  return {
    schemas,
    properties: named(schemas, 'properties'),
    places: placesOf(schemas),
    required: new Set(required.filter((name) => typeof name === 'string')),
    others: constraining(
      subschema(schemas, 'additionalProperties') ??
        (isEvaluated ? subschema(schemas, 'unevaluatedProperties') : undefined),
    ),
    patterns: named(schemas, 'patternProperties'),
  };
}

function named(schemas: Conjunction, name: string): ReadonlyMap<string, Conjunction> {
  const found = new Map<string, Node[]>();
  for (const holder of keyword(schemas, name)) {
    if (!isObject(holder.value)) continue;
    for (const key of Object.keys(holder.value).toSorted()) {
      const node = child(holder, key);
      if (!node) continue;
      const list = found.get(key);
      if (list) list.push(node);
      else found.set(key, [node]);
    }
  }
  return new Map([...found].map(([key, nodes]) => [key, conjunctionOf(...nodes)]));
}

function placesOf(schemas: Conjunction): ReadonlyMap<string, Node> {
  return new Map(
    keyword(schemas, 'properties').flatMap((holder) =>
      members(holder).map((node) => [node.key, node] as const),
    ),
  );
}

function compareProperty(
  outer: Context,
  name: string,
  [before, from]: readonly [ObjectSchema, Conjunction],
  [after, to]: readonly [ObjectSchema, Conjunction],
): void {
  const context = inside(outer, `\`${name}\``);
  const place = [before.places.get(name), after.places.get(name)] as const;
  const wasReadOnly = isSet(from, 'readOnly');
  const isReadOnly = isSet(to, 'readOnly');
  const wasWriteOnly = isSet(from, 'writeOnly');
  const isWriteOnly = isSet(to, 'writeOnly');
  if (wasReadOnly !== isReadOnly) {
    if (isReadOnly) report(context, 'property-read-only', 'is read-only', ...place);
    else report(context, 'property-writable', 'is no longer read-only', ...place);
  }
  if (wasWriteOnly !== isWriteOnly) {
    if (isWriteOnly) report(context, 'property-write-only', 'is write-only', ...place);
    else report(context, 'property-readable', 'is no longer write-only', ...place);
  }
  const [was, is] =
    context.direction === 'request' ? [wasReadOnly, isReadOnly] : [wasWriteOnly, isWriteOnly];
  // A property that does not travel this way before and after says nothing about it.
  if (was && is) return;
  const wasRequired = before.required.has(name) && !was;
  const isRequired = after.required.has(name) && !is;
  if (isRequired && !wasRequired) {
    const change = hasDefault(to) ? 'defaulted-property-required' : 'property-required';
    report(context, change, 'is required', ...place);
  } else if (wasRequired && !isRequired && !is) {
    report(context, 'property-optional', 'is optional', ...place);
  }
  if (was === is) context.compare({ ...context, isRequired: wasRequired && isRequired }, from, to);
}

function reportGone(
  outer: Context,
  name: string,
  before: ObjectSchema,
  from: Conjunction,
  after: ObjectSchema,
): void {
  const context = inside(outer, `\`${name}\``);
  if (travelsOnlyBack(context, from)) return;
  const pattern = [...after.patterns].find(([source]) => matches(source, name));
  const others = pattern?.[1] ?? after.others;
  // A name of its own became one of those that a schema describes together.
  if (others && !others.some(({ value }) => value === false)) {
    context.compare(context, from, others);
    if (before.required.has(name) && !after.required.has(name))
      report(context, 'property-optional', 'is optional', from.at(-1), others.at(-1));
    return;
  }
  report(context, 'property-removed', 'is gone', before.places.get(name), after.schemas.at(-1));
}

function reportNew(
  outer: Context,
  name: string,
  after: ObjectSchema,
  to: Conjunction,
  from: Node | undefined,
): void {
  const context = inside(outer, `\`${name}\``);
  if (travelsOnlyBack(context, to)) return;
  if (!after.required.has(name))
    report(context, 'property-added', 'is new', from, after.places.get(name));
  else if (hasDefault(to))
    report(
      context,
      'defaulted-property-added',
      'is new and required, with a default',
      from,
      after.places.get(name),
    );
  else
    report(context, 'required-property-added', 'is new and required', from, after.places.get(name));
}

/** A name may be required that no property describes. */
function compareBareRequired(outer: Context, before: ObjectSchema, after: ObjectSchema): void {
  const place = [before.schemas.at(-1), after.schemas.at(-1)] as const;
  for (const name of after.required) {
    if (before.required.has(name) || after.properties.has(name)) continue;
    report(inside(outer, `\`${name}\``), 'property-required', 'is required', ...place);
  }
  for (const name of before.required) {
    if (after.required.has(name) || before.properties.has(name)) continue;
    report(inside(outer, `\`${name}\``), 'property-optional', 'is optional', ...place);
  }
}

function compareOthers(context: Context, before: ObjectSchema, after: ObjectSchema): void {
  const from = before.others;
  const to = after.others;
  const closed = from?.some(({ value }) => value === false) ?? false;
  const closes = to?.some(({ value }) => value === false) ?? false;
  const place = [
    from?.at(-1) ?? before.schemas.at(-1),
    to?.at(-1) ?? after.schemas.at(-1),
  ] as const;
  if (closed !== closes) {
    if (closes)
      report(
        context,
        'additional-properties-forbidden',
        'other properties are no longer allowed',
        ...place,
      );
    else report(context, 'additional-properties-allowed', 'other properties are allowed', ...place);
  } else if (from && to) {
    if (!closed) context.compare(inside(context, 'other properties'), from, to);
  } else if (to) {
    report(
      context,
      'additional-properties-schema-added',
      'other properties have a schema',
      ...place,
    );
  } else if (from) {
    report(
      context,
      'additional-properties-schema-removed',
      'other properties have no schema any more',
      ...place,
    );
  }
  comparePatterns(context, before, after);
}

function comparePatterns(context: Context, before: ObjectSchema, after: ObjectSchema): void {
  for (const [pattern, from] of before.patterns) {
    const to = after.patterns.get(pattern);
    const where = inside(context, `properties like \`${pattern}\``);
    if (to) context.compare(where, from, to);
    else
      report(
        where,
        'pattern-property-removed',
        'are no longer described',
        from.at(-1),
        after.schemas.at(-1),
      );
  }
  for (const [pattern, to] of after.patterns) {
    if (before.patterns.has(pattern)) continue;
    const where = inside(context, `properties like \`${pattern}\``);
    report(where, 'pattern-property-added', 'are described', before.schemas.at(-1), to.at(-1));
  }
}

function compareNames(context: Context, old: Conjunction, now: Conjunction): void {
  const from = constraining(subschema(old, 'propertyNames'));
  const to = constraining(subschema(now, 'propertyNames'));
  if (from && to) context.compare(inside(context, 'names of properties'), from, to);
  else if (to)
    report(
      context,
      'property-names-added',
      'the names of properties have a schema',
      old.at(-1),
      to.at(-1),
    );
  else if (from)
    report(
      context,
      'property-names-removed',
      'the names of properties have no schema any more',
      from.at(-1),
      now.at(-1),
    );
}

/** Whether a property is only sent the other way: read-only in a request, write-only in an answer. */
function travelsOnlyBack({ direction }: Context, schemas: Conjunction): boolean {
  return isSet(schemas, direction === 'request' ? 'readOnly' : 'writeOnly');
}

function hasDefault(schemas: Conjunction): boolean {
  return values(schemas, 'default').length > 0;
}

function constraining(schemas: Conjunction | undefined): Conjunction | undefined {
  return schemas && !isAnything(schemas) ? schemas : undefined;
}

/** Whether a pattern of the document matches a name. Long patterns are not tried: some take forever. */
function matches(pattern: string, name: string): boolean {
  if (pattern.length > 200 || name.length > 200 || /[*+}]\)?[*+{]/.test(pattern)) return false;
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}
