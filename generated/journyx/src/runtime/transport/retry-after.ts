// @ts-nocheck
/**
 * Milliseconds that `Retry-After` asks to wait (RFC 9110, 10.2.3): seconds, or a date in any of the
 * three forms, counted from the answer's own `Date`, so that a wrong clock does no harm. Undefined
 * where it is absent, neither of these, or over.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  const wait = /^\d+$/.test(value!)
    ? +value! * 1e3
    : // A text that is not an HTTP date but parses means a day in 2001 to it: long over.
      date(value) - (date(headers.get('Date')) || Date.now());
  return wait >= 0 ? wait : undefined;
}

/** An HTTP date is in GMT, also in the form of asctime, which does not say so. */
function date(text: string | null): number {
  return Date.parse(`${text}`.replace(/( GMT)?$/, ' GMT'));
}
