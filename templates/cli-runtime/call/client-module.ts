import type { ClientOptions } from '../access/client-options.js';
import type { GeneratedApi } from '../operations/generated-api.js';

/** A client of the generated package; what it is inside is the package's business. */
export type Client = object;

interface ClientModule {
  readonly createClient: (options: ClientOptions) => Client;
  /** Present where the rate limit of the API is known. */
  readonly rateLimit?: () => unknown;
}

/** A client that keeps to the API's rate limit. */
export async function createClient(api: GeneratedApi, options: ClientOptions): Promise<Client> {
  // The module is printed together with the table that names it.
  const { createClient: create, rateLimit } = (await api.modules.client()) as ClientModule;
  return create({ ...(rateLimit && { limiter: rateLimit() }), ...options });
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
