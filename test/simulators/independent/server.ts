import { type Random, randomOf } from '../random.ts';
import { ActionBatches } from './action-batches.ts';
import type { Conduct, Failing, Route } from './conduct.ts';
import { type Answer, json, lose, refuse, suffer } from './delivery.ts';
import { Ledger } from './ledger.ts';
import { type Members, Organization, Refusal, type WireAction } from './organization.ts';
import { Others } from './others.ts';
import { RateLimit } from './rate-limit.ts';

/** A request, however it came. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

/** What answers requests. */
export interface Answering {
  answer(request: Incoming, now: number): Answer;
}

export interface ServerOptions {
  readonly conduct?: Conduct;
  readonly seed?: number;
  readonly batchMs?: number;
  /** Default 1. */
  readonly organizationId?: string;
}

const base = '/api/v1';
const anyBatch = /^\/organizations\/[^/]+\/actionBatches(?:\/([^/]+))?$/;
const replicas = 3;

/**
 * An organization with its resources and its action batches, written from what the vendor says of them.
 * `Conduct` has it do what the vendor leaves open, or what was seen all the same.
 */
export class IndependentServer implements Answering {
  readonly ledger: Ledger = new Ledger();
  readonly organization: Organization;
  readonly batches: ActionBatches;
  readonly #batchPath: RegExp;
  readonly #conduct: Conduct;
  readonly #random: Random;
  readonly #others: Others;
  readonly #rate = new RateLimit(10, 10);
  /** For each replica, the share of the longest lag by which it is behind. */
  readonly #lags: readonly number[];
  #sticky = 0;

  constructor(options: ServerOptions = {}) {
    const { conduct = {}, seed = 1, batchMs = 30_000, organizationId = '1' } = options;
    const random = randomOf(seed);
    this.organization = new Organization(organizationId, this.ledger);
    this.#batchPath = new RegExp(`^/organizations/${organizationId}/actionBatches(?:/([^/]+))?$`);
    const { organization, ledger } = this;
    this.#conduct = conduct;
    this.#random = random;
    this.batches = new ActionBatches({ organization, ledger, conduct, random, batchMs });
    this.#others = new Others(this.batches, randomOf(seed + 1_000), conduct.others ?? 0);
    this.#lags = Array.from({ length: replicas }, () => random());
  }

  /** A new connection may lead to another replica. */
  connect(): void {
    this.#sticky = Math.floor(this.#random() * replicas);
  }

  answer(request: Incoming, now: number): Answer {
    this.ledger.requests += 1;
    const { conduct } = { conduct: this.#conduct };
    const route = routeOf(request);
    const failing = conduct.failing?.find((one) => isFailing(one, route, now));
    if (failing) return failed(failing);
    this.batches.advance(now);
    this.#others.advance(now);
    this.batches.advance(now);
    if (request.authorization !== 'Bearer key') return refuse(401, 'Invalid API key');
    if (!this.#rate.admits(now)) {
      this.ledger.overLimit += 1;
      return { status: 429, headers: { 'Retry-After': '1' } };
    }
    const act = (): Answer => this.#carryOut(request, now);
    if (this.#random() < (conduct.faults ?? 0)) return suffer(this.#random, act);
    if (route && this.#random() < (conduct.lost?.[route] ?? 0)) return lose(this.#random, act);
    const mayBreak = route === 'POST' || route === 'PUT';
    if (mayBreak && this.#random() < (conduct.malformed ?? 0))
      return { ...act(), delivery: 'malformed' };
    return act();
  }

  #carryOut({ method, url, body }: Incoming, now: number): Answer {
    const path = decodeURIComponent(url.pathname.slice(base.length));
    const match = this.#batchPath.exec(path);
    const members = membersOf(body);
    if (!match) return this.#resource(method, path, members, now);
    const [, id] = match;
    const { list, write, read } = this.#conduct.consistency ?? {};
    if (id === undefined) {
      if (method === 'GET')
        return this.batches.list(url.searchParams.get('status'), now, this.#lag(list));
      return method === 'POST' ? this.#create(members, now) : refuse(405, 'Method not allowed');
    }
    switch (method) {
      case 'GET':
        return this.batches.read(id, now, this.#lag(read));
      case 'PUT':
        return this.batches.update(id, members, now, this.#lag(write));
      case 'DELETE':
        return this.batches.discard(id, now, this.#lag(write));
      default:
        return refuse(405, 'Method not allowed');
    }
  }

  #create(body: Members, now: number): Answer {
    const { actions } = body;
    const hasTwin = this.#random() < (this.#conduct.twins ?? 0) && Array.isArray(actions);
    const twin = (): void => this.#others.draft(actions as readonly WireAction[], now);
    const isFirst = this.#random() < 0.5;
    if (hasTwin && isFirst) twin();
    const answer = this.batches.create(body, now);
    if (hasTwin && !isFirst) twin();
    return answer;
  }

  #resource(method: string, path: string, body: Members, now: number): Answer {
    if (method === 'GET') {
      const found = this.organization.read(path, now - this.#lag(this.#conduct.consistency?.read));
      return found ? json(200, found) : refuse(404, 'Not found');
    }
    const operation = operations[method];
    if (operation === undefined) return refuse(405, 'Method not allowed');
    const action: WireAction = { resource: path, operation, body };
    try {
      this.organization.check(action);
    } catch (refusal) {
      if (refusal instanceof Refusal) return refuse(404, 'Not found');
      throw refusal;
    }
    const { created, error } = this.organization.execute([action], now, 'ours', () => 0);
    if (error !== undefined) return refuse(400, error.replace(/^.*\}: /, ''));
    if (method === 'DELETE') return { status: 204 };
    return json(created[0] ? 201 : 200, this.organization.read(created[0]?.uri ?? path, Infinity));
  }

  /** By how much the replica is behind that answers. */
  #lag(most = 0): number {
    const { monotonic = false } = this.#conduct.consistency ?? {};
    const replica = monotonic ? this.#sticky : Math.floor(this.#random() * replicas);
    return most === 0 ? 0 : most * this.#lags[replica]!;
  }
}

const operations: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  DELETE: 'destroy',
};

function membersOf(body: unknown): Members {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** What a request is about, if it is about batches. */
function routeOf({ method, url }: Incoming): Route | undefined {
  const match = anyBatch.exec(url.pathname.slice(base.length));
  if (!match) return undefined;
  if (method === 'GET') return match[1] === undefined ? 'LIST' : 'GET';
  return method === 'POST' || method === 'PUT' || method === 'DELETE' ? method : undefined;
}

function isFailing(
  { route, from, until }: Failing,
  asked: Route | undefined,
  now: number,
): boolean {
  return (route === undefined || route === asked) && now >= from && now < until;
}

function failed({ how }: Failing): Answer {
  switch (how) {
    case 'refused-connection':
      return { status: 0, delivery: 'refused' };
    case 'reset':
      return { status: 0, delivery: 'none' };
    case 404:
      return refuse(404, 'Not found');
    case 500:
      return refuse(500, 'Internal error');
  }
}
