import type { Pairs, Payload } from '../call.js';
import { queryText } from '../request.js';
import { binary } from './body.js';
import { isBytes } from './bytes.js';
import type { FieldStyle } from './fields.js';
import { made } from './made.js';
import { isStructure } from './structure.js';

/**
 * `application/x-www-form-urlencoded`: a list repeats its name, an object becomes JSON, and a field
 * with a style of its own is written in that. What is a form already goes as it is.
 */
export function form(
  value: unknown,
  mediaType = 'application/x-www-form-urlencoded;charset=UTF-8',
  styles: Readonly<Record<string, FieldStyle>> = {},
): Payload | undefined {
  if (value === undefined || value === null) return undefined;
  if (isBytes(value)) return binary(value, mediaType);
  if (typeof value === 'string' || value instanceof URLSearchParams)
    return made(value, () => [mediaType, `${value}`]);
  return made(value, () => {
    if (!isStructure(value)) throw TypeError(`the body: ${mediaType} holds an object`);
    const pairs = Object.entries(value).flatMap(([name, item]): Pairs => {
      if ([item].flat().some(isBytes)) throw TypeError(`${name}: a form holds no bytes`);
      const style = Object.hasOwn(styles, name) ? styles[name] : undefined;
      return style && item != null ? style(name, item) : [[name, item]];
    });
    const content = queryText(pairs).replaceAll('%20', '+');
    return [mediaType, content];
  });
}
