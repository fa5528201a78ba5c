import { bothWays, bound, changed, type Kinds, same } from './schema-kind.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const number = { type: 'number' };
const list = { type: 'array', items: text };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const open = { type: 'object' };
/** The kinds of changes that the catalogues of public suites name, by what they do to what passes: types, numbers, text and lists. */
export const valueKinds: Kinds = {
  ...changed('a type is another', text, { type: 'boolean' }),
  ...changed('the type of a property is another', object({ a: text }), object({ a: whole })),
  ...changed('the type of items is another', list, { type: 'array', items: whole }),
  ...changed('an array instead of an object', list, object({ a: text })),
  ...changed('an object instead of an array', object({ a: text }), list),
  ...bothWays('integer and number', number, whole),
  ...bothWays('integer and number in a property', object({ a: number }), object({ a: whole })),
  ...bothWays('a type and any', {}, text),
  ...bothWays('a type and any in a property', object({ a: {} }), object({ a: text })),
  ...bothWays('a list of types', { type: ['string', 'integer'] }, text),
  ...bothWays('null in a list of types', { type: ['string', 'null'] }, text),
  ...bothWays(
    'a third type',
    { type: ['string', 'integer', 'boolean'] },
    { type: ['string', 'integer'] },
  ),
  ...bothWays('nullable', { ...text, nullable: true }, text),
  ...bothWays('nullable set to false', { ...text, nullable: true }, { ...text, nullable: false }),
  ...bothWays(
    'a nullable property',
    object({ a: { ...text, nullable: true } }),
    object({ a: text }),
  ),
  ...bothWays(
    'a nullable property inside',
    object({ a: object({ b: { ...text, nullable: true } }) }),
    object({ a: object({ b: text }) }),
  ),
  ...same('the order of types', { type: ['string', 'integer'] }, { type: ['integer', 'string'] }),
  ...same('null as anyOf', { type: ['string', 'null'] }, { anyOf: [text, { type: 'null' }] }),
  ...same('types as anyOf', { type: ['string', 'integer'] }, { anyOf: [text, whole] }),
  ...same('a list of one type', text, { type: ['string'] }),
  ...changed('a format is another', { ...text, format: 'date' }, { ...text, format: 'uuid' }),
  ...bothWays('a format', text, { ...text, format: 'date-time' }),
  ...bothWays('a format of numbers', number, { ...number, format: 'float' }),
  ...bothWays(
    'a format of a property',
    object({ a: text }),
    object({ a: { ...text, format: 'email' } }),
  ),
  ...bothWays('int64 and int32', { ...whole, format: 'int64' }, { ...whole, format: 'int32' }),
  ...changed(
    'a pattern is another',
    { ...text, pattern: '^[a-z]+$' },
    { ...text, pattern: '^[0-9]+$' },
  ),
  ...bothWays('a pattern', text, { ...text, pattern: '^[a-z]+$' }),
  ...bothWays(
    'a pattern of anything',
    { ...text, pattern: '.*' },
    { ...text, pattern: '^[a-z]+$' },
  ),
  ...same('a pattern that lets all pass', text, { ...text, pattern: '.*' }),
  ...bound('maxLength', text, 5, 10, true),
  ...bound('minLength', text, 5, 10, false),
  ...bound('maximum', number, 5, 10, true),
  ...bound('minimum', number, 5, 10, false),
  ...bound('exclusiveMaximum', number, 5, 10, true),
  ...bound('exclusiveMinimum', number, 5, 10, false),
  ...bound('maxItems', list, 5, 10, true),
  ...bound('minItems', list, 5, 10, false),
  ...bound('maxProperties', open, 5, 10, true),
  ...bound('minProperties', open, 5, 10, false),
  ...bothWays(
    'an exclusive greatest number',
    { ...number, maximum: 5 },
    { ...number, maximum: 5, exclusiveMaximum: true },
  ),
  ...bothWays(
    'an exclusive least number',
    { ...number, minimum: 5 },
    { ...number, minimum: 5, exclusiveMinimum: true },
  ),
  ...bothWays(
    'from inclusive to exclusive',
    { ...number, maximum: 5 },
    { ...number, exclusiveMaximum: 5 },
  ),
  ...bothWays(
    'from inclusive to a wider exclusive',
    { ...whole, exclusiveMaximum: 10 },
    { ...whole, maximum: 5 },
  ),
  ...same(
    'exclusive as false',
    { ...number, maximum: 5 },
    { ...number, maximum: 5, exclusiveMaximum: false },
  ),
  ...changed('a step is another', { ...number, multipleOf: 2 }, { ...number, multipleOf: 3 }),
  ...bothWays('a step', number, { ...number, multipleOf: 2 }),
  ...bothWays('a step of a step', { ...number, multipleOf: 2 }, { ...number, multipleOf: 4 }),
  ...bothWays('items that differ', list, { ...list, uniqueItems: true }),
  ...same('uniqueItems as false', list, { ...list, uniqueItems: false }),
  ...same('minItems as zero', list, { ...list, minItems: 0 }),
  ...same('minLength as zero', text, { ...text, minLength: 0 }),
  ...same('minProperties as zero', open, { ...open, minProperties: 0 }),
  ...changed(
    'minItems and maxItems, each in its way',
    { ...list, minItems: 1, maxItems: 5 },
    { ...list, minItems: 2, maxItems: 6 },
  ),
  'a list of values': { old: text, now: { ...text, enum: ['a', 'b'] }, breaks: 'request' },
  'no list of values any more': {
    old: { ...text, enum: ['a', 'b'] },
    now: text,
    breaks: 'nothing',
  },
  'one more value': {
    old: { ...text, enum: ['a'] },
    now: { ...text, enum: ['a', 'b'] },
    breaks: 'nothing',
  },
  'one value less': {
    old: { ...text, enum: ['a', 'b'] },
    now: { ...text, enum: ['a'] },
    breaks: 'request',
  },
  'another value': {
    old: { ...text, enum: ['a', 'b'] },
    now: { ...text, enum: ['a', 'c'] },
    breaks: 'request',
  },
  'one value of a number less': {
    old: { ...whole, enum: [1, 2] },
    now: { ...whole, enum: [1] },
    breaks: 'request',
  },
  'one value of a property less': {
    old: object({ a: { ...text, enum: ['a', 'b'] } }),
    now: object({ a: { ...text, enum: ['a'] } }),
    breaks: 'request',
  },
  'one value of items less': {
    old: { type: 'array', items: { ...text, enum: ['a', 'b'] } },
    now: { type: 'array', items: { ...text, enum: ['a'] } },
    breaks: 'request',
  },
  ...same('the order of values', { ...text, enum: ['a', 'b'] }, { ...text, enum: ['b', 'a'] }),
  ...bothWays('a constant', text, { ...text, const: 'a' }),
  ...changed('a constant is another', { ...text, const: 'a' }, { ...text, const: 'b' }),
  ...same('a constant as a list of one value', { ...text, const: 'a' }, { ...text, enum: ['a'] }),
};
