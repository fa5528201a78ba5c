import type { Payload } from '../call.js';
import { binary } from '../params/body.js';
import { isBytes } from '../params/bytes.js';

/** JSON whose `bigint`s are numbers, to the last digit. */
export function exactJson(value: unknown, mediaType: string): ExactPayload | undefined {
  if (value === undefined) return undefined;
  const payload = (): readonly [string, string] => [mediaType, exactText(value)];
  return Object.assign(payload, {
    value,
    of: (other: unknown) => exactJson(other, mediaType),
  });
}

/** A body that can be made anew of another value. */
export interface ExactPayload extends Payload {
  readonly value: unknown;
  readonly of: (value: unknown) => ExactPayload | undefined;
}

/** A body of which its document says little: bytes as they are, and everything else as JSON. */
export function exactJsonOrBytes(value: unknown, mediaType: string): Payload | undefined {
  if (isBytes(value)) return binary(value, mediaType);
  return exactJson(value, mediaType.includes('*') ? 'application/json' : mediaType);
}

function exactText(value: unknown): string {
  // No value can hold a mark that is made up only now.
  const mark = `${crypto.randomUUID()}:`;
  const text = JSON.stringify(value, (name, member: unknown) => {
    if (isBytes(member)) throw TypeError(`${name || 'the body'}: JSON holds no bytes`);
    return typeof member === 'bigint' ? mark + member : member;
  });
  return text.replace(RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}
