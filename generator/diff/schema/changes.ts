import type { Change } from './severity.ts';

/** A constraint that is there or not: adding it narrows, removing it widens. */
type Presence<Name extends string> = `${Name}-added` | `${Name}-removed`;

/** A constraint whose old and new value may be any two. */
type Value<Name extends string> = Presence<Name> | `${Name}-changed`;

type Bound<Name extends string> = Presence<Name> | `${Name}-increased` | `${Name}-decreased`;

type Rows<Name extends string> = Readonly<Record<Name, Change>>;

function presence<Name extends string>(name: Name, text: string): Rows<Presence<Name>> {
  return {
    [`${name}-added`]: { effect: 'narrows', text: `${text} is new` },
    [`${name}-removed`]: { effect: 'widens', text: `${text} is gone` },
    // TypeScript widens computed keys to any text.
  } as Rows<Presence<Name>>;
}

function value<Name extends string>(name: Name, text: string): Rows<Value<Name>> {
  return {
    ...presence(name, text),
    [`${name}-changed`]: { effect: 'exchanges', text: `${text} is another` },
    // As above.
  } as Rows<Value<Name>>;
}

function bound<Name extends string>(name: Name, text: string, upper: boolean): Rows<Bound<Name>> {
  return {
    ...presence(name, text),
    [`${name}-increased`]: { effect: upper ? 'widens' : 'narrows', text: `${text} is higher` },
    [`${name}-decreased`]: { effect: upper ? 'narrows' : 'widens', text: `${text} is lower` },
    // As above.
  } as Rows<Bound<Name>>;
}

export type ChangeName =
  | 'schema-added'
  | 'schema-removed'
  | 'type-changed'
  | 'type-narrowed'
  | 'type-widened'
  | 'null-added'
  | 'null-removed'
  | 'property-added'
  | 'required-property-added'
  | 'defaulted-property-added'
  | 'property-removed'
  | 'property-required'
  | 'defaulted-property-required'
  | 'property-optional'
  | 'property-read-only'
  | 'property-writable'
  | 'property-write-only'
  | 'property-readable'
  | 'enum-value-added'
  | 'enum-value-removed'
  | 'extensible-enum-value-added'
  | 'extensible-enum-value-removed'
  | 'format-widened'
  | 'format-narrowed'
  | 'multiple-of-widened'
  | 'multiple-of-narrowed'
  | 'additional-properties-forbidden'
  | 'additional-properties-allowed'
  | 'not-narrowed'
  | 'not-widened'
  | 'variant-added'
  | 'variant-removed'
  | 'discriminator-added'
  | 'discriminator-removed'
  | 'discriminator-changed'
  | 'discriminator-value-added'
  | 'discriminator-value-removed'
  | 'discriminator-value-changed'
  | 'default-added'
  | 'default-removed'
  | 'default-changed'
  | 'xml-changed'
  | Presence<
      | 'enum'
      | 'unique-items'
      | 'items'
      | 'contains'
      | 'unevaluated-items'
      | 'additional-properties-schema'
      | 'unevaluated-properties'
      | 'pattern-property'
      | 'property-names'
      | 'dependent-required'
      | 'dependent-schema'
      | 'then'
      | 'else'
      | 'content-schema'
    >
  | Value<
      | 'const'
      | 'format'
      | 'pattern'
      | 'multiple-of'
      | 'condition'
      | 'not'
      | 'content-encoding'
      | 'content-media-type'
    >
  | Bound<
      | 'max-length'
      | 'min-length'
      | 'maximum'
      | 'minimum'
      | 'max-items'
      | 'min-items'
      | 'max-properties'
      | 'min-properties'
      | 'max-contains'
      | 'min-contains'
    >;

