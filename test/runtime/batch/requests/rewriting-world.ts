import type { Resource } from '../../../../templates/runtime/batch/protocol/protocol.ts';
import type { RequestBatch } from '../../../../templates/runtime/batch/request/batch.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { graph, type GraphTraits } from './fixtures.ts';

export type Members = Readonly<Record<string, unknown>>;

/** What a server does with what it is sent. */
export interface Habits {
  /** What it makes of the members of a resource. */
  readonly rewrites?: (members: Members) => Members;
  /** What it shows of them. */
  readonly shows?: (members: Members) => Members;
  /** What a change makes of what was there. */
  readonly changes?: (old: Members, body: Members) => Members;
  /** Why it refuses a body. */
  readonly refuses?: (body: Members) => boolean;
  /** What it refuses to destroy. */
  readonly keeps?: readonly string[];
  /** Milliseconds for which reads show what was there before. */
  readonly lag?: number;
  /** Whether the answer to a creation says nothing of what it made. */
  readonly answersNothing?: boolean;
}

export interface World {
  readonly things: Map<string, Members>;
  readonly batch: RequestBatch<GraphTraits>;
  readonly clock: VirtualClock;
  /** The answer to the next batch is lost; or the batch itself, `before` it arrives. */
  readonly lose: (when?: 'before') => void;
}

/** A server of things, with habits, in memory. */
export function world(habits: Habits, facts: Resource): World {
  const clock = new VirtualClock();
  const things = new Map<string, Members>();
  const stale = new Map<string, { readonly until: number; readonly old: Members | undefined }>();
  const {
    rewrites = same,
    shows = same,
    changes = merge,
    refuses,
    lag = 0,
    keeps = [],
    answersNothing,
  } = habits;
  const at = (path: string): Members | undefined => {
    const older = stale.get(path);
    const found = older && clock.now() < older.until ? older.old : things.get(path);
    return found && shows(found);
  };
  const put = (path: string, next: Members | undefined): void => {
    const known = stale.get(path);
    const old = known && clock.now() < known.until ? known.old : things.get(path);
    if (lag > 0) stale.set(path, { until: clock.now() + lag, old });
    if (next) things.set(path, rewrites(next));
    else things.delete(path);
  };
  let made = 0;
  const answer = (method: string, path: string, body: Members): [number, unknown] => {
    if (method === 'GET' && path === '/things') {
      const paths = new Set([...things.keys(), ...stale.keys()]);
      return [200, { value: [...paths].flatMap((one) => at(one) ?? []) }];
    }
    const found = method === 'GET' ? at(path) : things.get(path);
    if (method === 'POST' && refuses?.(body)) return [400, { error: { message: 'refused' } }];
    if (method === 'POST') {
      if (things.has(`/things/${String(body['id'])}`)) {
        return [409, { error: { message: 'it is there' } }];
      }
      const id = String(body['id'] ?? `made ${(made += 1)}`);
      put(`/things/${id}`, { ...body, id });
      return [201, answersNothing ? undefined : things.get(`/things/${id}`)];
    }
    if (!found) return [404, {}];
    if (method === 'GET') return [200, found];
    if (method === 'DELETE' && keeps.includes(path)) {
      return [400, { error: { message: 'it is in use' } }];
    }
    if (method === 'DELETE') put(path, undefined);
    else if (refuses?.(body)) return [400, { error: { message: 'refused' } }];
    else put(path, changes(found, body));
    return [204, undefined];
  };
  let isLost = false;
  let isMissed = false;
  const client = createClient({
    baseUrl: 'https://api.example',
    fetch: (url, init) => {
      const sent = (init.body ? JSON.parse(String(init.body)) : {}) as {
        readonly requests?: readonly Members[];
      };
      if (!sent.requests) {
        const [status, body] = answer(init.method ?? 'GET', decodeURIComponent(url.pathname), {});
        return Promise.resolve(Response.json(body, { status }));
      }
      const [loses, misses] = [isLost, isMissed];
      isLost = isMissed = false;
      if (misses) return Promise.reject(new TypeError('terminated'));
      const responses = sent.requests.map(({ id, method, url: path, body }) => {
        const [status, value] = answer(
          String(method),
          decodeURIComponent(String(path)),
          (body ?? {}) as Members,
        );
        return { id, status, headers: {}, body: value };
      });
      if (loses) return Promise.reject(new TypeError('terminated'));
      return Promise.resolve(Response.json({ responses }));
    },
  });
  const resources = { '/things/{thingId}': { read: true, list: true, ...facts } };
  const dialect = { ...graph, effects: () => Promise.resolve({ resources, verbs: {} }) };
  const lose = (when?: 'before'): void => {
    isLost = true;
    isMissed = when === 'before';
  };
  return { things, batch: createRequestBatch(client, dialect, clock), clock, lose };
}

function same(members: Members): Members {
  return members;
}

function merge(old: Members, body: Members): Members {
  return { ...old, ...body };
}

const all = ['id', 'a', 'b', 'c'];
export const facts: Resource = { create: all, update: all, updateBy: 'PATCH', destroy: true };
