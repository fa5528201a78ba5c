import type { Pairs, Payload } from '../call.js';
import { queryText } from '../request.js';
import type { FieldStyle } from './fields.js';

/**
 * `application/x-www-form-urlencoded`: a list repeats its name, an object becomes JSON, and a field
 * with a style of its own is written in that.
 */
export function form(
  value: unknown,
  mediaType = 'application/x-www-form-urlencoded;charset=UTF-8',
  styles: Readonly<Record<string, FieldStyle>> = {},
): Payload | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof URLSearchParams) return () => [mediaType, `${value}`];
  const pairs = Object.entries(value).flatMap(([name, item]): Pairs => {
    const style = Object.hasOwn(styles, name) ? styles[name] : undefined;
    return style && item != null ? style(name, item) : [[name, item]];
  });
  const content = queryText(pairs).replaceAll('%20', '+');
  return () => [mediaType, content];
}
