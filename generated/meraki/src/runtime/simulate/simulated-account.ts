// @ts-nocheck
import { Account, type Members, type SentAction } from './account.js';
import { ActionBatches } from './action-batches.js';
import { type Answer, json, refuse } from './answer.js';
import { type Fault, faultsIn } from './fault.js';
import { pageOf } from './page.js';
import { rateLimit } from './rate-limit.js';
import { fill, Routes } from './routes.js';

export type { Members, SentAction } from './account.js';

/** How a simulated account is filled, and how it behaves. */
export interface AccountOptions {
  /** What the account has: a resource, or a list of them, by its path. */
  readonly seed?: Readonly<Record<string, Members | readonly Members[]>> | undefined;
  /** What batches belong to: `{ organizationId: '2930418' }`. Default: `1`. */
  readonly scope?: Readonly<Record<string, string>> | undefined;
  /** Whether changes of what it was not given succeed. Default false. */
  readonly open?: boolean | undefined;
  /** The share of requests that go wrong, from 0 to 1. Default 0. */
  readonly faults?: number | undefined;
  /** Another number draws other faults. Default 1. */
  readonly random?: number | undefined;
  /** Actions whose path or body holds this text fail when they are executed. */
  readonly fail?: string | undefined;
  /** Milliseconds that a batch takes. Default 0. */
  readonly batchTime?: number | undefined;
  /** Requests a second, twice as many at once, beyond which it answers 429. Default: any number. */
  readonly perSecond?: number | undefined;
  /** Is called with each change that takes effect. */
  readonly applied?: ((change: Change) => void) | undefined;
}

/** A change that took effect. */
export interface Change extends SentAction {
  /** The id of the batch that it came in; absent where it was a call. */
  readonly batch?: string | undefined;
}

/** A request as the account takes it. */
export interface SimulatedRequest {
  readonly method: string;
  readonly url: URL;
  /** What came as JSON. */
  readonly body?: unknown;
  /** Whether it carries a key. */
  readonly authorized: boolean;
}

/** What comes of a request: an answer, or half of one, or none. */
export interface SimulatedReply {
  /** Absent where the connection breaks before it. */
  readonly answer?: Answer | undefined;
  /** Whether the connection breaks in the middle of the answer. */
  readonly isCut?: boolean | undefined;
}

