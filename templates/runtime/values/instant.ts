import type { Convert } from './convert.js';
import { dateTimeText, keepText } from './date-time.js';

/** What every `Temporal.Instant` has, where TypeScript's library does not know it. */
interface PlainInstant {
  readonly epochMilliseconds: number;
  readonly epochNanoseconds: bigint;
  toString(): string;
  toJSON(): string;
}

/** `Temporal.Instant`, of the platform or of a polyfill that sets the global. */
export type Instant = typeof globalThis extends {
  readonly Temporal: { readonly Instant: { from(text: string): infer Made } };
}
  ? Made
  : PlainInstant;

/**
 * A `date-time` as a `Temporal.Instant`, which JSON writes as it came: an instant has no offset.
 *
 * @throws TypeError where the platform has no Temporal.
 */
export const instant: Convert = (value) => {
  const text = dateTimeText(value);
  if (text === undefined) return value;
  const { Temporal } = globalThis as {
    readonly Temporal?: { readonly Instant: { from(text: string): object } };
  };
  if (!Temporal) throw new TypeError('There is no Temporal here: load a polyfill that sets it');
  try {
    // More than nanoseconds it does not take.
    const made = Temporal.Instant.from(text.replace(/(\.\d{9})\d+/, '$1'));
    return keepText(made, String(value), () => true);
  } catch {
    // The pattern lets a month 13 through.
    return value;
  }
};
