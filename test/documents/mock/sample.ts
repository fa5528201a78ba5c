/** What is read of a schema. */
export interface Schema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/** Which members an object gets: those that it must have, or all. */
export type Extent = 'required' | 'everything';

/** The keywords that are honoured, and those that say nothing about a value. */
const known = new Set([
  'type',
  'format',
  'enum',
  'minimum',
  'maximum',
  'items',
  'properties',
  'required',
  'oneOf',
  'default',
  'description',
  'example',
]);

/** Values of each format; what follows a text of no format must be encoded in a URL. */
const strings: Readonly<Record<string, (index: number) => string>> = {
  '': (index) => `text ${index}: ü & b=c+d/e?f#g%h,i[j]`,
  'date-time': (index) => `2026-01-0${index + 1}T12:30:00Z`,
  byte: (index) => `AAE${'CDE'[index]}`,
};

/**
 * A value that a schema allows. Values with another `index` (0, 1, 2) differ, where the schema has
 * room for it; of alternatives the one at `index` is taken. Arrays have two items.
 *
 * Throws where the schema says something that is not understood: a value must not be valid by luck.
 */
export function sample(schema: Schema, extent: Extent, index = 0): unknown {
  const odd = Object.keys(schema).find((key) => !known.has(key) && !key.startsWith('x-'));
  if (odd !== undefined) throw new Error(`No value can be made for the keyword ${odd}.`);
  if (schema.enum) return schema.enum[index % schema.enum.length];
  if (schema.oneOf) return sample(schema.oneOf[index % schema.oneOf.length]!, extent, index);
  switch (schema.type) {
    case 'string': {
      const make = strings[schema.format ?? ''];
      if (!make) throw new Error(`No value can be made for the format ${schema.format}.`);
      return make(index);
    }
    case 'integer':
      return within(schema, 3 + index);
    case 'number':
      return within(schema, 2.5 + index);
    case 'boolean':
      return index % 2 === 0;
    case 'array':
      return [0, 1].map((position) => sample(schema.items ?? {}, extent, position));
    case 'object':
      return members(schema, extent, index);
  }
  throw new Error('No value can be made without a type.');
}

function members(
  { properties = {}, required = [] }: Schema,
  extent: Extent,
  index: number,
): object {
  const names = extent === 'required' ? required : Object.keys(properties);
  return Object.fromEntries(
    names.map((name) => [name, sample(properties[name] ?? {}, extent, index)]),
  );
}

function within({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}
