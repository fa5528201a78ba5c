import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfter } from '../../../templates/runtime/transport/retry-after.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** The three forms of an HTTP date (RFC 9110, 5.6.7), from its grammar. */
const forms: Readonly<Record<string, (date: Date) => string>> = {
  'IMF-fixdate': (date) => date.toUTCString(),
  'RFC 850': (date) =>
    `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${two(date.getUTCFullYear() % 100)} ${time(date)} GMT`,
  asctime: (date) =>
    `${DAYS[date.getUTCDay()]!.slice(0, 3)} ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${time(date)} ${date.getUTCFullYear()}`,
};

function time(date: Date): string {
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
}

const read = (value: string, date?: string): number | undefined =>
  retryAfter(new Headers({ 'Retry-After': value, ...(date && { Date: date }) }));

describe.each(Object.entries(forms))('a date as %s', (_name, write) => {
  test('asks to wait until then, counted from the answer’s own date', () => {
    const seconds = fc.integer({ min: 0, max: 10 ** 6 });
    const dates = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2049-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, seconds, (sent, wait) => {
        const now = Math.floor(sent.getTime() / 1e3) * 1e3;
        const until = write(new Date(now + wait * 1e3));
        expect(read(until, write(new Date(now)))).toBe(wait * 1e3);
      }),
    );
  });

  test('is counted from the clock where the answer has no date', () => {
    const wait = read(write(new Date(Date.now() + 60_000)));
    expect(wait).toBeGreaterThan(57_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  test('asks for nothing when it is over', () => {
    expect(read(write(new Date('2001-02-03T04:05:06Z')))).toBeUndefined();
  });
});

describe('examples of RFC 9110', () => {
  test('the three forms of one date are one moment', () => {
    const date = 'Sun, 06 Nov 1994 08:49:00 GMT';
    for (const until of [
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ])
      expect(read(until, date)).toBe(37_000);
  });

  test('120 is two minutes', () => {
    expect(read('120')).toBe(120_000);
  });
});

describe('a delay in seconds', () => {
  test('0 is now', () => {
    expect(read('0')).toBe(0);
  });

  test('is read as digits only', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        expect(read(String(seconds))).toBe(seconds * 1e3);
      }),
    );
  });

  test.each([
    '',
    '-1',
    '+5',
    'NaN',
    'Infinity',
    '1e9',
    '0x10',
    '1, 2',
    '2 s',
    '1.5',
    'soon',
    'null',
  ])('%j is none', (value) => {
    expect(read(value)).toBeUndefined();
  });
});

test('an absent field asks for nothing', () => {
  expect(retryAfter(new Headers())).toBeUndefined();
});
