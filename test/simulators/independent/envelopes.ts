import type { Members } from './organization.ts';

/** One request of a batch, whatever its dialect. */
export interface Element {
  readonly method: string;
  readonly url: string;
  readonly body: Members | undefined;
  readonly ifMatch: string | undefined;
  /** Where results are found by it. */
  readonly id: unknown;
}

export interface Result {
  readonly status: number;
  readonly body?: Members | undefined;
  readonly etag?: string | undefined;
}

/** How a dialect writes a batch and its answer. */
export interface Envelope {
  /** Members of the bodies that hold the two lists, by the end of the path. */
  readonly lists: Readonly<Record<string, readonly [requests: string, results: string]>>;
  /** A batch of more is refused. */
  readonly most: number;
  readonly decode: (sent: Members) => Element;
  readonly encode: (element: Element, result: Result) => Members;
  /** The member around what an element has. */
  readonly wrap: (url: string) => string | undefined;
  /** Whether changes need the present ETag. */
  readonly hasEtags: boolean;
  /** Whether a batch names the version of all, which each batch raises. */
  readonly hasVersion: boolean;
  readonly stopsBy: (
    query: URLSearchParams,
    body: Members,
    isChange: boolean,
  ) => 'rollback' | 'stop' | undefined;
}

function membersAt(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function matchOf(headers: unknown): string | undefined {
  const all = Object.entries(membersAt(headers) ?? {});
  const [, value] = all.find(([name]) => name.toLowerCase() === 'if-match') ?? [];
  return typeof value === 'string' ? value : undefined;
}

export type ElementDialect = 'axapi' | 'journyx' | 'graph';

export const envelopes: Readonly<Record<ElementDialect, Envelope>> = {
  axapi: {
    lists: {
      '/axapi/v3/batch-get': ['batch-get-list', 'batch-get-list'],
      '/axapi/v3/batch-post': ['batch-post-list', 'batch-post-list'],
    },
    most: Infinity,
    decode: ({ uri, method = 'get', payload }) => ({
      method: textOf(method).toUpperCase(),
      url: textOf(uri),
      body: membersAt(payload),
      ifMatch: undefined,
      id: undefined,
    }),
    encode: ({ url, method }, { status, body }) => {
      if (status === 204)
        return { uri: url, resp: { 'http-status': 204, status: 'OK', msg: 'No content.' } };
      if (status >= 400) {
        const err = { code: 1_023_460_352, msg: textOf(body?.['message']) };
        return { uri: url, resp: { 'http-status': status, status: 'fail', err } };
      }
      const report = { 'http-status': 200, Status: 'OK', msg: 'Success' };
      return { uri: url, resp: method === 'DELETE' ? report : (body ?? {}) };
    },
    wrap: (url) => /\/slb\/(server)(?:\/|$)/.exec(url)?.[1],
    hasEtags: false,
    hasVersion: true,
    // Of reads, each element that fails says so by itself.
    stopsBy: (query, _, isChange) =>
      !isChange || query.get('ignore-errors') === 'true' ? undefined : 'rollback',
  },
  journyx: {
    lists: { '/api/v1/batch': ['requests', 'results'] },
    most: 100,
    decode: ({ method, url, headers, body }) => ({
      method: textOf(method),
      url: textOf(url),
      body: membersAt(body),
      ifMatch: matchOf(headers),
      id: undefined,
    }),
    encode: (_, { status, body, etag }) => ({
      response_code: status,
      headers: etag === undefined ? {} : { ETag: etag },
      body: body ?? null,
    }),
    wrap: () => 'results',
    hasEtags: true,
    hasVersion: false,
    stopsBy: (_, body) => (body['stop_on_error'] === true ? 'stop' : undefined),
  },
  graph: {
    lists: { '/$batch': ['requests', 'responses'] },
    most: 20,
    decode: ({ id, method, url, headers, body }) => ({
      method: textOf(method),
      url: textOf(url),
      body: membersAt(body),
      ifMatch: matchOf(headers),
      id,
    }),
    encode: ({ id }, { status, body }) => ({ id, status, headers: {}, body: body ?? null }),
    wrap: () => undefined,
    hasEtags: false,
    hasVersion: false,
    stopsBy: () => undefined,
  },
};