/** All that can change in a schema. The rule is the direction and the name: `request-pattern-added`. */
export const changes: Rows<ChangeName> = {
  'schema-added': { effect: 'narrows', text: 'A media type without a schema has one now' },
  'schema-removed': { effect: 'widens', text: 'A media type has no schema any more' },
  'type-changed': { effect: 'exchanges', text: 'The type is another' },
  'type-narrowed': { effect: 'narrows', text: 'A type is no longer allowed' },
  'type-widened': { effect: 'widens', text: 'One more type is allowed' },
  'null-added': { effect: 'widens', text: 'Null is allowed, in whatever way that is written' },
  'null-removed': { effect: 'narrows', text: 'Null is no longer allowed' },
  'property-added': { effect: 'none', text: 'An optional property is new' },
  'required-property-added': { effect: 'narrows', text: 'A required property is new' },
  'defaulted-property-added': {
    effect: 'narrows',
    text: 'A required property with a default is new',
    request: 'warning',
  },
  'property-removed': {
    effect: 'none',
    text: 'A property is gone',
    request: 'breaking',
    response: 'breaking',
  },
  'property-required': { effect: 'narrows', text: 'A property became required' },
  'defaulted-property-required': {
    effect: 'narrows',
    text: 'A property with a default became required',
    request: 'warning',
  },
  'property-optional': { effect: 'widens', text: 'A property became optional' },
  'property-read-only': { effect: 'narrows', text: 'A property became read-only' },
  'property-writable': {
    effect: 'widens',
    text: 'A property is no longer read-only',
    response: 'info',
  },
  'property-write-only': {
    effect: 'none',
    text: 'A property became write-only',
    response: 'warning',
  },
  'property-readable': { effect: 'none', text: 'A property is no longer write-only' },
  ...presence('enum', 'A list of allowed values'),
  'enum-removed': {
    effect: 'widens',
    text: 'A list of allowed values is gone',
    response: 'warning',
  },
  'enum-value-added': { effect: 'widens', text: 'One more value is allowed', response: 'warning' },
  'enum-value-removed': { effect: 'narrows', text: 'A value is no longer allowed' },
  'extensible-enum-value-added': {
    effect: 'none',
    text: 'One more value is listed in `x-extensible-enum`',
  },
  'extensible-enum-value-removed': {
    effect: 'none',
    text: 'A value is gone from `x-extensible-enum`',
    request: 'breaking',
  },
  ...value('const', 'A constant'),
  ...value('format', 'A format'),
  'format-widened': { effect: 'widens', text: 'A format holds more values, as int64 after int32' },
  'format-narrowed': {
    effect: 'narrows',
    text: 'A format holds fewer values, as float after double',
  },
  ...value('pattern', 'A pattern'),
  ...bound('max-length', 'The greatest length', true),
  ...bound('min-length', 'The least length', false),
  ...bound('maximum', 'The greatest number', true),
  ...bound('minimum', 'The least number', false),
  ...value('multiple-of', 'A step between numbers'),
  'multiple-of-widened': { effect: 'widens', text: 'A step divides the old one' },
  'multiple-of-narrowed': { effect: 'narrows', text: 'A step is a multiple of the old one' },
  ...bound('max-items', 'The greatest number of items', true),
  ...bound('min-items', 'The least number of items', false),
  ...presence('unique-items', 'That items differ'),
  ...bound('max-properties', 'The greatest number of properties', true),
  ...bound('min-properties', 'The least number of properties', false),
  ...presence('items', 'A schema for items'),
  ...presence('contains', 'What an array must contain'),
  ...bound('max-contains', 'How many items may be as `contains` says', true),
  ...bound('min-contains', 'How many items must be as `contains` says', false),
  ...presence('unevaluated-items', 'A rule for unevaluated items'),
  'additional-properties-forbidden': {
    effect: 'narrows',
    text: 'Other properties are no longer allowed',
  },
  'additional-properties-allowed': { effect: 'widens', text: 'Other properties are allowed' },
  ...presence('additional-properties-schema', 'A schema for other properties'),
  ...presence('unevaluated-properties', 'A rule for unevaluated properties'),
  ...presence('pattern-property', 'A schema for properties by pattern'),
  ...presence('property-names', 'A rule for the names of properties'),
  ...presence('dependent-required', 'What a property requires beside it'),
  ...presence('dependent-schema', 'A schema that a property brings with it'),
  ...value('condition', 'A condition (`if`)'),
  ...presence('then', 'What a condition demands where it holds'),
  ...presence('else', 'What a condition demands where it does not hold'),
  ...value('not', 'What must not be'),
  'not-narrowed': { effect: 'narrows', text: 'What must not be covers more' },
  'not-widened': { effect: 'widens', text: 'What must not be covers less' },
  'variant-added': { effect: 'widens', text: 'A union has one more variant' },
  'variant-removed': { effect: 'narrows', text: 'A variant of a union is gone' },
  'discriminator-added': { effect: 'narrows', text: 'A discriminator is new' },
  'discriminator-removed': {
    effect: 'widens',
    text: 'A discriminator is gone',
    response: 'warning',
  },
  'discriminator-changed': { effect: 'exchanges', text: 'A discriminator is another property' },
  'discriminator-value-added': {
    effect: 'widens',
    text: 'A discriminator has one more value',
    response: 'info',
  },
  'discriminator-value-removed': { effect: 'narrows', text: 'A value of a discriminator is gone' },
  'discriminator-value-changed': {
    effect: 'exchanges',
    text: 'A value of a discriminator means another variant',
  },
  'default-added': { effect: 'none', text: 'What is left out has a default', request: 'info' },
  'default-removed': {
    effect: 'exchanges',
    text: 'What is left out has no default any more',
    response: 'warning',
  },
  'default-changed': {
    effect: 'exchanges',
    text: 'What is left out means another value',
    response: 'warning',
  },
  ...value('content-encoding', 'How text encodes bytes'),
  ...value('content-media-type', 'The media type of what text holds'),
  ...presence('content-schema', 'A schema for what text holds'),
  'xml-changed': { effect: 'exchanges', text: 'How the value is written as XML' },
};
