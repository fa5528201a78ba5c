import { bothWays, changed, type Kinds, same } from './schema-kind.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const list = { type: 'array', items: text };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const open = { type: 'object' };
const cat = object({ kind: text, meow: text }, { required: ['kind', 'meow'] });
const dog = object({ kind: text, bark: whole }, { required: ['kind', 'bark'] });
const bird = object({ kind: text, wings: { type: 'boolean' } }, { required: ['kind', 'wings'] });

/** The kinds of changes that the catalogues of public suites name, by what they do to what passes: objects, unions and documentation. */
export const objectKinds: Kinds = {
  'an optional property is new': {
    old: object({ a: text }),
    now: object({ a: text, b: text }),
    breaks: 'nothing',
  },
  'an optional property of items is new': {
    old: { type: 'array', items: object({ a: text }) },
    now: { type: 'array', items: object({ a: text, b: text }) },
    breaks: 'nothing',
  },
  'a required property is new': {
    old: object({ a: text }),
    now: object({ a: text, b: text }, { required: ['b'] }),
    breaks: 'request',
  },
  'a required property of items is new': {
    old: { type: 'array', items: object({ a: text }) },
    now: { type: 'array', items: object({ a: text, b: text }, { required: ['b'] }) },
    breaks: 'request',
  },
  'a required property with a default is new': {
    old: object({ a: text }),
    now: object({ a: text, b: { ...text, default: 'x' } }, { required: ['b'] }),
    breaks: 'nothing',
  },
  'a required read-only property is new': {
    old: object({ a: text }),
    now: object({ a: text, b: { ...text, readOnly: true } }, { required: ['b'] }),
    breaks: 'nothing',
  },
  'a required write-only property is new': {
    old: object({ a: text }),
    now: object({ a: text, b: { ...text, writeOnly: true } }, { required: ['b'] }),
    breaks: 'request',
  },
  ...bothWays('required', object({ a: text }), object({ a: text }, { required: ['a'] })),
  ...bothWays(
    'required inside',
    object({ a: object({ b: text }) }),
    object({ a: object({ b: text }, { required: ['b'] }) }),
  ),
  ...bothWays(
    'required in items',
    { type: 'array', items: object({ a: text }) },
    { type: 'array', items: object({ a: text }, { required: ['a'] }) },
  ),
  ...bothWays(
    'required in a part of allOf',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }, { required: ['a'] })] },
  ),
  ...bothWays(
    'required in a variant',
    { anyOf: [object({ a: text }), whole] },
    { anyOf: [object({ a: text }, { required: ['a'] }), whole] },
  ),
  'another property is required': {
    old: object({ a: text, b: text }, { required: ['a'] }),
    now: object({ a: text, b: text }, { required: ['b'] }),
    breaks: 'both',
  },
  'a property with a default is required': {
    old: object({ a: { ...text, default: 'x' } }),
    now: object({ a: { ...text, default: 'x' } }, { required: ['a'] }),
    breaks: 'nothing',
  },
  'a read-only property is required': {
    old: object({ a: { ...text, readOnly: true } }),
    now: object({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    breaks: 'nothing',
  },
  'a write-only property is optional': {
    old: object({ a: { ...text, writeOnly: true } }, { required: ['a'] }),
    now: object({ a: { ...text, writeOnly: true } }),
    breaks: 'nothing',
  },
  'a required property is gone': {
    old: object({ a: text, b: text }, { required: ['a', 'b'] }),
    now: object({ a: text }, { required: ['a'] }),
    breaks: 'both',
  },
  'a required write-only property is gone': {
    old: object({ a: text, b: { ...text, writeOnly: true } }, { required: ['b'] }),
    now: object({ a: text }),
    breaks: 'request',
  },
  'a required read-only property is gone': {
    old: object({ a: text, b: { ...text, readOnly: true } }, { required: ['b'] }),
    now: object({ a: text }),
    breaks: 'response',
  },
  'a property is read-only': {
    old: object({ a: text }),
    now: object({ a: { ...text, readOnly: true } }),
    breaks: 'request',
  },
  'a property is no longer read-only': {
    old: object({ a: { ...text, readOnly: true } }),
    now: object({ a: text }),
    breaks: 'nothing',
  },
  'a property is write-only': {
    old: object({ a: text }),
    now: object({ a: { ...text, writeOnly: true } }),
    breaks: 'nothing',
  },
  'a property is no longer write-only': {
    old: object({ a: { ...text, writeOnly: true } }),
    now: object({ a: text }),
    breaks: 'nothing',
  },
  'a read-only property has fewer values': {
    old: object({ a: { ...text, readOnly: true, enum: ['a', 'b'] } }),
    now: object({ a: { ...text, readOnly: true, enum: ['a'] } }),
    breaks: 'nothing',
  },
  'a read-only property is shorter': {
    old: object({ a: { ...text, readOnly: true, maxLength: 9 } }),
    now: object({ a: { ...text, readOnly: true, maxLength: 5 } }),
    breaks: 'nothing',
  },
  'a write-only property is longer': {
    old: object({ a: { ...text, writeOnly: true, maxLength: 5 } }),
    now: object({ a: { ...text, writeOnly: true, maxLength: 9 } }),
    breaks: 'nothing',
  },
  'a read-only property has another type': {
    old: object({ a: { ...text, readOnly: true } }),
    now: object({ a: { ...whole, readOnly: true } }),
    breaks: 'response',
  },
  ...same('other properties as true', open, { ...open, additionalProperties: true }),
  ...same('other properties as any', open, { ...open, additionalProperties: {} }),
  ...bothWays('a schema for other properties', open, { ...open, additionalProperties: text }),
  ...bothWays(
    'other properties',
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
  ),
  ...changed(
    'other properties of another type',
    { ...open, additionalProperties: text },
    { ...open, additionalProperties: whole },
  ),
  ...changed(
    'other properties of another type inside',
    object({ a: { ...open, additionalProperties: text } }),
    object({ a: { ...open, additionalProperties: whole } }),
  ),
  ...bothWays('oneOf, one variant', { oneOf: [cat, dog, bird] }, { oneOf: [cat, dog] }),
  ...bothWays('anyOf, one variant', { anyOf: [cat, dog, bird] }, { anyOf: [cat, dog] }),
  ...bothWays('oneOf around a schema', { oneOf: [cat, dog] }, cat),
  ...bothWays('anyOf around a schema', { anyOf: [text, whole] }, text),
  ...bothWays(
    'oneOf in a property',
    object({ a: { oneOf: [text, whole] } }),
    object({ a: { oneOf: [text] } }),
  ),
  ...same('oneOf of one variant', cat, { oneOf: [cat] }),
  ...same('anyOf of one variant', cat, { anyOf: [cat] }),
  ...same('allOf of one part', cat, { allOf: [cat] }),
  ...same('the order of variants', { oneOf: [cat, dog] }, { oneOf: [dog, cat] }),
  'allOf with a part of optional properties': {
    old: { allOf: [object({ a: text })] },
    now: { allOf: [object({ a: text }), object({ b: text })] },
    breaks: 'nothing',
  },
  ...bothWays(
    'allOf with a part that demands',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }), { required: ['a'] }] },
  ),
  'allOf without a part with required properties': {
    old: { allOf: [object({ a: text }), object({ b: text }, { required: ['b'] })] },
    now: { allOf: [object({ a: text })] },
    breaks: 'both',
  },
  ...changed(
    'the property that names the variant',
    { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
    { oneOf: [cat, dog], discriminator: { propertyName: 'sort' } },
  ),
  'no property names the variant any more': {
    old: { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
    now: { oneOf: [cat, dog] },
    breaks: 'nothing',
  },
  'a title': { old: text, now: { ...text, title: 'A' }, breaks: 'nothing' },
  'a description': {
    old: { ...text, description: 'A' },
    now: { ...text, description: 'B' },
    breaks: 'nothing',
  },
  'an example': {
    old: { ...text, example: 'a' },
    now: { ...text, example: 'b' },
    breaks: 'nothing',
  },
  deprecated: { old: text, now: { ...text, deprecated: true }, breaks: 'nothing' },
  'a default': { old: text, now: { ...text, default: 'a' }, breaks: 'nothing' },
  ...changed('the name in XML', { ...text, xml: { name: 'a' } }, { ...text, xml: { name: 'b' } }),
  ...changed(
    'a property as an attribute in XML',
    object({ a: text }),
    object({ a: { ...text, xml: { attribute: true } } }),
  ),
  ...changed('a prefix in XML', open, {
    ...open,
    xml: { prefix: 'a', namespace: 'https://a.example' },
  }),
  ...changed('a list that is wrapped in XML', list, { ...list, xml: { wrapped: true } }),
  ...same('attribute as false', text, { ...text, xml: { attribute: false } }),
  ...same('wrapped as false', list, { ...list, xml: { wrapped: false } }),
  ...bothWays('contains', list, { ...list, contains: { const: 'a' } }),
  ...bothWays(
    'minContains',
    { ...list, contains: { const: 'a' } },
    { ...list, contains: { const: 'a' }, minContains: 2 },
  ),
  ...bothWays(
    'maxContains',
    { ...list, contains: { const: 'a' } },
    { ...list, contains: { const: 'a' }, maxContains: 2 },
  ),
  ...bothWays('names of properties', open, { ...open, propertyNames: { pattern: '^a' } }),
  ...bothWays('properties like a pattern', open, { ...open, patternProperties: { '^x': text } }),
  ...bothWays('what a property requires', open, { ...open, dependentRequired: { a: ['b'] } }),
  ...bothWays('what a property brings', open, {
    ...open,
    dependentSchemas: { a: { required: ['b'] } },
  }),
  ...bothWays('unevaluated properties', open, { ...open, unevaluatedProperties: false }),
  ...bothWays('unevaluated items', { type: 'array' }, { type: 'array', unevaluatedItems: false }),
  ...bothWays('what must not be', text, { ...text, not: { const: 'a' } }),
  ...bothWays(
    'what must not be, more of it',
    { ...text, not: { enum: ['a'] } },
    { ...text, not: { enum: ['a', 'b'] } },
  ),
  ...bothWays(
    'a type of first items',
    { type: 'array', prefixItems: [{}] },
    { type: 'array', prefixItems: [text] },
  ),
};
