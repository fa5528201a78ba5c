import { Account } from './account.ts';
import type { Faults } from './mishaps.ts';
import { type Exchange, type Loopback, type Reply, serve } from './loopback.ts';
import { type Random, randomOf, shuffled } from './random.ts';

export interface GraphOptions {
  readonly faults?: Faults;
  /** Decides the order of answers, and which items are throttled. */
  readonly random?: Random;
  /** Share of single requests that are answered with 429. */
  readonly throttled?: number;
}

export interface GraphSimulator extends Loopback {
  readonly tenant: GraphTenant;
}

/** A tenant of Microsoft Graph with `$batch`, in memory. */
export async function startGraph(options: GraphOptions = {}): Promise<GraphSimulator> {
  const tenant = new GraphTenant(options.random ?? randomOf(1), options.throttled ?? 0);
  return Object.assign(await serve((exchange) => tenant.answer(exchange), options.faults), {
    tenant,
  });
}

type Members = Readonly<Record<string, unknown>>;

const most = 20;

export class GraphTenant {
  readonly account: Account = new Account();
  /** Single requests that were throttled. */
  throttled = 0;
  /** Of each batch, the ids of its requests. */
  readonly batches: (readonly string[])[] = [];
  readonly #random: Random;
  readonly #share: number;
  readonly #stored = new Map<string, Members>();
  #serial = 0;

  constructor(random: Random, share: number) {
    this.#random = random;
    this.#share = share;
  }

  answer({ method, url, headers, body }: Exchange): Reply {
    if (!headers['authorization']?.startsWith('Bearer ')) return refuse(401, 'No token.');
    if (decodeURIComponent(url.pathname) !== '/$batch')
      return this.#execute(method, url.pathname, body);
    const { requests } = objectOf(body);
    if (!Array.isArray(requests)) return refuse(400, 'No requests.');
    if (requests.length > most) return refuse(400, `At most ${most} requests.`);
    return this.#batch(requests.map(objectOf));
  }

  put(path: string, members: Members): void {
    this.#stored.set(path, members);
  }

  get(path: string): Members | undefined {
    return this.#stored.get(path);
  }

  #batch(requests: readonly Members[]): Reply {
    const ids = requests.map(({ id }) => String(id));
    this.batches.push(ids);
    if (new Set(ids).size < ids.length) return refuse(400, 'Ids are not unique.');
    const known = new Set<string>();
    for (const { id, dependsOn = [] } of requests) {
      if (!listOf(dependsOn).every((other) => known.has(String(other))))
        return refuse(400, 'dependsOn names no earlier request.');
      known.add(String(id));
    }
    const chained = requests.filter(({ dependsOn }) => listOf(dependsOn).length > 0).length;
    // All at the same time, or one after another: nothing in between is promised to work.
    if (chained > 0 && chained < requests.length - 1)
      return refuse(400, 'Some requests depend on others, and some do not.');

    const failed = new Set<string>();
    const inOrder = chained > 0 ? requests : shuffled(requests, this.#random);
    const responses = inOrder.map((request) => {
      const id = String(request['id']);
      const needed = listOf(request['dependsOn']).some((other) => failed.has(String(other)));
      const reply = needed ? refuse(424, 'A request before it failed.') : this.#single(request);
      if (reply.status >= 400) failed.add(id);
      return { id, status: reply.status, headers: reply.headers ?? {}, body: reply.body };
    });
    return { status: 200, body: { responses: shuffled(responses, this.#random) } };
  }

  #single({ method, url, headers, body }: Members): Reply {
    if (this.#random() < this.#share) {
      this.throttled += 1;
      return { ...refuse(429, 'Too many.'), headers: { 'Retry-After': '2' } };
    }
    if (body !== undefined && objectOf(headers)['Content-Type'] !== 'application/json')
      return refuse(400, 'A body needs a Content-Type.');
    return this.#execute(String(method), String(url).split('?')[0]!, body);
  }

  #execute(method: string, path: string, body: unknown): Reply {
    const isCollection = /^\/(?:users|groups|users\/[^/]+\/messages)$/.test(path);
    if (isCollection && method === 'POST') {
      const id = `id-${(this.#serial += 1)}`;
      const members = { id, ...objectOf(body) };
      this.#made(body, `post ${path}`);
      this.#stored.set(`${path}/${id}`, members);
      return { status: 201, body: members };
    }
    if (isCollection && method === 'GET') {
      const below = [...this.#stored].filter(
        ([key]) => key.slice(0, key.lastIndexOf('/')) === path,
      );
      return { status: 200, body: { value: below.map(([, members]) => members) } };
    }
    const found = this.#stored.get(path);
    if (!found) return refuse(404, 'No such resource.');
    switch (method) {
      case 'GET':
        return { status: 200, body: found };
      case 'PATCH':
        this.#made(body, `patch ${path}`);
        this.#stored.set(path, { ...found, ...objectOf(body) });
        return { status: 204 };
      case 'DELETE':
        this.account.made(`delete ${path}`);
        this.#stored.delete(path);
        return { status: 204 };
      default:
        return refuse(405, 'Not allowed.');
    }
  }

  /** Tests mark a change by a job title of its own. */
  #made(body: unknown, otherwise: string): void {
    const { jobTitle } = objectOf(body);
    this.account.made(typeof jobTitle === 'string' ? jobTitle : otherwise);
  }
}

function refuse(status: number, message: string): Reply {
  return { status, body: { error: { code: String(status), message } } };
}

function objectOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
