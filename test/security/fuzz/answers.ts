import fc from 'fast-check';
import { hostileTexts } from '../../documents/fuzz/words.ts';
import { key } from './watch.ts';

/** What a hostile server answers with. */
export interface HostileAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Parts of the body, as they come. */
  readonly chunks: readonly string[];
  /** What follows the last part. */
  readonly ending: 'end' | 'cut' | 'silence';
}

const texts: readonly string[] = [
  ...hostileTexts,
  key,
  encodeURIComponent(key),
  '\ud800',
  '%',
  '%2e%2e',
  '%ff',
  '__proto__',
  '"'.repeat(50),
  '\\"'.repeat(50),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** A value of any kind where another is expected. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, 200.5, '', [], {}, [null], [[]]),
  // oxlint-disable-next-line unicorn/no-thenable -- nothing that is parsed may be taken for a promise
  fc.constantFrom<unknown>({ length: -1 }, { toString: 1, valueOf: 1 }, { then: {} }, ['200']),
  fc.jsonValue({ maxDepth: 2 }),
  // Becomes no text, as soon as somebody wants to have one.
  fc.constantFrom('type', 'id', 'msg', 'resource').map((name) => ({ [name]: { toString: 1 } })),
);

/** Mostly `good`, so that what depends on it is reached. */
export function mostly<T>(...good: readonly T[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<unknown>(...good) },
    { weight: 1, arbitrary: junk },
  );
}

const targets: readonly string[] = [
  'https://api.example.com/next',
  'https://files.example.com/next?a=%',
  'https://evil.example/',
  'https://api.example.com.evil.example/',
  'https://api.example.com@evil.example/',
  'https://evil.example\\@api.example.com/',
  'https://evil.example/?https://api.example.com/',
  'https://api.meraki.com.evil.example/',
  'https://api.meraki.com:444/',
  'http://api.example.com/',
  '//evil.example/',
  '/\\evil.example/',
  '/next?page=2',
  '?page=2',
  'javascript:1',
  'https://[::1',
  'https://%/',
  'data:,',
  '',
];

export const target: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...targets), hostileText);

const links: fc.Arbitrary<string> = fc.oneof(
  target.map((url) => `<${url}>; rel=next`),
  target.map((url) => `<${url}>; rel="prev next"; title="a, b`),
  hostileText.map((text) => `${text.repeat(20)}<>;rel="next`),
);

const waits: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '600',
    '9'.repeat(400),
    '-1',
    '1e3',
    '1.5',
    'Wed, 21 Oct 2015 07:28:00',
  ),
  hostileText,
);

const types = [
  'application/json',
  'application/json; charset=utf-16',
  'application/problem+json',
  'text/html',
  'text/plain',
  ';',
  '/'.repeat(60),
] as const;

const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(fc.constant('Content-Type'), fc.oneof(fc.constantFrom(...types), hostileText)),
  fc.tuple(fc.constant('Link'), links),
  fc.tuple(fc.constant('Location'), target),
  fc.tuple(fc.constant('Retry-After'), waits),
  fc.tuple(fc.constant('Date'), waits),
  fc.tuple(fc.constantFrom('Content-Length', 'Content-Encoding', 'ETag', '__proto__'), hostileText),
);

const statuses = [200, 201, 202, 204, 205, 206, 299, 301, 302, 303, 304, 307, 308, 400, 401, 404];
const furtherStatuses = [408, 409, 413, 425, 429, 500, 502, 503, 504, 599, 600, 742, 999];

/** Answers of which most have a body of `bodies`. */
export function hostileAnswers(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<HostileAnswer> {
  const text = fc.oneof(
    { weight: 8, arbitrary: bodies.map((body) => JSON.stringify(body) ?? '') },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: bodies.map((body) => (JSON.stringify(body) ?? '').slice(0, -1)) },
    { weight: 1, arbitrary: fc.nat(20_000).map((depth) => '['.repeat(depth)) },
    { weight: 1, arbitrary: fc.nat(3_000).map((n) => `{"a":${'['.repeat(n)}${']'.repeat(n)}}`) },
  );
  return fc.record({
    status: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(200, 201) },
      { weight: 1, arbitrary: fc.constantFrom(...statuses, ...furtherStatuses) },
    ),
    statusText: fc.constantFrom('', 'OK', 'Très bien', '好', key),
    headers: fc
      .array(header, { maxLength: 4 })
      .map((all) => [['Content-Type', 'application/json'] as const, ...all]),
    chunks: fc
      .tuple(text, fc.integer({ min: 1, max: 4 }))
      .map(([whole, parts]) => split(whole, parts)),
    ending: fc.oneof(
      { weight: 60, arbitrary: fc.constant('end' as const) },
      { weight: 5, arbitrary: fc.constant('cut' as const) },
      { weight: 1, arbitrary: fc.constant('silence' as const) },
    ),
  });
}

function split(text: string, parts: number): readonly string[] {
  const size = Math.ceil(text.length / parts) || 1;
  return Array.from({ length: parts }, (_, index) => text.slice(index * size, (index + 1) * size));
}

const noBody = new Set([101, 103, 204, 205, 304]);

/** What `fetch` would give for it, also for a head that the constructor does not take. */
export function responseOf({
  status,
  statusText,
  headers,
  chunks,
  ending,
}: HostileAnswer): Response {
  const sent = new Headers();
  for (const [name, value] of headers) {
    try {
      sent.set(name, value);
    } catch {
      // No server can send it, as `fetch` refuses the whole head.
    }
  }
  const response = new Response(noBody.has(status) ? null : streamOf(chunks, ending), {
    headers: sent,
  });
  const facts = { status, statusText, ok: status >= 200 && status < 300 };
  for (const [name, value] of Object.entries(facts))
    Object.defineProperty(response, name, { value });
  return response;
}

function streamOf(
  chunks: readonly string[],
  ending: HostileAnswer['ending'],
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let index = 0;
  return new ReadableStream({
    async pull(controller) {
      const chunk = chunks[index++];
      if (chunk !== undefined) controller.enqueue(encoder.encode(chunk));
      else if (ending === 'end') controller.close();
      else if (ending === 'cut') controller.error(new TypeError('terminated'));
      else await new Promise<void>(() => {});
    },
  });
}