/** An account in memory: plain calls, pages, and batches of actions with their drafts. */
export interface SimulatedAccount {
  /** How many resources it has. */
  readonly size: number;
  /** What took effect, in order. */
  readonly changes: readonly Change[];
  /** Whether it plays a request: to its batches, or to what it has. */
  plays(url: URL): boolean;
  /** A resource, or the list of a collection, by its path. */
  read(path: string): Members | readonly Members[] | undefined;
  /** Puts a resource there. */
  put(path: string, members: Members): void;
  /** Puts a resource into its collection. Gives its path; undefined where it has no id. */
  putInto(collection: string, members: Members): string | undefined;
  /** The path of a route with these parameters; undefined where one is missing. */
  pathOf(route: string, values: Readonly<Record<string, unknown>>): string | undefined;
  /** Takes a request, for a server of any kind. */
  respond(request: SimulatedRequest): Promise<SimulatedReply>;
  /** Answers as the API does: the option `fetch` of a client. */
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

/** What the generator knows of an API. */
export interface AccountApi {
  readonly routes: readonly string[];
  /** The path of the API's base URL: `/api/v1`. */
  readonly basePath: string;
  /** What batches belong to: `{ organizationId: '1' }`. */
  readonly scope: Readonly<Record<string, string>>;
}

/** Makes an account of an API. */
export function simulatedAccount(api: AccountApi, options: AccountOptions = {}): SimulatedAccount {
  const { faults = 0, random = 1, fail, batchTime = 0, perSecond } = options;
  const routes = new Routes(api.routes);
  const account = new Account(routes, options.scope ?? api.scope, options.open);
  const changes: Change[] = [];
  const note = (action: SentAction, batch?: string): void => {
    const change = { ...(batch !== undefined && { batch }), ...action };
    changes.push(change);
    options.applied?.(change);
  };
  const batches = new ActionBatches(account, {
    batchMs: batchTime,
    ...(fail !== undefined && { fail }),
    applied: note,
  });
  const draw = faultsIn(faults, random);
  const admit = perSecond === undefined ? () => true : rateLimit(perSecond);
  for (const [path, value] of Object.entries(options.seed ?? {})) seedPath(account, path, value);

  const below = (pathname: string): string | undefined =>
    pathname.startsWith(`${api.basePath}/`) ? pathname.slice(api.basePath.length) : undefined;
  const respond = async (request: SimulatedRequest): Promise<SimulatedReply> => {
    if (!request.authorized) return { answer: refuse(401, 'Invalid API key') };
    if (!admit()) return { answer: limited };
    const fault = draw();
    const early = beforehand(fault);
    if (early) return early;
    const path = below(request.url.pathname);
    const answer =
      path === undefined
        ? refuse(404, 'Not found')
        : await answerTo(request, path, { account, batches, routes, note });
    return afterwards(fault, answer);
  };
  return {
    get size() {
      return account.size;
    },
    changes,
    plays({ pathname }) {
      const path = below(pathname);
      return path !== undefined && (batchesAt.test(path) || account.has(path));
    },
    read: (path) => account.read(path),
    put: (path, members) => account.put(path, members),
    putInto: (collection, members) => account.putInto(collection, members),
    pathOf: fill,
    respond,
    fetch: (url, init) => fetched(respond, new Request(url, init)),
  };
}

/** @throws TypeError where a value is no object, or an item of a list has no id. */
function seedPath(account: Account, given: string, value: Members | readonly Members[]): void {
  const path = `/${given.replaceAll(/^\/|\/$/g, '')}`;
  if (!Array.isArray(value)) return account.put(path, value as Members);
  for (const [index, item] of (value as readonly Members[]).entries())
    if (account.putInto(path, item) === undefined)
      throw new TypeError(`item ${index + 1} of ${path} has no id`);
}

const limited: Answer = { status: 429, headers: { 'Retry-After': '1' } };

/** What a fault makes of a request before it takes effect. */
function beforehand(fault: Fault | undefined): SimulatedReply | undefined {
  switch (fault) {
    case 'reset':
      return {};
    case 'unavailable':
      return { answer: { status: 503 } };
    case 'limited':
      return { answer: limited };
    case 'lost':
    case 'crashed':
    case 'truncated':
    case undefined:
      return undefined;
  }
}

/** What a fault makes of the answer to a request that took effect. */
function afterwards(fault: Fault | undefined, answer: Answer): SimulatedReply {
  switch (fault) {
    case 'lost':
      return {};
    case 'crashed':
      return { answer: { status: 502 } };
    case 'truncated':
      return { answer, isCut: true };
    case 'reset':
    case 'unavailable':
    case 'limited':
    case undefined:
      return { answer };
  }
}

interface Parts {
  readonly account: Account;
  readonly batches: ActionBatches;
  readonly routes: Routes;
  readonly note: (action: SentAction) => void;
}

const batchesAt = /^\/organizations\/[^/]+\/actionBatches(?:\/([^/]+))?$/;

async function answerTo(
  { method, url, body }: SimulatedRequest,
  path: string,
  { account, batches, routes, note }: Parts,
): Promise<Answer> {
  const [isBatch, id] = batchesAt.exec(path) ?? [];
  if (isBatch !== undefined) {
    if (method === 'GET' && id === undefined)
      return pageOf(batches.list(url.searchParams.get('status')), url, () => 'id');
    return batches.answer(method, id, body);
  }
  if (method === 'GET') {
    const found = account.read(path);
    if (!found) return refuse(404, 'Not found');
    if (Array.isArray(found)) return pageOf(found, url, () => routes.keyIn(path));
    const list = listIn(found as Members);
    if (!list) return json(200, found);
    const { name, items } = list;
    return pageOf(
      items,
      url,
      () => 'id',
      (page) => ({ ...found, [name]: page }),
    );
  }
  const verb = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'destroy' }[method];
  if (verb === undefined) return refuse(405, 'Method not allowed');
  const action: SentAction = { resource: path, operation: verb, ...(isRecord(body) && { body }) };
  if (account.refusal(action) !== undefined) return refuse(404, 'Not found');
  const { created } = account.apply(action);
  note(action);
  if (verb === 'destroy') return { status: 204 };
  return json(verb === 'create' ? 201 : 200, account.read(created[0]?.uri ?? path));
}

/** The one list of objects that a resource has: a page may be an object around its items. */
function listIn(
  members: Members,
): { readonly name: string; readonly items: readonly Members[] } | undefined {
  const lists = Object.entries(members).flatMap(([name, items]) =>
    Array.isArray(items) && items.every(isRecord) ? [{ name, items }] : [],
  );
  return lists.length === 1 ? lists[0] : undefined;
}

/** Answers as `fetch` does: where the connection breaks it rejects, or the body does. */
async function fetched(respond: SimulatedAccount['respond'], request: Request): Promise<Response> {
  request.signal.throwIfAborted();
  const text = await request.text();
  const { headers } = request;
  const { answer, isCut } = await respond({
    method: request.method,
    url: new URL(request.url),
    body: parsed(text),
    authorized: headers.has('Authorization') || headers.has('X-Cisco-Meraki-API-Key'),
  });
  request.signal.throwIfAborted();
  if (!answer) throw new TypeError('fetch failed');
  const { status, text: content } = answer;
  const type = content === undefined ? {} : { 'Content-Type': 'application/json' };
  const body = isCut ? cut(content ?? '{}') : (content ?? null);
  return new Response(body, { status, headers: { ...type, ...answer.headers } });
}

function cut(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)));
    },
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
