import type { RequestModule } from '../../../../generator/dialects/dialect.ts';
import { dialects } from '../../../../generator/dialects/index.ts';
import { action, addition } from '../../../../templates/runtime/batch/action/action.ts';
import { type RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { hooks } from '../../../../templates/runtime/batch/request/axapi.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import type { RequestBatch } from '../../../../templates/runtime/batch/request/batch.ts';
import type { RequestDialect } from '../../../../templates/runtime/batch/request/request-protocol.ts';
import { type Client, createClient } from '../../../../templates/runtime/client.ts';
import { basic, bearer, headerKey } from '../../../../templates/runtime/transport/credentials.ts';
import { VirtualClock } from '../../../simulators/clock.ts';

export interface AxapiTraits {
  readonly onError: 'rollback' | 'continue';
  readonly scope: never;
  readonly within: readonly [];
  readonly version: 'configVersion';
  readonly references: false;
  readonly previews: true;
}

export interface JournyxTraits {
  readonly onError: 'stop' | 'continue';
  readonly scope: never;
  readonly within: readonly ['results'];
  readonly version: never;
  readonly references: true;
  readonly previews: true;
}

export interface GraphTraits extends Omit<JournyxTraits, 'within'> {
  readonly within: readonly [];
}

function descriptor(name: string): RequestModule['batches'] {
  const runtime = dialects.get(name)?.runtime;
  if (!runtime || !('batches' in runtime)) throw new Error(`${name} is no dialect of requests`);
  return runtime.batches;
}

// What is printed into the packages, with the traits that are printed beside it.
export const axapi: RequestDialect<AxapiTraits> = {
  ...(descriptor('axapi') as RequestDialect<AxapiTraits>),
  hooks,
};
export const journyx: RequestDialect<JournyxTraits> = descriptor(
  'journyx',
) as RequestDialect<JournyxTraits>;
export const graph: RequestDialect<GraphTraits> = descriptor(
  'graph',
) as RequestDialect<GraphTraits>;

export interface Bound<B> {
  readonly batch: B;
  readonly clock: VirtualClock;
  readonly client: Client;
}

/** A client of a simulated API, on a clock that costs no time. */
export function clientOf(
  baseUrl: string,
  kind: 'axapi' | 'journyx' | 'graph',
): {
  readonly client: Client;
  readonly clock: VirtualClock;
} {
  const clock = new VirtualClock();
  const credential = {
    axapi: headerKey('Authorization', 'signature', 'A10 '),
    journyx: basic('user', 'key'),
    graph: bearer('token'),
  }[kind];
  const client = createClient({
    baseUrl,
    credentials: [credential],
    fetch: (url, init) => clock.during(whole(url, init)),
  });
  return { client, clock };
}

export function axapiOn(
  baseUrl: string,
  dialect: typeof axapi = axapi,
): Bound<RequestBatch<AxapiTraits>> {
  const { client, clock } = clientOf(baseUrl, 'axapi');
  return { client, clock, batch: createRequestBatch(client, dialect, clock) };
}

export function journyxOn(
  baseUrl: string,
  dialect: typeof journyx = journyx,
): Bound<RequestBatch<JournyxTraits>> {
  const { client, clock } = clientOf(baseUrl, 'journyx');
  return { client, clock, batch: createRequestBatch(client, dialect, clock) };
}

export function graphOn(
  baseUrl: string,
  dialect: typeof graph = graph,
): Bound<RequestBatch<GraphTraits>> {
  const { client, clock } = clientOf(baseUrl, 'graph');
  return { client, clock, batch: createRequestBatch(client, dialect, clock) };
}

/** A request that was sent. */
export interface Sent {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: unknown;
}

/** A server that gives these answers in turn, and a client for it. */
export function canned(...answers: readonly (readonly [status: number, body: unknown])[]): {
  readonly client: Client;
  readonly clock: VirtualClock;
  readonly sent: readonly Sent[];
} {
  const clock = new VirtualClock();
  const sent: Sent[] = [];
  const left = [...answers];
  const client = createClient({
    baseUrl: 'https://api.example',
    fetch: (url, init) => {
      const body: unknown = JSON.parse(String(init.body));
      sent.push({ method: init.method ?? '', path: url.pathname + url.search, body });
      const [status, answer] = left.shift() ?? [500, {}];
      return Promise.resolve(Response.json(answer, { status }));
    },
  });
  return { client, clock, sent };
}

/** A response with its body: time stands still until it has come. */
async function whole(url: URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const { status, headers } = response;
  const body = await response.text();
  return new Response(status === 204 ? null : body, { status, headers });
}

// Builders, as they are generated.

export function get<Value = unknown>(url: string): RequestAction<Value> {
  const [path = '', query = ''] = url.split('?');
  const pairs = [...new URLSearchParams(query)];
  return action('get', { method: 'GET', url: path, ...(query === '' ? {} : { query: pairs }) });
}

/** `at`: where what it adds will be, unless the server names it. */
export function post<Value = unknown>(
  url: string,
  body: object,
  at?: string,
): RequestAction<Value> {
  return addition('post', { method: 'POST', url, body, ...(at !== undefined && { at }) });
}

export function change<Value = unknown>(
  method: 'POST' | 'PUT' | 'PATCH',
  url: string,
  body: object,
  etag?: string,
): RequestAction<Value> {
  return action('change', { method, url, headers: [['If-Match', etag]], body });
}

export function remove<Value = unknown>(
  url: string,
  etag?: string,
): RequestAction<Value | undefined> {
  return action('remove', { method: 'DELETE', url, headers: [['If-Match', etag]] });
}
