import { Account } from './account.ts';
import type { Faults } from './mishaps.ts';
import { type Exchange, type Loopback, type Reply, serve } from './loopback.ts';

export interface JournyxSimulator extends Loopback {
  readonly site: JournyxSite;
}

/** A Journyx site with its batch endpoint, in memory. */
export async function startJournyx(faults?: Faults): Promise<JournyxSimulator> {
  const site = new JournyxSite();
  return Object.assign(await serve((exchange) => site.answer(exchange), faults), { site });
}

type Members = Readonly<Record<string, unknown>>;

interface Stored {
  readonly members: Members;
  readonly etag: string;
}

interface Single {
  readonly method: string;
  readonly url: string;
  readonly headers: Members;
  readonly params: Members;
  readonly body: unknown;
}

const root = '/api/v1';
const most = 100;
const collections = new Set([
  'users',
  'projects',
  'time_entries',
  'entry_sheets/time',
  'codes_bill_types',
  'entry_periods',
]);

export class JournyxSite {
  readonly account: Account = new Account();
  /** Requests inside batches, and who was taken to have sent each. */
  readonly identities: string[] = [];
  readonly #stored = new Map<string, Stored>();
  #serial = 0;

  answer({ method, url, headers, body }: Exchange): Reply {
    const identity = headers['authorization'] ?? headers['cookie'];
    if (!identity) return refuse(401, 'Not signed in.');
    if (url.pathname === `${root}/batch`) return this.#batch(identity, body);
    return this.#execute({
      method,
      url: url.pathname,
      headers: { 'If-Match': headers['if-match'] },
      params: Object.fromEntries(url.searchParams),
      body,
    });
  }

  /** Puts an object there, as somebody else might; gives its id and ETag. */
  put(collection: string, members: Members, id: string = this.#id()): { id: string; etag: string } {
    const etag = `"${(this.#serial += 1)}"`;
    this.#stored.set(`${collection}/${id}`, { members: { id, ...members }, etag });
    return { id, etag };
  }

  get(collection: string, id: string): Stored | undefined {
    return this.#stored.get(`${collection}/${id}`);
  }

  #batch(identity: string, body: unknown): Reply {
    const { requests, stop_on_error: stop } = objectOf(body);
    if (!Array.isArray(requests)) return refuse(400, 'requests is not a list.');
    if (requests.length > most) return refuse(400, `A batch has at most ${most} requests.`);
    const results: object[] = [];
    for (const request of requests.map(objectOf)) {
      const reply = this.#single(identity, request);
      const { status, headers = {}, body: answer } = reply;
      results.push({ response_code: status, headers, body: answer });
      if (stop === true && status >= 400) break;
    }
    return { status: 200, body: { response_code: 200, results } };
  }

  #single(identity: string, request: Members): Reply {
    const { method, url, headers, params, body } = request;
    if (typeof url !== 'string' || !['GET', 'POST', 'PUT', 'DELETE'].includes(String(method)))
      return refuse(400, 'Not a request.');
    if (url === `${root}/batch`) return refuse(400, 'A batch cannot hold a batch.');
    // Whatever the headers of a single request say.
    this.identities.push(identity);
    return this.#execute({
      method: String(method),
      url,
      headers: objectOf(headers),
      params: objectOf(params),
      body,
    });
  }

  #execute({ method, url, headers, params, body }: Single): Reply {
    const path = url.startsWith(`${root}/`) ? url.slice(root.length + 1) : '';
    if (collections.has(path)) return this.#collection(path, method, params, body);
    const found = this.#stored.get(path);
    if (!found) return refuse(404, 'No such object.');
    if (method === 'GET') return show(200, found);
    const expected = headers['If-Match'];
    if (expected !== undefined && expected !== found.etag)
      return refuse(412, 'The object was changed.');
    const slash = path.lastIndexOf('/');
    const [collection, id] = [path.slice(0, slash), path.slice(slash + 1)];
    switch (method) {
      case 'PUT': {
        this.account.made(markIn(body) ?? `put ${path}`);
        this.put(collection, { ...found.members, ...objectOf(body) }, id);
        return show(200, this.#stored.get(path)!);
      }
      case 'DELETE':
        this.account.made(`delete ${path}`);
        this.#stored.delete(path);
        return { status: 200, body: { response_code: 200, success: true } };
      default:
        return refuse(405, 'Not allowed.');
    }
  }

  #collection(path: string, method: string, params: Members, body: unknown): Reply {
    if (method === 'POST') {
      this.account.made(markIn(body) ?? `post ${path}`);
      const { id } = this.put(path, objectOf(body));
      return show(201, this.get(path, id)!);
    }
    if (method !== 'GET') return refuse(405, 'Not allowed.');
    const all = [...this.#stored]
      .filter(([key]) => key.startsWith(`${path}/`))
      .map(([, { members }]) => members);
    const skip = Number(params['$skip'] ?? 0);
    const top = Number(params['$top'] ?? 50);
    const results = all.slice(skip, skip + top);
    const more = skip + top < all.length;
    return {
      status: 200,
      body: {
        response_code: 200,
        success: true,
        $count: all.length,
        $skip: skip,
        $top: results.length,
        ...(more ? { '@nextLink': `${root}/${path}?$top=${top}&$skip=${skip + top}` } : {}),
        results,
      },
    };
  }

  #id(): string {
    return (this.#serial += 1).toString(16).toUpperCase().padStart(32, '0');
  }
}

function show(status: number, { members, etag }: Stored): Reply {
  return { status, headers: { ETag: etag }, body: { response_code: status, results: members } };
}

function refuse(status: number, error: string): Reply {
  return { status, body: { response_code: status, success: false, error } };
}

/** Tests mark a change by a comment or a description of its own. */
function markIn(body: unknown): string | undefined {
  const { comments, description } = objectOf(body);
  const mark = comments ?? description;
  return typeof mark === 'string' ? mark : undefined;
}

function objectOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
