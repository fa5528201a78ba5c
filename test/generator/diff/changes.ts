import type { ChangeName } from '../../../generator/diff/schema/changes.ts';

/** A schema before and after one change. */
type Pair = readonly [old: unknown, now: unknown];

const text = { type: 'string' };
const number = { type: 'number' };
const list = { type: 'array', items: text };
const object = { type: 'object', properties: { a: text } };
const cat = { type: 'object', title: 'Cat', properties: { meow: text } };
const dog = { type: 'object', title: 'Dog', properties: { bark: text } };
const animals = {
  oneOf: [cat, dog],
  discriminator: { propertyName: 'kind', mapping: { c: 'Cat' } },
};

/** What is the same but for one keyword. */
function keyword(base: object, name: string, old: unknown, now: unknown): Pair {
  return [
    old === undefined ? base : { ...base, [name]: old },
    now === undefined ? base : { ...base, [name]: now },
  ];
}

function presence<Name extends string>(name: Name, base: object, key: string, value: unknown) {
  return {
    [`${name}-added`]: keyword(base, key, undefined, value),
    [`${name}-removed`]: keyword(base, key, value, undefined),
    // TypeScript widens computed keys to any text.
  } as Record<`${Name}-added` | `${Name}-removed`, Pair>;
}

function values<Name extends string>(
  name: Name,
  base: object,
  key: string,
  value: unknown,
  other: unknown,
) {
  return {
    ...presence(name, base, key, value),
    [`${name}-changed`]: keyword(base, key, value, other),
    // As above.
  } as Record<`${Name}-added` | `${Name}-removed` | `${Name}-changed`, Pair>;
}

function bound<Name extends string>(name: Name, base: object, key: string) {
  return {
    ...presence(name, base, key, 5),
    [`${name}-increased`]: keyword(base, key, 5, 6),
    [`${name}-decreased`]: keyword(base, key, 5, 4),
    // As above.
  } as Record<`${Name}-${'added' | 'removed' | 'increased' | 'decreased'}`, Pair>;
}

function property(old: unknown, now: unknown): Pair {
  return [
    { type: 'object', properties: { a: old } },
    { type: 'object', properties: { a: now } },
  ];
}

const defaulted = { type: 'string', default: 'x' };
const required = { ...object, required: ['a'] };
const empty = { type: 'object', properties: {} };
const contained = { ...list, contains: { const: 'x' } };

