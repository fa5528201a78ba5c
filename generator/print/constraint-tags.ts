import type { Constraints, Type } from '../ir/declared-type.ts';

/** The tags in their order: what a value is first, then its bounds. `integer` is plain in the format. */
const names: readonly Exclude<keyof Constraints, 'integer'>[] = [
  'format',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'contentMediaType',
  'contentEncoding',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
];

/** What is said of values beyond their type, as tags that other tools read: `@minimum 1`. */
export function constraintTags(constraints: Constraints): readonly string[] {
  const tags: string[] = [];
  for (const name of names) {
    const value = constraints[name];
    if (value !== undefined) tags.push(value === true ? `@${name}` : `@${name} ${value}`);
  }
  return tags;
}

/** Those of the type itself, or of the one that it is beside `null`. */
export function constraintsOf(type: Type): Constraints | undefined {
  if (type.kind !== 'union') return 'constraints' in type ? type.constraints : undefined;
  const some = type.members.filter(
    (member) => !(member.kind === 'scalar' && member.name === 'null'),
  );
  const only = some[0];
  return only && some.length === 1 ? constraintsOf(only) : undefined;
}
