// @ts-nocheck
import { isObject } from '../action/members.js';

/** Takes each text and number of a value, however deep. */
export function eachText(value: unknown, take: (text: string) => void): void {
  if (typeof value === 'string' || typeof value === 'number') take(String(value));
  else if (Array.isArray(value)) for (const one of value) eachText(one, take);
  else if (isObject(value)) for (const one of Object.values(value)) eachText(one, take);
}
