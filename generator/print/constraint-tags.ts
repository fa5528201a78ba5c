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

/** What a type says of its values beyond itself, as tags that other tools read: `@minimum 1`. */
export function constraintTags(type: Type | undefined): readonly string[] {
  const constraints = type && constraintsOf(type);
  if (!constraints) return [];
  return names.flatMap((name) => {
    const value = constraints[name];
    if (value === undefined) return [];
    return value === true ? [`@${name}`] : [`@${name} ${value}`];
  });
}

/** Those of the type itself, or of the one that it is beside `null`. */
function constraintsOf(type: Type): Constraints | undefined {
  if (type.kind === 'union') {
    const [only, another] = type.members.filter(
      (member) => !(member.kind === 'scalar' && member.name === 'null'),
    );
    return only && !another ? constraintsOf(only) : undefined;
  }
  return 'constraints' in type ? type.constraints : undefined;
}
