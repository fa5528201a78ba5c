import fc from 'fast-check';
import { hostileText, target } from './answers.ts';
import { key } from './watch.ts';

/** What a hostile server writes to the wire, byte by byte (a character each). */
export interface HostileWire {
  readonly head: string;
  readonly framing: 'length' | 'chunked' | 'close' | 'none';
  /** The sizes of chunks, or the length, as they are said; each other one is the right one. */
  readonly sizes: readonly string[];
  readonly body: string;
  /** What follows the answer. */
  readonly after: string;
  readonly ending: 'keep' | 'end' | 'reset' | 'silence';
  /** Bytes that come at once; the rest follows in pieces of this size. */
  readonly piece: number;
}

const statusLines: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.1 201 Created',
      'HTTP/1.1 204 ',
      'HTTP/1.1 429 Too Many',
      'HTTP/1.1 302 Found',
      'HTTP/1.1 503 Busy',
      'HTTP/1.0 200 OK',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'HTTP/1.1 200',
      'HTTP/1.1 999 \xff\xfe',
      'HTTP/1.1 100 Continue',
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/1.1 000 x',
      'HTTP/1.1 abc',
      'HTTP/1.1 -1 x',
      'HTTP/1.1 2000 x',
      'HTTP/9.9 200 OK',
      'HTTP/2 200',
      'ICY 200 OK',
      ' HTTP/1.1 200 OK',
      '',
      `HTTP/1.1 400 ${key}`,
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

/** `{evil}` and `{home}` become the servers of the fuzzer. */
const places: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'http://{evil}/api/v1/next',
      'http://{home}@{evil}/',
      'http://{evil}#http://{home}/',
      '//{evil}/',
      'http://{evil}/?http://{home}',
      'http://localhost:{port}/',
      'http://{home}\\@{evil}/',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('http://{home}/next', '/next?a=%', '?page=2') },
  { weight: 1, arbitrary: target },
);

const headerLines: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'Content-Type: application/json',
    'Content-Type: text/html; charset=\xff',
    'Content-Encoding: gzip',
    'Content-Encoding: gzip, br, deflate, gzip, gzip',
    'Set-Cookie: a=b; Domain=evil.example',
    'Retry-After: 0',
    'Retry-After: 600',
    `Retry-After: ${'9'.repeat(300)}`,
    'Connection: close',
    'Keep-Alive: timeout=0',
    'Transfer-Encoding: identity, chunked',
    'Transfer-Encoding : chunked',
    'Content-Length: 1',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Content-Length: 2, 2',
    ' folded: line',
    'No-Colon',
    ': no name',
    'Bad Name: x',
    'Bytes: \x00\x01\x7f\x80\xff',
    `X-Echo: ${key}`,
    `X-Long: ${'x'.repeat(20_000)}`,
  ),
  places.map((place) => `Location: ${place}`),
  places.map((place) => `Link: <${place}>; rel=next`),
  hostileText.map((text) => `X-Text: ${text}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const sizes: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.constantFrom('', '0', '-1', 'ffffffffffffffff', 'g', '1;a="b', '1 ', '0x5', '\x00', '+5'),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

export function hostileWires(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<HostileWire> {
  const head = fc
    .tuple(
      statusLines,
      fc.array(headerLines, { maxLength: 4 }),
      fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r'),
    )
    .map(([first, lines, end]) => [first, ...lines, ''].join(end));
  return fc.record({
    head,
    framing: fc.constantFrom('length', 'length', 'chunked', 'chunked', 'close', 'none'),
    sizes,
    body: bodies.map((body) => JSON.stringify(body) ?? ''),
    after: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]',
          '\r\n\r\n',
          'x'.repeat(100),
        ),
      },
    ),
    ending: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('keep' as const, 'end' as const) },
      { weight: 3, arbitrary: fc.constant('reset' as const) },
      { weight: 1, arbitrary: fc.constant('silence' as const) },
    ),
    piece: fc.constantFrom(1, 7, 100_000, 100_000, 100_000),
  });
}

/** The bytes of an answer, a character each. */
export function bytesOf({ head, framing, sizes, body, after }: HostileWire): string {
  // A byte each: what is beyond them is written as UTF-8.
  const text = Buffer.from(body).toString('latin1');
  switch (framing) {
    case 'length':
      return `${head}Content-Length: ${sizes[0] ?? text.length}\r\n\r\n${text}${after}`;
    case 'chunked': {
      const middle = Math.ceil(text.length / 2);
      const parts = [text.slice(0, middle), text.slice(middle)];
      const chunks = parts.map((part, index) => {
        const size = sizes[index] ?? part.length.toString(16);
        return part === '' ? '' : `${size}\r\n${part}\r\n`;
      });
      const last = sizes.length > 1 ? '' : '0\r\n\r\n';
      return `${head}Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}${last}${after}`;
    }
    case 'close':
      return `${head}\r\n${text}${after}`;
    case 'none':
      return `${head}${after}`;
  }
}
