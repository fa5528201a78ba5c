import { pointer as pointerTo } from '../../json/pointer.ts';
import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';
import type { Moves } from './moves.ts';
import { splitValue } from './parameter.ts';

/** Turns a response, in place, into one of OpenAPI 3.0; the document had it at `from`. */
export function upgradeResponse(
  response: MutableObject,
  produces: readonly string[],
  from: string,
  to: string,
  moves: Moves,
): void {
  if (typeof response['$ref'] === 'string') return;
  response['description'] ??= '';
  const { schema, headers, examples } = response;
  delete response['schema'];
  delete response['examples'];
  if (isObject(headers)) {
    for (const [name, header] of Object.entries(headers)) {
      if (isObject(header)) setOwn(headers, name, upgradeHeader(header));
    }
  }
  if (!isObject(schema)) return;
  const isFile = schema['format'] === 'binary' && schema['type'] === 'string';
  const otherwise = isFile ? 'application/octet-stream' : 'application/json';
  const mediaTypes = produces.length === 0 ? [otherwise] : produces;
  const content: MutableObject = {};
  response['content'] = content;
  for (const [index, mediaType] of mediaTypes.entries()) {
    const entry: MutableObject = { schema };
    setOwn(content, mediaType, entry);
    if (isObject(examples) && Object.hasOwn(examples, mediaType)) {
      entry['example'] = examples[mediaType];
    }
    if (index > 0) moves.finally(() => (entry['schema'] = structuredClone(schema)));
  }
  for (const mediaType of mediaTypes.toReversed()) {
    moves.move(`${from}/schema`, to + pointerTo('content', mediaType, 'schema'));
  }
}

function upgradeHeader(header: MutableObject): MutableObject {
  const { schema, rest } = splitValue(header);
  return { ...rest, schema };
}
