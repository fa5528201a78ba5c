import type { FieldRule, FieldStyle, Type } from '../../ir/ir.ts';
import { scalar, unite } from '../../ir/type.ts';
import { type JsonObject, listOf, objectOf, own, textOf } from '../../json/narrow.ts';
import type { References } from '../references.ts';
import type { Schemas } from '../schemas/schema.ts';
import { encodingOf, isJson } from './media.ts';

/** A field of a form or of a body of several parts, as the document declares it. */
export interface Field {
  readonly name: string;
  readonly schema: JsonObject;
  /** OpenAPI's Encoding Object. */
  readonly encoding: JsonObject;
}

const deepest = 20;

/** The fields that a schema declares, through references and combinations. */
export function fieldsIn(
  schema: unknown,
  encodings: unknown,
  references: References,
): readonly Field[] {
  const found = new Map<string, JsonObject>();
  const visit = (value: unknown, depth: number): void => {
    const object = objectOf(references.follow(value, '').value);
    if (depth > deepest) return;
    for (const [name, property] of Object.entries(objectOf(own(object, 'properties'))))
      if (!found.has(name)) found.set(name, objectOf(references.follow(property, '').value));
    for (const key of ['allOf', 'oneOf', 'anyOf'])
      for (const part of listOf(own(object, key))) visit(part, depth + 1);
  };
  visit(schema, 0);
  const names = [...new Set([...found.keys(), ...Object.keys(objectOf(encodings))])].toSorted();
  return names.map((name) => ({
    name,
    schema: found.get(name) ?? {},
    encoding: objectOf(references.follow(own(objectOf(encodings), name), '').value),
  }));
}

/** How the fields of a form are written, where it is not by repeating names. */
export function formRules(fields: readonly Field[]): readonly FieldRule[] {
  return fields.flatMap(({ name, schema, encoding }): readonly FieldRule[] => {
    const style = styleOf(schema, encoding);
    if (style) return [{ name, ...style }];
    const isJsonField = isJson(textOf(own(encoding, 'contentType')));
    return isJsonField && !hasStyle(encoding) ? [{ name, style: 'json' }] : [];
  });
}

/** What is said of the parts of a body, where their values do not say it. */
export function partRules(fields: readonly Field[], isForm: boolean): readonly FieldRule[] {
  return fields.flatMap(({ name, schema, encoding }): readonly FieldRule[] => {
    const style = isForm ? styleOf(schema, encoding) : undefined;
    if (style) return [{ name, ...style }];
    const declared = textOf(own(encoding, 'contentType')).trim();
    const contentType = declared === '' ? contentTypeOf(schema) : declared;
    return contentType === undefined || !/^[!-~][ -~]*$/.test(contentType)
      ? []
      : [{ name, contentType }];
  });
}

/** Media types that JSON Schema gives to texts that hold bytes. */
function contentTypeOf(schema: JsonObject): string | undefined {
  const item = own(schema, 'type') === 'array' ? objectOf(own(schema, 'items')) : schema;
  const mediaType = textOf(own(item, 'contentMediaType'));
  if (own(item, 'contentEncoding') !== undefined) return mediaType || 'application/octet-stream';
  const isBytes = mediaType !== '' && encodingOf(mediaType) === 'binary';
  return isBytes && mediaType !== 'application/octet-stream' ? mediaType : undefined;
}

function hasStyle(encoding: JsonObject): boolean {
  return ['style', 'explode', 'allowReserved'].some((key) => own(encoding, key) !== undefined);
}

function styleOf(
  schema: JsonObject,
  encoding: JsonObject,
): { readonly style: FieldStyle; readonly allowReserved?: boolean } | undefined {
  if (!hasStyle(encoding)) return undefined;
  const style = textOf(own(encoding, 'style')) || 'form';
  const explode = own(encoding, 'explode') ?? style === 'form';
  const allowReserved = own(encoding, 'allowReserved') === true ? { allowReserved: true } : {};
  if (style === 'deepObject') return { style: 'deepObject', ...allowReserved };
  if (!explode) {
    if (style === 'spaceDelimited' || style === 'pipeDelimited') return { style, ...allowReserved };
    return { style: 'form', ...allowReserved };
  }
  // A list repeats its name without being told to.
  const isNoList = own(schema, 'type') !== 'array';
  const isScalar = ['string', 'number', 'integer', 'boolean'].includes(textOf(own(schema, 'type')));
  if (isScalar && !('allowReserved' in allowReserved)) return undefined;
  return isNoList || 'allowReserved' in allowReserved
    ? { style: 'exploded', ...allowReserved }
    : undefined;
}

