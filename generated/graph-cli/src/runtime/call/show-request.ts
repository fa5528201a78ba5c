// @ts-nocheck
import { type ClientOptions, optionsWithoutCredentials } from '../access/client-options.js';
import type { Settings } from '../access/settings.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type Client, createClient } from './client-module.js';

/** A request as `--dry-run` shows it. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The request that a call would send. The credentials are not even read. */
export async function showRequest(
  api: GeneratedApi,
  settings: Settings,
  call: (client: Client) => PromiseLike<unknown>,
): Promise<ShownRequest> {
  let shown: ShownRequest | undefined;
  const options: ClientOptions = {
    ...optionsWithoutCredentials(api, settings),
    retry: { attempts: 1 },
    fetch: async (url: URL, init: RequestInit): Promise<never> => {
      shown = await requestOf(api, url, init);
      throw new Error('Nothing is sent.');
    },
  };
  const failure = await Promise.resolve(call(await createClient(api, options))).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (shown) return shown;
  if (failure instanceof Error) throw failure;
  throw new CommandError('The call sends no request.', exitCode.failed);
}

async function requestOf(api: GeneratedApi, url: URL, init: RequestInit): Promise<ShownRequest> {
  const { credentials } = api;
  const headers = new Headers(init.headers);
  for (const name of ['authorization', 'cookie']) headers.delete(name);
  const shownUrl = new URL(url);
  for (const { in: place, name } of credentials) {
    if (name === undefined) continue;
    if (place === 'header') headers.delete(name);
    if (place === 'query') shownUrl.search = withoutKey(shownUrl.search, name);
  }
  const body = await bodyOf(init.body);
  return {
    method: init.method ?? 'GET',
    url: shownUrl.href,
    headers: Object.fromEntries(headers),
    ...(body !== undefined && { body }),
  };
}

function withoutKey(search: string, name: string): string {
  const start = `${encodeURIComponent(name)}=`;
  const pairs = search.replace(/^\?/, '').split('&');
  return pairs.filter((pair) => !pair.startsWith(start)).join('&');
}

async function bodyOf(body: RequestInit['body']): Promise<unknown> {
  if (body === null || body === undefined) return undefined;
  const text = await new Response(body).text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
