// @ts-nocheck
import type { ClientOptions } from '../access/client-options.js';
import type { GeneratedApi } from '../operations/generated-api.js';

/** A client of the generated package; what it is inside is the package's business. */
export type Client = object;

interface ClientModule {
  readonly createClient: (options: ClientOptions) => Client;
  readonly transport: (options: object) => unknown;
  /** Present where the API is known to live on several hosts. */
  readonly allowedUrls?: RegExp;
  /** Present where the rate limit of the API is known. */
  readonly rateLimit?: () => unknown;
}

interface NodeModule {
  readonly undiciFetch: (undici: object) => unknown;
}

/**
 * A client that keeps to the API's rate limit, follows redirects within it, and goes through the
 * environment's proxies, unless it is given a `fetch`.
 */
export async function createClient(
  api: GeneratedApi,
  options: ClientOptions,
  fetch?: typeof globalThis.fetch,
): Promise<Client> {
  // The module is printed together with the table that names it.
  const { createClient: create, ...has } = (await api.modules.client()) as ClientModule;
  const { rateLimit, transport, allowedUrls } = has;
  const send = fetch ?? (await proxied(api));
  return create({
    ...(rateLimit && { limiter: rateLimit() }),
    fetch: transport({ allowedUrls, ...(send !== undefined && { fetch: send }) }),
    ...options,
  });
}

/** What sends requests through the environment's proxies; undefined where it names none. */
export async function proxied(api: GeneratedApi): Promise<unknown> {
  // Most need not wait for what does it.
  if (!namesProxy()) return undefined;
  const [undici, node] = await Promise.all([import('undici'), api.modules.node()]);
  // As above.
  return (node as NodeModule).undiciFetch(undici);
}

function namesProxy(): boolean {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY'];
  return names.some((name) => process.env[name] || process.env[name.toLowerCase()]);
}

/** What an operation of the client gives: a value, a list that comes in pages, or items as they come. */
export type Call = (client: Client, ...input: readonly unknown[]) => PromiseLike<unknown>;

/** The function of an operation. */
export async function loadCall(api: GeneratedApi, group: string, name: string): Promise<Call> {
  const load = Object.hasOwn(api.modules.groups, group) ? api.modules.groups[group] : undefined;
  // As above.
  const module = (await load?.()) as Readonly<Record<string, Call>> | undefined;
  const call = module?.[name];
  if (!call) throw new Error(`The client package has no ${group}.${name}.`);
  return call;
}
