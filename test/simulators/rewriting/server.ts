import type { Clock } from '../clock.ts';
import { type Answer, json, refuse } from '../independent/delivery.ts';
import { type Element, envelopes } from '../independent/envelopes.ts';
import type { Answering, Incoming } from '../independent/server.ts';
import { type Habits, type Members, Refused, RewritingStore } from './store.ts';

export type RewritingDialect = 'meraki' | 'axapi' | 'journyx' | 'graph';

/** Where a dialect has the resources, and what names one. */
export interface Shape {
  readonly collection: string;
  readonly key: string;
  /** The member around what is sent and shown. */
  readonly wrapper: string | undefined;
  readonly changes: 'PUT' | 'PATCH';
}

export const shapes: Readonly<Record<RewritingDialect, Shape>> = {
  meraki: { collection: '/things', key: 'id', wrapper: undefined, changes: 'PUT' },
  axapi: {
    collection: '/axapi/v3/slb/server',
    key: 'name',
    wrapper: 'server',
    changes: 'PUT',
  },
  journyx: { collection: '/api/v1/projects', key: 'id', wrapper: undefined, changes: 'PUT' },
  graph: { collection: '/users', key: 'id', wrapper: undefined, changes: 'PATCH' },
};

interface WireAction {
  readonly resource: string;
  readonly operation: string;
  readonly body?: Members;
}

interface Draft {
  readonly id: string;
  readonly actions: readonly WireAction[];
  confirmed: boolean;
  endsAt: number;
  created: readonly Members[];
  errors: readonly string[];
}

const base = '/api/v1';
const drafts = /^\/api\/v1\/organizations\/1\/actionBatches(?:\/([^/]+))?$/;
const batchMs = 5_000;
const mostAtATime = 5;

/** A server in front of a `RewritingStore`, in the words of one dialect. */
export class RewritingServer implements Answering {
  readonly store: RewritingStore;
  readonly #dialect: RewritingDialect;
  readonly #shape: Shape;
  readonly #clock: Clock;
  readonly #drafts = new Map<string, Draft>();
  #serial = 0;

  constructor(dialect: RewritingDialect, habits: Habits, clock: Clock) {
    this.#dialect = dialect;
    this.#shape = shapes[dialect];
    this.#clock = clock;
    this.store = new RewritingStore(habits, () => clock.now());
  }

  answer({ method, url, body }: Incoming): Answer {
    this.settle();
    const sent: Members = typeof body === 'object' && body !== null ? { ...body } : {};
    const draft = drafts.exec(url.pathname);
    if (draft && this.#dialect === 'meraki') return this.#draft(method, draft[1], sent);
    if (method === 'GET') return this.#read(decodeURIComponent(url.pathname));
    return this.#batch(url, sent);
  }

  /** Carries out the drafts whose time has come. */
  settle(): void {
    for (const draft of this.#drafts.values()) {
      if (!draft.confirmed || draft.endsAt === Infinity || this.#clock.now() < draft.endsAt)
        continue;
      draft.endsAt = Infinity;
      try {
        draft.created = this.store.together(() => draft.actions.flatMap((one) => this.#act(one)));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        draft.errors = [error.message];
      }
    }
  }

  #act({ resource, operation, body = {} }: WireAction): readonly Members[] {
    const { key } = this.#shape;
    switch (operation) {
      case 'create': {
        const uri = this.store.create(resource, body, key);
        return [{ id: uri.slice(uri.lastIndexOf('/') + 1), uri }];
      }
      case 'update':
        this.store.update(resource, body, key, true);
        return [];
      case 'destroy':
        this.store.destroy(resource);
        return [];
      default:
        throw new Refused(400, `${operation} is unknown`);
    }
  }

  #draft(method: string, id: string | undefined, sent: Members): Answer {
    if (id === undefined) {
      if (method === 'GET') return json(200, [...this.#drafts.values()].map(shownDraft));
      const made: Draft = {
        id: String((this.#serial += 1)),
        // Whoever sends something else finds out.
        actions: sent['actions'] as readonly WireAction[],
        confirmed: false,
        endsAt: 0,
        created: [],
        errors: [],
      };
      this.#drafts.set(made.id, made);
      return json(201, shownDraft(made));
    }
    const draft = this.#drafts.get(id);
    if (!draft) return refuse(404, 'Not found');
    if (method === 'DELETE') {
      if (draft.confirmed) return refuse(400, 'It is confirmed');
      this.#drafts.delete(id);
      return { status: 204 };
    }
    if (method === 'PUT' && !draft.confirmed) {
      const running = [...this.#drafts.values()].filter(
        (one) => one.confirmed && one.endsAt !== Infinity,
      );
      if (running.length >= mostAtATime)
        return refuse(400, 'Too many concurrently executing batches.');
      draft.confirmed = true;
      draft.endsAt = this.#clock.now() + batchMs;
    }
    return json(200, shownDraft(draft));
  }

  #read(pathname: string): Answer {
    const path = this.#dialect === 'meraki' ? pathname.slice(base.length) : pathname;
    const { collection } = this.#shape;
    if (path === collection) {
      const rows = this.store.list(collection);
      if (this.#dialect === 'journyx') return json(200, { results: rows });
      return json(200, this.#dialect === 'graph' ? { value: rows } : rows);
    }
    const found = this.store.read(path);
    return found ? json(200, this.#wrapped(found)) : refuse(404, 'Not found');
  }

  #batch(url: URL, sent: Members): Answer {
    if (this.#dialect === 'meraki') return refuse(404, 'Not found');
    const envelope = envelopes[this.#dialect];
    const [requests, results] = envelope.lists[url.pathname] ?? [];
    const list = sent[requests ?? ''];
    if (results === undefined || !Array.isArray(list)) return refuse(404, 'Not found');
    const elements = list.map((one: Members) => envelope.decode(one));
    const answered = elements.map((element) => {
      try {
        return envelope.encode(element, this.#perform(element));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { status, message } = error;
        return envelope.encode(element, { status, body: { message } });
      }
    });
    return json(200, { [results]: answered });
  }

  #perform({ method, url, body = {} }: Element): { readonly status: number; body?: Members } {
    const { key, wrapper, collection } = this.#shape;
    // The wrapper holds an object.
    const inner = wrapper === undefined ? body : (body[wrapper] as Members | undefined);
    switch (method) {
      case 'GET': {
        const found = this.store.read(url);
        if (!found) throw new Refused(404, 'Not found');
        return { status: 200, body: this.#wrapped(found) };
      }
      case 'DELETE':
        this.store.destroy(url);
        return { status: this.#dialect === 'axapi' ? 200 : 204 };
      case 'POST':
        if (url === collection) {
          const path = this.store.create(collection, inner ?? {}, key);
          return { status: 201, body: this.#wrapped(this.store.all.get(path)!) };
        }
        this.store.update(url, inner ?? {}, key, false);
        break;
      default:
        this.store.update(url, inner ?? {}, key, method === 'PUT');
    }
    return { status: 200, body: this.#wrapped(this.store.all.get(url)!) };
  }

  #wrapped(members: Members): Members {
    if (this.#dialect === 'journyx') return { results: members };
    const { wrapper } = this.#shape;
    return wrapper === undefined ? members : { [wrapper]: members };
  }
}

function shownDraft({ id, actions, confirmed, endsAt, created, errors }: Draft): Members {
  const isFailed = errors.length > 0;
  const completed = endsAt === Infinity && !isFailed;
  const status = { completed, failed: isFailed, errors, createdResources: created };
  return { id, organizationId: '1', confirmed, synchronous: false, status, actions };
}
