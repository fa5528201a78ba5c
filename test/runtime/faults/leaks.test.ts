import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createClient, send } from '../../../generated/meraki/src/runtime/client.ts';
import {
  basic,
  bearer,
  type Credential,
  headerKey,
  queryKey,
} from '../../../generated/meraki/src/runtime/transport/credentials.ts';
import type { ApiError } from '../../../generated/meraki/src/runtime/answers/errors.ts';
import {
  linkPages,
  listItems,
  paginate,
} from '../../../generated/meraki/src/runtime/pages/paginate.ts';
import {
  type Hooks,
  transport,
} from '../../../generated/meraki/src/runtime/transport/transport.ts';
import { answer } from '../../simulators/fault-acts.ts';
import { everyFault } from './all.ts';
import { random, serve } from './client.ts';

/** It has what URLs, Base64 and JSON write otherwise. */
const KEY = 'k3y/of+the"leak?test==';

const ways: readonly (readonly [string, (key: string) => Credential])[] = [
  ['a bearer token', bearer],
  ['a header of its own', (key) => headerKey('X-Cisco-Meraki-API-Key', key)],
  ['a password', (key) => basic('user', key)],
  ['the query', (key) => queryKey('api_key', key)],
  ['a token of a function', (key) => bearer(async () => key)],
];

/** The forms of the key that no sink may hold. */
const forms: readonly string[] = [
  KEY,
  encodeURIComponent(KEY),
  encodeURI(KEY),
  new URLSearchParams({ k: KEY }).toString().slice(2),
  JSON.stringify(KEY).slice(1, -1),
  Buffer.from(KEY).toString('base64'),
  Buffer.from(KEY).toString('base64url'),
  Buffer.from(`user:${KEY}`).toString('base64'),
];

/** Each place where a form of the key shows, as `sink: form`. */
function leaks(sinks: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(sinks).flatMap(([sink, text]) =>
    forms
      .filter((form) => text.toLowerCase().includes(form.toLowerCase()))
      .map((form) => `${sink}: ${form}`),
  );
}

/** All that a program might write down of an error, along its causes. */
function sinksOf(error: unknown): Record<string, string> {
  const sinks: Record<string, string> = {};
  let depth = 0;
  for (let one = error; one !== undefined && depth < 10; depth += 1) {
    // Whatever is thrown is looked at as an error of the client.
    const failed = one as ApiError;
    const place = `cause ${depth}`;
    sinks[`${place}, message`] = `${failed.message}`;
    sinks[`${place}, stack`] = `${failed.stack}`;
    sinks[`${place}, String`] = String(failed);
    sinks[`${place}, inspect`] = inspect(failed, { depth: Infinity, showHidden: true });
    sinks[`${place}, JSON`] = `${JSON.stringify(failed)}`;
    sinks[`${place}, body`] = `${JSON.stringify(failed.body)} ${inspect(failed.body)}`;
    sinks[`${place}, headers`] = JSON.stringify([...(failed.headers ?? [])]);
    sinks[`${place}, URL`] = `${failed.request?.url} ${failed.next}`;
    one = failed.cause;
  }
  return sinks;
}

/** Everything that is written to the console, from now to the end of the test. */
function consoleText(): () => string {
  const written: string[] = [];
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const spies = [
    ...methods.map((name) =>
      vi.spyOn(console, name).mockImplementation((...args) => void written.push(inspect(args))),
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        written.push(String(text));
        return true;
      }),
    ),
  ];
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()));
  return () => written.join('\n');
}

const calls = ['GET', 'PUT', 'POST', 'list'] as const;

/** Makes every call against every fault; gives what leaked, and how much there was to look through. */
async function scan(
  credential: Credential,
  spoil: (error: unknown, hook: (text: string) => void) => void = () => {},
): Promise<{ leaked: readonly string[]; errors: number; reached: number }> {
  random(0);
  const console = consoleText();
  const other = await serve(answer({ body: [] }));
  const leaked: string[] = [];
  let errors = 0;
  let reached = 0;
  const work = Object.entries(everyFault(other.origin)).map(async ([name, act]) => {
    const server = await serve(act);
    const heard: unknown[] = [];
    const hooks: Hooks = {
      before: (...event) => void heard.push(event),
      after: (...event) => void heard.push(event),
      retry: (...event) => void heard.push(event),
    };
    const client = createClient({
      baseUrl: server.origin,
      credentials: [credential],
      fetch: transport({ hooks, headersTimeout: 200, bodyTimeout: 200, maxResponseBytes: 1e6 }),
      retry: { attempts: 2 },
    });
    for (const method of calls) {
      const request = { id: 'thing', method: 'GET', path: '/organizations/1/things' };
      const sinks: Record<string, string> = {};
      try {
        if (method === 'list')
          for await (const item of paginate(
            client,
            {},
            linkPages({ items: listItems }),
            () => request,
          ))
            sinks['item'] = inspect(item);
        else {
          const body = method === 'GET' ? undefined : { name: 'x' };
          sinks['result'] = inspect(
            await send(client, undefined, () => ({ ...request, method, body })),
          );
        }
      } catch (error) {
        errors += 1;
        spoil(error, (text) => void heard.push(text));
        Object.assign(sinks, sinksOf(error));
      }
      leaked.push(...leaks(sinks).map((leak) => `${name}, ${method}, ${leak}`));
    }
    reached += server.requests.length;
    leaked.push(
      ...leaks({
        hooks: inspect(heard, { depth: Infinity, showHidden: true }),
        client: inspect(client, { depth: Infinity, showHidden: true }),
      }).map((leak) => `${name}, ${leak}`),
    );
  });
  await Promise.all(work);
  leaked.push(...leaks({ console: console(), 'another host': other.wire }));
  return { leaked, errors, reached };
}

describe('R66: R67: the key shows nowhere, whatever the server does', () => {
  test.each(ways)('R66: %s', { timeout: 60_000 }, async (_name, way) => {
    const { leaked, errors, reached } = await scan(way(KEY));
    expect(leaked).toEqual([]);
    // There was something to look through.
    expect(errors).toBeGreaterThan(100);
    expect(reached).toBeGreaterThan(100);
  });

  test('R67: the scan finds a key that a message, a property, a cause, a hook or the console shows', async () => {
    const spoiled: readonly ((error: ApiError, hook: (text: string) => void) => void)[] = [
      (error) => (error.message += KEY),
      (error) => Object.assign(error, { extra: { deep: { key: encodeURIComponent(KEY) } } }),
      (error) =>
        Object.defineProperty(error, 'cause', {
          value: new Error(Buffer.from(KEY).toString('base64')),
        }),
      (_error, hook) => hook(KEY),
      () => console.log(KEY),
      () => process.stderr.write(Buffer.from(`user:${KEY}`).toString('base64')),
    ];
    let turn = 0;
    const found = await scan(bearer(KEY), (error, hook) => {
      // What is thrown here is an error of the client.
      spoiled[turn % spoiled.length]!(error as ApiError, hook);
      turn += 1;
    });
    for (const sink of ['message', 'inspect', 'cause 1', 'hooks', 'console'])
      expect(found.leaked.some((leak) => leak.includes(sink))).toBe(true);
  });
});
