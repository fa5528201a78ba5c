import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createBatch } from '../../templates/runtime/batch/draft/draft-batch.ts';
import { createRequestBatch } from '../../templates/runtime/batch/request/request-batch.ts';
import { withResponse } from '../../templates/runtime/answers/with-response.ts';
import { type Client, createClient, send } from '../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  linkPages,
  listItems,
  paginate,
} from '../../templates/runtime/pages/paginate.ts';
import { transport } from '../../templates/runtime/transport/transport.ts';
import type { Transmit } from '../../templates/runtime/call.ts';
import { organizationId, updateNetwork } from '../runtime/batch/builders.ts';
import { meraki } from '../runtime/batch/meraki.ts';
import { change, graph } from '../runtime/batch/requests/fixtures.ts';
import { rejection } from '../runtime/contract/server.ts';
import { VirtualClock } from '../simulators/clock.ts';

// What a server repeats of a secret is not shown, in whatever way it writes it down.

const key = 'k&y"<é/😀>\'1';

const written: Readonly<Record<string, string>> = {
  'as it is': key,
  'as JSON': JSON.stringify(key).slice(1, -1),
  'as JSON, escaped': [...key]
    .map((sign) =>
      /\w/.test(sign)
        ? sign
        : sign.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    )
    .join(''),
  'as a part of a URL': encodeURIComponent(key),
  'as HTML': key
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;'),
  'as HTML, by numbers': key.replace(/\W/gu, (sign) => `&#${sign.codePointAt(0)};`),
  'as HTML, by hexadecimal numbers': key.replace(
    /\W/gu,
    (sign) => `&#x${sign.codePointAt(0)!.toString(16).toUpperCase()};`,
  ),
};

/** Of a server with one batch, whose resources are as they were. */
function answerTo(method: string, path: string, batch: object): unknown {
  if (!path.includes('/actionBatches')) return { id: 'N_1', name: 'as it was' };
  return path.endsWith('/actionBatches') && method === 'GET' ? [] : batch;
}

type Serve = (method: string, path: string) => Response;

function clientOf(
  serve: Serve,
  clock: VirtualClock = new VirtualClock(),
  whole = false,
): ReturnType<typeof createClient> {
  const fetch: Transmit = ({ pathname }, { method }) =>
    clock.during(Promise.resolve(serve(method, pathname)));
  return createClient({
    baseUrl: 'https://api.example.com/v1',
    // A header cannot hold it.
    credentials: [{ secret: key, present: () => ['Authorization', 'given'] }],
    retry: { attempts: 1 },
    fetch: whole ? transport({ fetch }) : fetch,
  });
}

test.each(Object.entries(written))('an error does not show a secret %s', async (_, text) => {
  const client = clientOf(() => new Response(`no: [${text}]`, { status: 400 }));
  const error = await rejection(client.request({ id: 'a', method: 'GET', path: '/a' }));
  expect(error.message).toMatch(/no: \[\*\*\*\]$/);
  expect(error.body).toBe('no: [***]');
});

describe.each(Object.entries(written))('an outcome does not show a secret %s', (_, text) => {
  const message = `no: [${text}]`;

  test('which a batch that failed repeats', async () => {
    const clock = new VirtualClock();
    const batch = { id: '1', confirmed: true, status: { failed: true, errors: [message] } };
    const client = clientOf((method, path) => Response.json(answerTo(method, path, batch)), clock);
    const [outcome] = await createBatch(client, meraki, clock).run(
      [updateNetwork({ networkId: 'N_1', body: { name: 'a' } })],
      { organizationId },
    );
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'no: [***]' } });
  });

  test('which a result repeats', async () => {
    const clock = new VirtualClock();
    const responses = [{ id: '1', status: 400, body: { error: { message } } }];
    const client = clientOf(() => Response.json({ responses }), clock);
    const [outcome] = await createRequestBatch(client, graph, clock).run([
      change('PATCH', '/users/1', { name: 'x' }),
    ]);
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'no: [***]' } });
  });

  test('of a callback', async () => {
    const clock = new VirtualClock();
    const batch = { id: '1', confirmed: true, status: { failed: true, errors: [message] } };
    const client = createClient({
      baseUrl: 'https://api.example.com/v1',
      retry: { attempts: 1 },
      fetch: ({ pathname }, { method }) =>
        clock.during(Promise.resolve(Response.json(answerTo(method, pathname, batch)))),
    });
    const [outcome] = await createBatch(client, meraki, clock).run(
      [updateNetwork({ networkId: 'N_1', body: { name: 'a' } })],
      { organizationId, callback: { url: 'https://me.example/', sharedSecret: key } },
    );
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'no: [***]' } });
  });
});

test.each(['a loop', 'a broken page'])(
  'a cursor that repeats a secret is not written down: %s',
  async (what) => {
    let count = 0;
    const client = clientOf(() => {
      count += 1;
      return what === 'a loop' || count === 1
        ? Response.json({ items: [count], next: key })
        : new Response('{', { status: 500 });
    });
    const list = paginate(
      client,
      undefined,
      cursorPages({ items: itemsAt(['items']), param: 'from', cursor: ['next'] }),
      () => ({ id: 'a', method: 'GET', path: '/a' }),
    );
    const error = await rejection(list.all());
    expect(error).toMatchObject({ code: what === 'a loop' ? 'loop' : 'http' });
    expect(error.next).toBe(key);
    expect(`${JSON.stringify(error)} ${inspect(error)} ${error.message}`).not.toContain(key);
  },
);

describe.each(Object.entries(written))(
  'what a server repeats %s in a header of a success',
  (_, text) => {
    // A header holds bytes: whatever is none of Latin-1 comes in another writing.
    const sent = text.replace(/[^\x20-\xff]/gu, (sign) => encodeURIComponent(sign));
    const first: Serve = () => Response.json([1], { headers: { 'X-Echo': `<${sent}>` } });
    const hidden = (value: unknown): void => {
      const shown = `${inspect(value, { depth: 9, showHidden: false })} ${JSON.stringify(value)}`;
      expect(shown).not.toContain(sent);
    };

    test('is there to be read in a page, and not shown with it', async () => {
      const list = paginate(clientOf(first), undefined, linkPages({ items: listItems }), () => ({
        id: 'a',
        method: 'GET',
        path: '/a',
      }));
      const page = await list;
      expect(page.headers.get('X-Echo')).toBe(`<${sent}>`);
      hidden(page);
      expect(JSON.parse(JSON.stringify(page))).toMatchObject({ items: [1], body: [1] });
    });

    test('is there to be read beside a body, and masked where it is shown', async () => {
      const operation = withResponse((client: Client) =>
        send(client, undefined, () => ({ id: 'a', method: 'GET', path: '/a' })),
      );
      const answer = (await operation(clientOf(first))) as { readonly headers: Headers };
      expect(answer.headers.get('X-Echo')).toBe(`<${sent}>`);
      hidden(answer);
      expect(inspect(answer)).toContain("'x-echo': '<***>'");
    });

    test('is masked in all that a client with transport shows', async () => {
      const client = clientOf(first, undefined, true);
      const answer = await client.request({ id: 'a', method: 'GET', path: '/a' });
      expect(answer.headers.get('X-Echo')).toBe(`<${sent}>`);
      hidden(answer.headers);
      expect(inspect(answer.headers)).toContain("'x-echo': '<***>'");
    });
  },
);