/** The type of a body of several parts, in which parts are bytes that the document says to be bytes. */
export function withBytes(
  type: Type,
  fields: readonly Field[],
  isModern: boolean,
  schemas: Schemas,
): Type {
  const bytes = new Map(
    fields.flatMap((field): readonly [string, Type][] => {
      const found = bytesOf(field, isModern);
      return found ? [[field.name, found]] : [];
    }),
  );
  return bytes.size === 0 ? type : replaced(type, bytes, schemas, 0);
}

function bytesOf({ schema, encoding }: Field, isModern: boolean): Type | undefined {
  const declared = textOf(own(encoding, 'contentType'));
  if (own(schema, 'type') === 'array') {
    const item = bytesOf({ name: '', schema: objectOf(own(schema, 'items')), encoding }, isModern);
    return item && { kind: 'array', items: item };
  }
  const isBinaryType =
    declared !== '' && declared.split(',').every((one) => encodingOf(one.trim()) === 'binary');
  const inner = textOf(own(schema, 'contentMediaType'));
  const encodedAs = textOf(own(schema, 'contentEncoding'));
  const isPlain = encodedAs === '' || /^(binary|7bit|8bit)$/i.test(encodedAs);
  const isText = own(schema, 'type') === 'string';
  if (isText && own(schema, 'enum') === undefined && own(schema, 'format') === undefined) {
    if (encodedAs !== '' && isPlain) return scalar('binary');
    if (isPlain && inner !== '' && encodingOf(inner) === 'binary') return scalar('binary');
    if (isPlain && isBinaryType) return scalar('binary');
  }
  const saysNothing = !Object.keys(schema).some((key) => !silent.has(key));
  return saysNothing && (isBinaryType || (isModern && declared === ''))
    ? scalar('binary')
    : undefined;
}

/** What takes bytes takes them in every form. */
export const anyBytes: Type = unite([scalar('binary'), scalar('buffer'), scalar('stream')]);

/** The type of a body of several parts that takes bytes in every form, wherever it takes a `Blob`. */
export function withAnyBytes(type: Type, schemas: Schemas, depth = 0): Type {
  const plain = schemas.resolve(type);
  if (depth > deepest) return type;
  if (plain.kind === 'union' || plain.kind === 'intersection') {
    const members = plain.members.map((member) => withAnyBytes(member, schemas, depth + 1));
    const isSame = members.every((member, index) => member === plain.members[index]);
    return isSame ? type : { kind: plain.kind, members };
  }
  if (plain.kind !== 'object') return type;
  const properties = plain.properties.map((property) => {
    const opened = anyBytesIn(property.type, schemas);
    return opened === property.type ? property : { ...property, type: opened };
  });
  const isSame = properties.every((property, index) => property === plain.properties[index]);
  return isSame ? type : { ...plain, properties };
}

function anyBytesIn(type: Type, schemas: Schemas): Type {
  const plain = schemas.resolve(type);
  switch (plain.kind) {
    case 'scalar':
      return plain.name === 'binary' ? anyBytes : type;
    case 'array': {
      const items = anyBytesIn(plain.items, schemas);
      return items === plain.items ? type : { ...plain, items };
    }
    case 'union': {
      const members = plain.members.map((member) => anyBytesIn(member, schemas));
      const isSame = members.every((member, index) => member === plain.members[index]);
      return isSame ? type : unite(members);
    }
    case 'literals':
    case 'tuple':
    case 'record':
    case 'object':
    case 'stream':
    case 'intersection':
    case 'named':
      return type;
  }
}

/** Keywords that say nothing about a value. */
const silent = new Set([
  'title',
  'description',
  'example',
  'examples',
  'deprecated',
  'contentMediaType',
]);

function replaced(
  type: Type,
  bytes: ReadonlyMap<string, Type>,
  schemas: Schemas,
  depth: number,
): Type {
  const plain = schemas.resolve(type);
  if (depth > deepest) return type;
  if (plain.kind === 'union' || plain.kind === 'intersection')
    return {
      kind: plain.kind,
      members: plain.members.map((member) => replaced(member, bytes, schemas, depth + 1)),
    };
  if (plain.kind !== 'object' || !plain.properties.some(({ name }) => bytes.has(name))) return type;
  return {
    ...plain,
    properties: plain.properties.map((property) => ({
      ...property,
      type: bytes.get(property.name) ?? property.type,
    })),
  };
}
