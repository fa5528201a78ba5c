import type { Clock } from './clock.ts';
import { type Batch, executionError, type SentAction, show, textAt } from './meraki-batch.ts';
import { Resources } from './meraki-resources.ts';
import { type Random, randomOf } from './random.ts';

export type { SentAction } from './meraki-batch.ts';

export interface Reply {
  readonly status: number;
  /** JSON. */
  readonly text?: string;
  /** An answer that takes its time. */
  readonly later?: { readonly ms: number; readonly text: () => string };
}

export interface MerakiOptions {
  readonly clock: Clock;
  readonly seed?: number;
  /** Milliseconds that a batch takes, before jitter; also by how many have taken theirs. */
  readonly batchMs?: number | ((before: number) => number);
  /** Share by which a duration may differ from that, either way. */
  readonly jitter?: number;
  /** The reason for which an action fails when it is executed. By default its body's `fail`. */
  readonly fails?: (action: SentAction) => string | undefined;
  /** The reason for which a batch with this action is refused as a draft. By default its body's `refuse`. */
  readonly refuses?: (action: SentAction) => string | undefined;
  /** Hears of each action that took effect, in the order of execution. */
  readonly applied?: (action: SentAction, batch: string) => void;
  /** Milliseconds for which a new batch cannot be found. */
  readonly lag?: number;
  /** Batches never end. */
  readonly stuck?: boolean;
  /** Bytes of a request's body at most. */
  readonly mostBytes?: number;
  /** Whether an error text names the action that failed. */
  readonly namesActions?: boolean;
  /** How it is named. */
  readonly textOf?: (action: SentAction, reason: string) => string;
  /** Whether all actions are named that would fail, not only the first. */
  readonly namesAll?: boolean;
  /** Sends a callback. */
  readonly notify?: (url: string, payload: object) => void;
}

const most = { sync: 20, async: 100 };
const concurrent = 5;
const week = 7 * 24 * 3_600_000;
const root = /^\/api\/v1\/organizations\/([^/]+)\/actionBatches(?:\/([^/]+))?$/;

/**
 * One organization with its action batches, in memory, as the vendor documents them. It counts what a
 * client does against the rules.
 */
export class MerakiServer {
  readonly #options: MerakiOptions;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #batches = new Map<string, Batch>();
  /** Batches that have not ended. */
  readonly #open = new Set<Batch>();
  /** Batches that are executed now. */
  readonly #running = new Set<Batch>();
  readonly #refill = { tokens: 20, at: 0 };
  #serial = 0;

  readonly resources: Resources = new Resources(() => `L_${(this.#serial += 1)}`);
  /** What the client did wrong, and how often. */
  readonly offences = { rate: 0, concurrency: 0, size: 0, malformed: 0 };
  /** Batches that ended well, and those that were rolled back. */
  readonly ended = { well: 0, badly: 0 };
  /** What each batch of the client takes, in the order in which they were confirmed, in milliseconds. */
  readonly durations: number[] = [];
  requests = 0;
  drafts = 0;
  mostRunning = 0;

  constructor(options: MerakiOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#random = randomOf(options.seed ?? 1);
  }

  /** Lets other applications run batches of their own. */
  occupy(count: number, ms: number, actions: readonly SentAction[] = []): void {
    for (let index = 0; index < count; index += 1) {
      const batch = this.#make(actions, true);
      this.#start(batch, ms);
    }
  }

  /** Another application leaves a draft behind. */
  draft(actions: readonly SentAction[]): string {
    return this.#make(actions, true).id;
  }

  /** Loses a batch, whatever has become of it. */
  forget(id: string): void {
    this.#batches.delete(id);
  }

  /** The sum of what the batches took, in milliseconds. */
  get busyMs(): number {
    return this.durations.reduce((sum, ms) => sum + ms, 0);
  }