/** The smallest pair of schemas for each change, and nothing else that changes between them. */
export const changePairs: Readonly<Record<ChangeName, Pair>> = {
  'schema-added': [undefined, text],
  'schema-removed': [text, undefined],
  'type-changed': [text, { type: 'boolean' }],
  'type-narrowed': [{ type: ['string', 'boolean'] }, text],
  'type-widened': [text, { type: ['string', 'boolean'] }],
  'null-added': [text, { type: ['string', 'null'] }],
  'null-removed': [{ type: ['string', 'null'] }, text],
  'property-added': [empty, object],
  'required-property-added': [empty, required],
  'defaulted-property-added': [
    empty,
    { type: 'object', properties: { a: defaulted }, required: ['a'] },
  ],
  'property-removed': [object, empty],
  'property-required': [object, required],
  'defaulted-property-required': [
    { type: 'object', properties: { a: defaulted } },
    { type: 'object', properties: { a: defaulted }, required: ['a'] },
  ],
  'property-optional': [required, object],
  'property-read-only': property(text, { ...text, readOnly: true }),
  'property-writable': property({ ...text, readOnly: true }, text),
  'property-write-only': property(text, { ...text, writeOnly: true }),
  'property-readable': property({ ...text, writeOnly: true }, text),
  ...presence('enum', text, 'enum', ['x']),
  'enum-value-added': keyword(text, 'enum', ['x'], ['x', 'y']),
  'enum-value-removed': keyword(text, 'enum', ['x', 'y'], ['x']),
  'extensible-enum-value-added': keyword(text, 'x-extensible-enum', ['x'], ['x', 'y']),
  'extensible-enum-value-removed': keyword(text, 'x-extensible-enum', ['x', 'y'], ['x']),
  ...values('const', text, 'const', 'x', 'y'),
  ...values('format', text, 'format', 'date', 'uuid'),
  'format-widened': keyword(number, 'format', 'int32', 'int64'),
  'format-narrowed': keyword(number, 'format', 'double', 'float'),
  ...values('pattern', text, 'pattern', '^a', '^b'),
  ...bound('max-length', text, 'maxLength'),
  ...bound('min-length', text, 'minLength'),
  ...bound('maximum', number, 'maximum'),
  ...bound('minimum', number, 'minimum'),
  ...values('multiple-of', number, 'multipleOf', 2, 3),
  'multiple-of-widened': keyword(number, 'multipleOf', 4, 2),
  'multiple-of-narrowed': keyword(number, 'multipleOf', 2, 4),
  ...bound('max-items', list, 'maxItems'),
  ...bound('min-items', list, 'minItems'),
  ...presence('unique-items', list, 'uniqueItems', true),
  ...bound('max-properties', object, 'maxProperties'),
  ...bound('min-properties', object, 'minProperties'),
  ...presence('items', { type: 'array' }, 'items', text),
  ...presence('contains', list, 'contains', { const: 'x' }),
  ...bound('max-contains', contained, 'maxContains'),
  ...bound('min-contains', contained, 'minContains'),
  ...presence('unevaluated-items', list, 'unevaluatedItems', false),
  'additional-properties-forbidden': keyword(object, 'additionalProperties', undefined, false),
  'additional-properties-allowed': keyword(object, 'additionalProperties', false, true),
  ...presence('additional-properties-schema', object, 'additionalProperties', text),
  ...presence('unevaluated-properties', object, 'unevaluatedProperties', false),
  ...presence('pattern-property', object, 'patternProperties', { '^x': text }),
  ...presence('property-names', object, 'propertyNames', { pattern: '^x' }),
  ...presence('dependent-required', object, 'dependentRequired', { a: ['b'] }),
  ...presence('dependent-schema', object, 'dependentSchemas', { a: { required: ['b'] } }),
  ...values('condition', text, 'if', { const: 'x' }, { const: 'y' }),
  ...presence('then', { ...text, if: { const: 'x' } }, 'then', { minLength: 1 }),
  ...presence('else', { ...text, if: { const: 'x' } }, 'else', { minLength: 1 }),
  ...values('not', text, 'not', { const: 'x' }, { const: 'y' }),
  'not-narrowed': keyword(text, 'not', { maxLength: 2 }, { maxLength: 3 }),
  'not-widened': keyword(text, 'not', { maxLength: 3 }, { maxLength: 2 }),
  'variant-added': [{ oneOf: [cat] }, { oneOf: [cat, dog] }],
  'variant-removed': [{ oneOf: [cat, dog] }, { oneOf: [cat] }],
  ...presence('discriminator', { oneOf: [cat, dog] }, 'discriminator', { propertyName: 'kind' }),
  'discriminator-changed': keyword(
    animals,
    'discriminator',
    { propertyName: 'kind' },
    { propertyName: 'sort' },
  ),
  'discriminator-value-added': keyword(
    animals,
    'discriminator',
    { propertyName: 'kind', mapping: { c: 'Cat' } },
    { propertyName: 'kind', mapping: { c: 'Cat', d: 'Dog' } },
  ),
  'discriminator-value-removed': keyword(
    animals,
    'discriminator',
    { propertyName: 'kind', mapping: { c: 'Cat', d: 'Dog' } },
    { propertyName: 'kind', mapping: { c: 'Cat' } },
  ),
  'discriminator-value-changed': keyword(
    animals,
    'discriminator',
    { propertyName: 'kind', mapping: { c: 'Cat' } },
    { propertyName: 'kind', mapping: { c: 'Dog' } },
  ),
  ...values('default', text, 'default', 'x', 'y'),
  ...values('content-encoding', text, 'contentEncoding', 'base64', 'base32'),
  ...values('content-media-type', text, 'contentMediaType', 'text/plain', 'text/html'),
  ...presence(
    'content-schema',
    { ...text, contentMediaType: 'application/json' },
    'contentSchema',
    number,
  ),
  'xml-changed': keyword(text, 'xml', { name: 'a' }, { name: 'b' }),
};
