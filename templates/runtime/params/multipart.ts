import type { Payload } from '../call.js';
import { binary } from './body.js';
import { type Bytes, isBytes, mediaTypeOf } from './bytes.js';
import { plainText } from './encode.js';
import { decodedText, type FieldStyle } from './fields.js';
import { made } from './made.js';
import { concatenated } from './stream.js';
import { isStructure } from './structure.js';

/** What is said of a part: its media type (several by commas), or the style of the field. */
export type PartRule = string | FieldStyle;

/** Headers of parts, by the names of the parts. */
export type PartHeaders = Readonly<Record<string, object | undefined>>;

type Piece = string | Bytes;

/**
 * A body of several parts, which bytes hold already: a list is a part for each item, unless it is JSON; bytes are a file; an
 * object is JSON. Without names, as in a list of parts, they go in their order.
 */
export function multipart(
  value: unknown,
  mediaType = 'multipart/form-data',
  rules: Readonly<Record<string, PartRule>> = {},
  headers: PartHeaders = {},
): Payload | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof FormData) return made(value, () => [undefined, value]);
  if (isBytes(value)) return binary(value, mediaType);
  const isForm = mediaType === 'multipart/form-data';
  if (!isStructure(value) || (isForm && Array.isArray(value)))
    return () => {
      throw TypeError(`the body: ${mediaType} holds an object`);
    };
  const boundary = crypto.randomUUID();
  const pieces: Piece[] = [];
  let root: string | undefined;

  const add = (name: string, item: unknown, declared: string | undefined): void => {
    if (item === undefined || item === null) return;
    const { type, content, filename } = partOf(item, declared, isForm);
    root ??= type ?? 'text/plain';
    const named = Array.isArray(value) ? '' : quoted(name);
    const head = [
      isForm && `Content-Disposition: form-data; name="${named}"${filename}`,
      !isForm && named && `Content-ID: <${named}>`,
      type && `Content-Type: ${type}`,
      ...Object.entries(own(headers, name) ?? {}).map(headerLine),
    ];
    const lines = [`--${boundary}`, ...head.filter(Boolean), '', ''];
    pieces.push(lines.join('\r\n'), content, '\r\n');
  };

  for (const [name, item] of Object.entries(value)) {
    const rule = own(rules, name) ?? own(rules, '*');
    if (typeof rule === 'function') {
      if (item === undefined || item === null) continue;
      for (const [field, one] of rule(name, item))
        for (const text of [one].flat())
          add(field, text === undefined || text === null ? text : decodedText(text), undefined);
      continue;
    }
    const isOne = !Array.isArray(item) || (isJson(rule) && !item.some(isBytes));
    for (const one of isOne ? [item] : item) add(name, one, rule);
  }
  pieces.push(`--${boundary}--\r\n`);
  const related = mediaType === 'multipart/related' && root ? `; type="${root}"` : '';
  const content = concatenated(pieces);
  return made(value, () => [`${mediaType}${related}; boundary=${boundary}`, content]);
}

interface Part {
  readonly type: string | undefined;
  readonly content: Piece;
  readonly filename: string;
}

function partOf(item: unknown, declared: string | undefined, isForm: boolean): Part {
  if (isBytes(item)) {
    const name = item instanceof File ? item.name : 'blob';
    const filename = isForm ? `; filename="${quoted(name)}"` : '';
    return { type: mediaTypeOf(item, declared ?? '*/*'), content: item, filename };
  }
  const type = declared === undefined ? undefined : mediaTypeOf(item, declared);
  if (isJson(type) || isStructure(item))
    return { type: type ?? 'application/json', content: JSON.stringify(item), filename: '' };
  return { type, content: plainText(item), filename: '' };
}

function isJson(type: unknown): boolean {
  return typeof type === 'string' && /^[^;,]*[/+]json\b/i.test(type);
}

/** A name as browsers write it (https://html.spec.whatwg.org/#multipart-form-data). */
function quoted(name: string): string {
  return name.replace(/["\r\n]/g, encodeURIComponent);
}

function headerLine([name, value]: [string, unknown]): string {
  const text = value === undefined || value === null ? '' : plainText(value);
  if (/[^!-~]|:/.test(name) || /[\r\n]/.test(text)) throw TypeError(`bad header ${name}`);
  return text && `${name}: ${text}`;
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