  /** Drafts that nobody confirmed or threw away. */
  get openDrafts(): number {
    return [...this.#open].filter(({ confirmed, foreign }) => !confirmed && !foreign).length;
  }

  /** Whether the rate allows another request. */
  admit(): boolean {
    this.requests += 1;
    const now = this.#clock.now();
    const { tokens, at } = this.#refill;
    this.#refill.tokens = Math.min(20, tokens + ((now - at) * 10) / 1_000);
    this.#refill.at = now;
    if (this.#refill.tokens < 1) {
      this.offences.rate += 1;
      return false;
    }
    this.#refill.tokens -= 1;
    return true;
  }

  answer(method: string, url: URL, body: unknown, bytes: number): Reply {
    this.#advance();
    if (bytes > (this.#options.mostBytes ?? Infinity)) return refuse(413, 'Payload too large');
    const [, organization, id] = root.exec(url.pathname) ?? [];
    if (organization === undefined) return this.#resource(method, url.pathname);
    if (id === undefined) {
      if (method === 'GET') return this.#list(url.searchParams.get('status'));
      if (method === 'POST') return this.#create(body);
      return refuse(405, 'Not allowed');
    }
    const batch = this.#batches.get(id);
    if (!batch || this.#isHidden(batch)) return refuse(404, 'Not found');
    switch (method) {
      case 'GET':
        return { status: 200, text: show(batch) };
      case 'PUT':
        return this.#update(batch, body);
      case 'DELETE':
        if (batch.confirmed) return refuse(400, 'Batch was already confirmed');
        this.#drop(batch);
        return { status: 204 };
      default:
        return refuse(405, 'Not allowed');
    }
  }

  #resource(method: string, pathname: string): Reply {
    const path = pathname.replace('/api/v1', '');
    const found = this.resources.get(path) ?? this.resources.list(path);
    if (method !== 'GET') return refuse(405, 'Not allowed');
    return found ? { status: 200, text: JSON.stringify(found) } : refuse(404, 'Not found');
  }

  #list(status: string | null): Reply {
    const all = status === 'pending' ? this.#open : this.#batches.values();
    const shown = [...all].filter((batch) => {
      if (this.#isHidden(batch)) return false;
      switch (status) {
        case 'completed':
          return batch.ended && !batch.failed;
        case 'failed':
          return batch.failed;
        default:
          return true;
      }
    });
    return { status: 200, text: `[${shown.map(show).join(',')}]` };
  }

  #create(body: unknown): Reply {
    const { actions, confirmed, synchronous, callback } = objectOf(body);
    const list = Array.isArray(actions) ? (actions as readonly SentAction[]) : [];
    const limit = synchronous === true ? most.sync : most.async;
    if (list.length > limit) {
      this.offences.size += 1;
      return refuse(400, `Too many actions: ${list.length}, at most ${limit}`);
    }
    const malformed = list.find(
      (action) => typeof action.resource !== 'string' || typeof action.operation !== 'string',
    );
    if (list.length === 0 || malformed) {
      this.offences.malformed += 1;
      return refuse(400, 'Malformed actions');
    }
    const { refuses = textAt('refuse') } = this.#options;
    const reasons = list.flatMap(
      (action) => refuses(action) ?? this.resources.missing(action) ?? [],
    );
    if (reasons.length > 0) return refuse(400, ...reasons);
    if (confirmed === true && this.#isFull()) return this.#refuseToStart();

    const batch = this.#make(list, false, objectOf(callback));
    batch.synchronous = synchronous === true;
    this.drafts += 1;
    return confirmed === true ? this.#confirm(batch, 201) : { status: 201, text: show(batch) };
  }

  #update(batch: Batch, body: unknown): Reply {
    const { confirmed, synchronous, ...others } = objectOf(body);
    if (Object.keys(others).length > 0) return refuse(400, 'Only flags can be changed');
    if (batch.confirmed && confirmed === false) return refuse(400, 'Batch was already confirmed');
    if (!batch.confirmed && typeof synchronous === 'boolean') batch.synchronous = synchronous;
    if (batch.confirmed || confirmed !== true) return { status: 200, text: show(batch) };
    return this.#isFull() ? this.#refuseToStart() : this.#confirm(batch, 200);
  }

  #confirm(batch: Batch, status: number): Reply {
    const { batchMs = 30_000, jitter = 0, stuck } = this.#options;
    const spread = 1 + (this.#random() * 2 - 1) * jitter;
    const usual = typeof batchMs === 'number' ? batchMs : batchMs(this.durations.length);
    const ms = (batch.synchronous ? usual / 6 : usual) * spread;
    this.#start(batch, stuck ? Infinity : ms);
    if (!batch.synchronous || stuck) return { status, text: show(batch) };
    const text = (): string => {
      this.#advance();
      return show(batch);
    };
    return { status, later: { ms, text } };
  }

  #make(
    actions: readonly SentAction[],
    foreign: boolean,
    callback: Readonly<Record<string, unknown>> = {},
  ): Batch {
    const { url, sharedSecret } = callback;
    const batch: Batch = {
      id: String((this.#serial += 1)),
      actions,
      actionsText: JSON.stringify(actions),
      foreign,
      createdAt: this.#clock.now(),
      callback: typeof url === 'string' ? { url, sharedSecret: String(sharedSecret) } : undefined,
      synchronous: false,
      confirmed: false,
      endsAt: Infinity,
      ended: false,
      failed: false,
      errors: [],
      created: [],
    };
    this.#batches.set(batch.id, batch);
    this.#open.add(batch);
    return batch;
  }

  #drop(batch: Batch): void {
    this.#batches.delete(batch.id);
    this.#open.delete(batch);
  }

  #start(batch: Batch, ms: number): void {
    batch.confirmed = true;
    batch.endsAt = this.#clock.now() + ms;
    this.#running.add(batch);
    this.mostRunning = Math.max(this.mostRunning, this.#running.size);
    if (!batch.foreign && Number.isFinite(ms)) this.durations.push(ms);
  }

  #isFull(): boolean {
    return this.#running.size >= concurrent;
  }

  #refuseToStart(): Reply {
    // Others may have come in between, but a client knows its own.
    if ([...this.#running].every(({ foreign }) => !foreign)) this.offences.concurrency += 1;
    return refuse(400, `Too many executing batches. Maximum is ${concurrent}.`);
  }

  /** Does what has become due. */
  #advance(): void {
    const now = this.#clock.now();
    const due = [...this.#running].filter(({ endsAt }) => endsAt <= now);
    for (const batch of due.toSorted((a, b) => a.endsAt - b.endsAt)) {
      this.#running.delete(batch);
      this.#open.delete(batch);
      batch.ended = true;
      if (batch.foreign) continue;
      this.#execute(batch);
      this.#tell(batch);
    }
    for (const batch of this.#open) {
      if (!batch.confirmed && now - batch.createdAt > week) this.#drop(batch);
    }
  }

  #tell(batch: Batch): void {
    const { callback } = batch;
    if (!callback) return;
    const { url, sharedSecret } = callback;
    this.#options.notify?.(url, { sharedSecret, message: JSON.parse(show(batch)) as unknown });
  }

  /** All or nothing, as listed. */
  #execute(batch: Batch): void {
    const { fails = textAt('fail'), applied, namesActions = true } = this.#options;
    const { textOf = executionError } = this.#options;
    const bad = batch.actions.filter((action) => fails(action) !== undefined);
    if (bad.length > 0) {
      batch.failed = true;
      batch.errors = bad
        .slice(0, this.#options.namesAll ? undefined : 1)
        .map((action) =>
          namesActions ? textOf(action, fails(action) ?? '') : 'Something went wrong.',
        );
      this.ended.badly += 1;
      return;
    }
    this.ended.well += 1;
    batch.created = batch.actions.flatMap((action) => {
      applied?.(action, batch.id);
      return this.resources.apply(action);
    });
  }

  #isHidden({ createdAt }: Batch): boolean {
    return this.#clock.now() - createdAt < (this.#options.lag ?? 0);
  }
}

function refuse(status: number, ...errors: readonly string[]): Reply {
  return { status, text: JSON.stringify({ errors }) };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
