import {
  answer,
  badGzip,
  cutBody,
  encodedTimes,
  finish,
  gzipBomb,
  head,
  resetAfterRequest,
  resetAtOnce,
  shortBody,
  silent,
  slowBody,
  slowHead,
  unfinishedChunks,
  write,
  writeAndClose,
} from '../../simulators/fault-acts.ts';
import type { Act, Received } from '../../simulators/faults.ts';

/** What a request was, in its server's words. */
const echo = ({ line, headers, body }: Received): unknown => ({
  errors: [`cannot do ${line}`, `with ${headers['authorization']}`],
  request: { headers, body },
});

/** Everything that the server can do to a client, by name; `other` is a host it should not go to. */
export function everyFault(other: string): Readonly<Record<string, Act>> {
  const status = (code: number, headers: Record<string, string> = {}): Act =>
    answer((received) => ({ status: code, headers, body: echo(received) }));
  return {
    'reset at once': resetAtOnce,
    'reset after the request': resetAfterRequest,
    'close without an answer': finish,
    'short body': shortBody,
    'unfinished chunks': unfinishedChunks,
    'cut body': cutBody({ id: 'N_1', name: 'HQ' }),
    'no answer': silent,
    'slow body': slowBody(20),
    'slow head': slowHead(20),
    'a bomb': gzipBomb(8),
    'six encodings': encodedTimes(6),
    'broken gzip': badGzip,
    'no HTTP': writeAndClose('SSH-2.0-OpenSSH_9.9\r\n'),
    'two lengths': writeAndClose(
      head(200, { 'Content-Length': '1' }).replace('\r\n', '\r\nContent-Length: 2\r\n'),
      '{}',
    ),
    'a large head': writeAndClose(head(200, { 'X-Filler': 'x'.repeat(20_000) })),
    'an early hint': write(
      head(103, { Link: `<${other}/hint>; rel=next` }),
      head(200, { 'Content-Length': '2' }),
      '{}',
    ),
    'an empty answer': answer({ body: '' }),
    'no JSON': answer({ body: '<html>', headers: { 'Content-Type': 'text/html' } }),
    'deep JSON': answer({ body: '['.repeat(1e4) + ']'.repeat(1e4) }),
    busy: status(429),
    'busy for no time': status(429, { 'Retry-After': '0' }),
    'busy for a day': status(429, { 'Retry-After': '86400' }),
    'bad request': status(400),
    unauthorized: status(401),
    forbidden: status(403),
    'not found': status(404),
    conflict: status(409),
    error: status(500),
    unavailable: status(503),
    'a proxy’s page': answer((received) => ({
      status: 502,
      headers: { 'Content-Type': 'text/html', 'X-Sent': JSON.stringify(received.headers) },
      body: `<p>${received.line} ${JSON.stringify(received.headers)}</p>`,
    })),
    'redirect elsewhere': answer(({ target }) => ({
      status: 307,
      headers: { Location: other + target },
    })),
    'redirect to itself': answer(({ target }) => ({ status: 302, headers: { Location: target } })),
    'redirect to a user': answer(({ headers }) => ({
      status: 302,
      headers: { Location: `http://user:password@${headers['host']}/` },
    })),
    'next page elsewhere': answer(({ target }) => ({
      body: [1],
      headers: { Link: `<${other}${target}>; rel=next` },
    })),
    'next page here': answer(({ target }) => ({
      body: [1],
      headers: { Link: `<${target}>; rel=next` },
    })),
    'hostile link': answer({ body: [1], headers: { Link: '<'.repeat(5000) } }),
  };
}
