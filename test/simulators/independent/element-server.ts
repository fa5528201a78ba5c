import { type Random, randomOf } from '../random.ts';
import { type Answer, json, lose, refuse, suffer } from './delivery.ts';
import type { ElementConduct } from './element-conduct.ts';
import {
  type Element,
  type ElementDialect,
  type Envelope,
  envelopes,
  type Result,
} from './envelopes.ts';
import { identityOf, Ledger } from './ledger.ts';
import type { Members } from './organization.ts';
import type { Answering, Incoming } from './server.ts';

interface Stored {
  readonly members: Members;
  readonly etag: number;
}

/** A server whose batch is one request that wraps others. */
export class ElementServer implements Answering {
  readonly ledger: Ledger = new Ledger();
  readonly #envelope: Envelope;
  readonly #conduct: ElementConduct;
  readonly #random: Random;
  #state = new Map<string, Stored>();
  /** Batches that were carried out, and elements of them. */
  readonly #done = new Set<string>();
  #serial = 0;
  /** Of the configuration. */
  version = 1;

  constructor(dialect: ElementDialect, conduct: ElementConduct, seed: number) {
    this.#envelope = envelopes[dialect];
    this.#conduct = conduct;
    this.#random = randomOf(seed);
  }

  /** Puts something there; gives its ETag. */
  seed(url: string, members: Members): string {
    this.#state.set(url, { members, etag: 1 });
    return '"1"';
  }

  answer(request: Incoming): Answer {
    this.ledger.requests += 1;
    const { lost = 0, partialAnswers = 0, faults = 0 } = this.#conduct;
    const act = (): Answer => this.#carryOut(request, false);
    const dice = this.#random();
    if (dice < faults) return suffer(this.#random, act);
    if (dice < faults + lost) return lose(this.#random, act);
    return this.#carryOut(request, dice < faults + lost + partialAnswers);
  }

  #carryOut({ method, url, body }: Incoming, isPartial: boolean): Answer {
    const lists = this.#envelope.lists[url.pathname];
    const members: Members = typeof body === 'object' && body !== null ? { ...body } : {};
    if (!lists || method !== 'POST') return refuse(404, 'Not found');
    const [requests, results] = lists;
    const list = members[requests];
    if (!Array.isArray(list)) return refuse(400, `'${requests}' is missing`);
    if (list.length > this.#envelope.most) return refuse(400, 'Too many requests');
    const elements = list.map((one: Members) => this.#envelope.decode(one));
    const isChange = elements.some((element) => element.method !== 'GET');
    const key = elements.map(keyOf).join('\n');
    const { batchAgain } = this.#conduct;
    if (batchAgain !== undefined && isChange && this.#done.has(key))
      return refuse(batchAgain, 'This batch has been processed');
    const version = url.searchParams.get('config-version') ?? 'none';
    if (
      this.#envelope.hasVersion &&
      isChange &&
      version !== 'none' &&
      version !== String(this.version)
    )
      return json(400, {
        response: { 'http-status': 400, status: 'fail', err: { code: 1, msg: stale } },
      });
    const stop = this.#envelope.stopsBy(url.searchParams, members, isChange);
    const answered = this.#each(elements, stop);
    if (!Array.isArray(answered)) return answered;
    if (isChange) {
      this.version += 1;
      this.#done.add(key);
    }
    const shown = isPartial
      ? answered.slice(0, Math.floor(this.#random() * answered.length))
      : answered;
    return json(200, { [results]: shown });
  }

  /** Elements in their order; where the batch is rolled back, what is answered instead. */
  #each(elements: readonly Element[], stop: 'rollback' | 'stop' | undefined): Members[] | Answer {
    const before = new Map(this.#state);
    const notes: Element[] = [];
    const answered: Members[] = [];
    for (const element of elements) {
      const result = this.#perform(element, notes);
      answered.push(this.#envelope.encode(element, result));
      if (result.status < 400 || stop === undefined) continue;
      if (stop === 'stop') break;
      this.#state = before;
      const msg = result.body?.['message'];
      const response = { 'http-status': result.status, status: 'fail', err: { code: 1, msg } };
      return json(200, { response });
    }
    for (const element of notes) {
      this.#done.add(keyOf(element));
      this.ledger.note('ours', identityIn(element), element.url, undefined);
    }
    return answered;
  }

  #perform(element: Element, notes: Element[]): Result {
    const { method, url, body, ifMatch } = element;
    const { elementAgain, idleDeletes = 0 } = this.#conduct;
    const stored = this.#state.get(url);
    if (method === 'GET') return stored ? this.#show(url, stored) : fail(404, 'Not found');
    if (elementAgain !== undefined && this.#done.has(keyOf(element)))
      return fail(elementAgain, 'The request has been processed, or is being processed');
    if (method === 'POST') return this.#add(element, notes);
    if (!stored) return fail(404, 'Object specified does not exist');
    if (this.#envelope.hasEtags && ifMatch === undefined) return fail(428, 'If-Match is required');
    if (this.#envelope.hasEtags && ifMatch !== `"${stored.etag}"`)
      return fail(412, 'The resource was modified');
    if (method === 'DELETE') {
      if (this.#random() < idleDeletes) return { status: 204 };
      this.#state.delete(url);
      notes.push(element);
      return this.#envelope.hasVersion ? { status: 200 } : { status: 204 };
    }
    const { members, etag } = stored;
    const changed = { members: { ...members, ...this.#inner(url, body) }, etag: etag + 1 };
    this.#state.set(url, changed);
    notes.push(element);
    return this.#show(url, changed);
  }

  #add(element: Element, notes: Element[]): Result {
    const { url, body } = element;
    const inner = this.#envelope.hasVersion ? this.#inner(url, body) : body;
    const named = inner?.['name'];
    const id = typeof named === 'string' ? named : `n${(this.#serial += 1)}`;
    const place = `${url}/${id}`;
    if (this.#state.has(place)) return fail(409, 'The object already exists');
    const made = { members: { ...(this.#envelope.hasVersion ? {} : { id }), ...inner }, etag: 1 };
    this.#state.set(place, made);
    notes.push(element);
    return { ...this.#show(place, made), status: this.#envelope.hasVersion ? 200 : 201 };
  }

  #inner(url: string, body: Members | undefined): Members | undefined {
    const name = this.#envelope.hasVersion ? this.#envelope.wrap(url) : undefined;
    const value = name === undefined ? body : body?.[name];
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  }

  #show(url: string, { members, etag }: Stored): Result {
    const name = this.#envelope.wrap(url);
    return {
      status: 200,
      body: name === undefined ? members : { [name]: members },
      etag: `"${etag}"`,
    };
  }
}

const stale = 'Config version does not match current version.';

function fail(status: number, message: string): Result {
  return { status, body: { message } };
}

function keyOf({ method, url, body }: Element): string {
  return `${method} ${url} ${JSON.stringify(body ?? null)}`;
}

function identityIn({ method, url, body }: Element): string {
  const [only] = Object.values(body ?? {});
  const inner = typeof only === 'object' && only !== null ? { ...only } : body;
  const identity = identityOf({ operation: method, resource: url, body: inner });
  return method === 'DELETE' ? `DELETE ${url}` : identity;
}
