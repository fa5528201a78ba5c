import { pointer as pointerTo } from '../../json/pointer.ts';
import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';
import type { Moves } from './moves.ts';
import { formStyleOf, splitValue } from './parameter.ts';

/** A parameter in the body or in a form. */
export interface BodyPart {
  readonly value: MutableObject;
  /** To where it is declared. */
  readonly pointer: string;
  /** Whether it is declared elsewhere, for several operations. */
  readonly shared: boolean;
}

/** The request body that an operation's parameters in the body or a form make; undefined without any. */
export function requestBodyOf(
  parts: readonly BodyPart[],
  consumes: readonly string[],
  at: string,
  moves: Moves,
): MutableObject | undefined {
  const whole = parts.find(({ value }) => value['in'] === 'body');
  if (whole !== undefined) return bodyOf(whole, consumes, at, moves);
  return parts.length === 0 ? undefined : formOf(parts, consumes, at, moves);
}

function bodyOf(
  { value, pointer, shared }: BodyPart,
  consumes: readonly string[],
  at: string,
  moves: Moves,
): MutableObject {
  const { name: _name, in: _in, schema, ...rest } = value;
  const mediaTypes = consumes.length === 0 ? ['application/json'] : consumes;
  const content: MutableObject = {};
  moves.move(pointer, at);
  for (const mediaType of mediaTypes) {
    moves.move(`${pointer}/schema`, at + pointerTo('content', mediaType, 'schema'));
  }
  // The first place is the one that references mean.
  moves.move(`${pointer}/schema`, at + pointerTo('content', mediaTypes[0] ?? '', 'schema'));
  fill(content, mediaTypes, isObject(schema) ? schema : {}, shared, moves);
  return { ...(shared ? structuredClone(rest) : rest), content };
}

/** Puts a schema under each media type: the schema itself first, where no one else needs it. */
function fill(
  content: MutableObject,
  mediaTypes: readonly string[],
  schema: MutableObject,
  shared: boolean,
  moves: Moves,
): void {
  for (const [index, mediaType] of mediaTypes.entries()) {
    const entry: MutableObject = { schema };
    setOwn(content, mediaType, entry);
    if (shared || index > 0) moves.finally(() => (entry['schema'] = structuredClone(schema)));
  }
}

const urlencoded = 'application/x-www-form-urlencoded';

function formOf(
  parts: readonly BodyPart[],
  consumes: readonly string[],
  at: string,
  moves: Moves,
): MutableObject {
  const hasFile = parts.some(({ value }) => value['type'] === 'file');
  const forms = consumes.filter((type) => /^multipart\/|form-urlencoded/.test(type));
  const able = hasFile ? forms.filter((type) => type.startsWith('multipart/')) : forms;
  const mediaTypes = able.length > 0 ? able : [hasFile ? 'multipart/form-data' : urlencoded];
  const schema: MutableObject = { type: 'object' };
  const properties: MutableObject = {};
  const required: unknown[] = [];
  const encoding: MutableObject = {};
  for (const { value, pointer, shared } of parts) {
    const name = String(value['name']);
    const { schema: field, rest } = splitValue(shared ? structuredClone(value) : value);
    const { name: _name, in: _in, required: isRequired, allowEmptyValue: _empty, ...others } = rest;
    setOwn(properties, name, { ...field, ...others });
    if (isRequired === true && !required.includes(name)) required.push(name);
    const style = formStyleOf(value, pointer, moves.problems);
    if (style !== undefined) setOwn(encoding, name, style);
    const first = pointerTo('content', mediaTypes[0] ?? '', 'schema', 'properties', name);
    moves.move(pointer, at + first);
  }
  schema['properties'] = properties;
  if (required.length > 0) schema['required'] = required;
  const content: MutableObject = {};
  fill(content, mediaTypes, schema, false, moves);
  for (const mediaType of mediaTypes) {
    // A form of several parts has its lists by `collectionFormat`, too (Swagger 2.0, Parameter Object).
    const entry = content[mediaType];
    if (
      /^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(mediaType) &&
      Object.keys(encoding).length > 0 &&
      isObject(entry)
    ) {
      entry['encoding'] = structuredClone(encoding);
    }
  }
  return { content, ...(required.length > 0 ? { required: true } : undefined) };
}
