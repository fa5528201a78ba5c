import type { Payload } from '../call.js';

/** A body that keeps the value that it is made of. */
export function made(value: unknown, payload: Payload): Payload {
  return Object.assign(payload, { value });
}
