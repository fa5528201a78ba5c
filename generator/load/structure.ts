/**
 * Where in a document what stands. Only in these places is a `$ref` a reference; elsewhere (in an
 * example, a default, an extension) it is data.
 */
export interface Shape {
  /** For messages: `schema`, `response`, `map of schema`. */
  readonly name: string;
  /** What the known fields hold. */
  readonly fields?: ReadonlyMap<string, Field> | undefined;
  /** In a map from names: what each value is. */
  readonly every?: Field | undefined;
  /** In a list: what each item is. */
  readonly item?: Shape | undefined;
  /** Whether names that begin with `x-` are extensions. */
  readonly extensible: boolean;
  /** Where references to it may point: the map of `components`, and the one at the root of Swagger 2.0. */
  readonly section?: Section | undefined;
}

export interface Section {
  readonly components: string;
  readonly swagger?: string | undefined;
}

export interface Field {
  readonly shape: Shape;
  /** Whether the value is a list of it; `either` where both are allowed. */
  readonly list: boolean | 'either';
}

/** Shapes refer to each other: they are made first and filled afterwards. */
interface Draft extends Shape {
  fields?: ReadonlyMap<string, Field> | undefined;
  every?: Field | undefined;
}

/** All of one layout, as the scan of a large document asks them a hundred thousand times. */
function draft(name: string, parts: Partial<Shape> = {}): Draft {
  const { fields, every, item, extensible = true, section } = parts;
  return { name, fields, every, item, extensible, section };
}

function referable(name: string, components: string, swagger?: string): Draft {
  return draft(name, { section: { components, swagger } });
}

/** Anything that is not the document's own structure. */
export const data: Shape = draft('value', { extensible: false });

const document = draft('document');
const components = draft('components');
const pathItem = draft('path item');
const operation = draft('operation');
const parameter = referable('parameter', 'parameters', 'parameters');
const requestBody = referable('request body', 'requestBodies');
const response = referable('response', 'responses', 'responses');
const header = referable('header', 'headers');
const mediaType = referable('media type', 'mediaTypes');
const encoding = draft('encoding');
const schema = referable('schema', 'schemas', 'definitions');
const discriminator = draft('discriminator');
const example = referable('example', 'examples');
const link = referable('link', 'links');
const callback = referable('callback', 'callbacks');
const securityScheme = referable('security scheme', 'securitySchemes', 'securityDefinitions');
const mapping = draft('discriminator mapping', { extensible: false });

const maps = new Map<Shape, Shape>();
const lists = new Map<Shape, Shape>();
const paths = draft('paths', { every: one(pathItem) });
const responses = draft('responses', { every: one(response) });

document.fields = fields({
  paths: one(paths),
  webhooks: mapOf(pathItem),
  components: one(components),
  definitions: mapOf(schema),
  parameters: mapOf(parameter),
  responses: mapOf(response),
  securityDefinitions: mapOf(securityScheme),
});
components.fields = fields({
  schemas: mapOf(schema),
  responses: mapOf(response),
  parameters: mapOf(parameter),
  examples: mapOf(example),
  requestBodies: mapOf(requestBody),
  headers: mapOf(header),
  securitySchemes: mapOf(securityScheme),
  links: mapOf(link),
  callbacks: mapOf(callback),
  pathItems: mapOf(pathItem),
  mediaTypes: mapOf(mediaType),
});
/** The fields of a path item that hold an operation. */
export const methodFields: readonly string[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];
pathItem.fields = fields({
  ...Object.fromEntries(methodFields.map((method) => [method, one(operation)])),
  additionalOperations: mapOf(operation),
  parameters: listOf(parameter),
});
operation.fields = fields({
  parameters: listOf(parameter),
  requestBody: one(requestBody),
  responses: one(responses),
  callbacks: mapOf(callback),
});
callback.every = one(pathItem);
const valueFields = {
  schema: one(schema),
  content: mapOf(mediaType),
  examples: mapOf(example),
};
parameter.fields = fields({ ...valueFields, items: one(schema) });
header.fields = fields({ ...valueFields, items: one(schema) });
requestBody.fields = fields({ content: mapOf(mediaType) });
response.fields = fields({
  headers: mapOf(header),
  content: mapOf(mediaType),
  links: mapOf(link),
  schema: one(schema),
});
mediaType.fields = fields({
  schema: one(schema),
  itemSchema: one(schema),
  examples: mapOf(example),
  encoding: mapOf(encoding),
  prefixEncoding: listOf(encoding),
  itemEncoding: one(encoding),
});
encoding.fields = fields({
  headers: mapOf(header),
  encoding: mapOf(encoding),
  prefixEncoding: listOf(encoding),
  itemEncoding: one(encoding),
});
schema.fields = fields({
  properties: mapOf(schema),
  patternProperties: mapOf(schema),
  additionalProperties: one(schema),
  unevaluatedProperties: one(schema),
  propertyNames: one(schema),
  dependentSchemas: mapOf(schema),
  $defs: mapOf(schema),
  definitions: mapOf(schema),
  items: { shape: schema, list: 'either' },
  prefixItems: listOf(schema),
  additionalItems: one(schema),
  unevaluatedItems: one(schema),
  contains: one(schema),
  contentSchema: one(schema),
  allOf: listOf(schema),
  anyOf: listOf(schema),
  oneOf: listOf(schema),
  not: one(schema),
  ...Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, one(schema)])),
  discriminator: one(discriminator),
});
discriminator.fields = fields({ mapping: one(mapping) });

export const shapes: {
  readonly document: Shape;
  readonly schema: Shape;
  readonly discriminator: Shape;
  readonly mapping: Shape;
} = { document, schema, discriminator, mapping };

/** What stands under a key of something. */
export function fieldOf(shape: Shape, key: string): Field {
  if (shape.every === undefined) return shape.fields?.get(key) ?? dataField;
  return shape.extensible && key.startsWith('x-') ? dataField : shape.every;
}

/** What a list or a single value of a field holds, and the same for what it contains. */
const dataField: Field = { shape: data, list: 'either' };

/** What stands under a pointer's keys, as far as a document's structure says. */
export function shapeAt(root: Shape, keys: readonly string[]): Shape {
  let shape = root;
  let list: Field['list'] = false;
  for (const key of keys) {
    if (list !== false && /^\d+$/.test(key)) {
      list = false;
      continue;
    }
    ({ shape, list } = fieldOf(shape, key));
  }
  return list === true ? listShapeOf(shape) : shape;
}

/** The list of something as a whole, which some documents refer to. */
export function listShapeOf(shape: Shape): Shape {
  const known = lists.get(shape);
  if (known !== undefined) return known;
  const list = draft(`list of ${shape.name}s`, { item: shape, extensible: false });
  lists.set(shape, list);
  return list;
}

function one(shape: Shape): Field {
  return { shape, list: false };
}

function listOf(shape: Shape): Field {
  return { shape, list: true };
}

/** One object for each kind of map, so that shapes can be compared. */
function mapOf(shape: Shape): Field {
  const known = maps.get(shape);
  if (known !== undefined) return one(known);
  const map = draft(`map of ${shape.name}s`, { every: one(shape), extensible: false });
  maps.set(shape, map);
  return one(map);
}

function fields(record: Readonly<Record<string, Field>>): ReadonlyMap<string, Field> {
  return new Map(Object.entries(record));
}
