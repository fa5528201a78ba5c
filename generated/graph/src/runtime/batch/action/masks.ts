// @ts-nocheck
import { isObject } from './members.js';

/** A secret that the server shows as asterisks. */
export function isMask(value: unknown): boolean {
  return typeof value === 'string' && /^[*•]{3,}$/.test(value);
}

/** Without secrets that the server shows as asterisks, which must not be sent back. */
export function unmasked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmasked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      isMask(inner) ? [] : [[name, unmasked(inner)]],
    ),
  );
}
