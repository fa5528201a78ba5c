import { type Random, shuffled } from '../random.ts';
import type { Conduct } from './conduct.ts';
import { type Answer, refuse } from './delivery.ts';
import { History } from './history.ts';
import type { Ledger, Party } from './ledger.ts';
import {
  type Created,
  type Members,
  type Organization,
  Refusal,
  type WireAction,
} from './organization.ts';

/** A batch at a time. */
interface State {
  readonly confirmed: boolean;
  readonly synchronous: boolean;
  readonly completed: boolean;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly created: readonly Created[];
}

interface Batch {
  readonly id: string;
  readonly actions: readonly WireAction[];
  /** It is shown often. */
  readonly actionsText: string;
  readonly party: Party;
  readonly createdAt: number;
  /** Undefined once it is deleted. */
  readonly history: History<State | undefined>;
  endsAt: number;
}

const most = { synchronous: 20, asynchronous: 100, running: 5 };
const weekMs = 7 * 24 * 3_600_000;
/** So long a list that lags behind may show a batch as pending. */
const lingerMs = 60_000;
const fresh = { synchronous: false, completed: false, failed: false, errors: [], created: [] };

export interface Setting {
  readonly organization: Organization;
  readonly ledger: Ledger;
  readonly conduct: Conduct;
  readonly random: Random;
  /** Milliseconds that an asynchronous batch takes, give or take a half. */
  readonly batchMs: number;
}

/** The action batches of one organization. */
export class ActionBatches {
  readonly #set: Setting;
  readonly #all = new Map<string, Batch>();
  readonly #running = new Set<Batch>();
  /** Batches that have not ended, or not long ago. */
  readonly #recent = new Set<Batch>();
  #serial = 0;
  /** The sum of what our batches took, in milliseconds. */
  busyMs = 0;

  constructor(setting: Setting) {
    this.#set = setting;
  }

  /** Ids of drafts of ours that are neither confirmed nor deleted. */
  get openDrafts(): readonly string[] {
    const open = [...this.#recent].filter(({ party }) => party === 'ours');
    return open.filter(({ history }) => history.last?.confirmed === false).map(({ id }) => id);
  }

  get running(): number {
    return this.#running.size;
  }

  /** Makes a draft. */
  make(actions: readonly WireAction[], party: Party, now: number, synchronous = false): string {
    this.#serial += 1;
    const id = (643_451_796_760_550_000n + BigInt(this.#serial) * 7n).toString();
    const actionsText = JSON.stringify(actions);
    const history = new History<State | undefined>();
    history.set(now, { ...fresh, confirmed: false, synchronous });
    const batch = { id, actions, actionsText, party, createdAt: now, history, endsAt: Infinity };
    this.#all.set(id, batch);
    this.#recent.add(batch);
    return id;
  }

  /** Begins a batch, if there is a place for it. */
  start(id: string, now: number, ms: number): boolean {
    const batch = this.#all.get(id)!;
    if (this.#running.size >= most.running) return false;
    batch.endsAt = now + ms;
    batch.history.set(now, { ...batch.history.last!, confirmed: true });
    this.#running.add(batch);
    if (batch.party === 'ours') {
      this.#set.ledger.begin(ms);
      this.busyMs += ms;
    }
    return true;
  }

  remove(id: string, now: number): void {
    this.#all.get(id)?.history.set(now, undefined);
  }

  /** Whether a batch is on the server and not confirmed. */
  isDraft(id: string): boolean {
    return this.#all.get(id)?.history.last?.confirmed === false;
  }

  /** Does what has become due, in the order in which it became due. */
  advance(now: number): void {
    const due = [...this.#running].filter(({ endsAt }) => endsAt <= now);
    for (const batch of due.toSorted((a, b) => a.endsAt - b.endsAt)) this.#end(batch);
    for (const batch of this.#recent) {
      const { createdAt, endsAt, history } = batch;
      const state = history.last;
      if (state && !state.confirmed && now - createdAt > weekMs) history.set(now, undefined);
      if (
        endsAt + lingerMs < now ||
        (!state && history.at(now - lingerMs) === undefined && now - createdAt > lingerMs)
      )
        this.#recent.delete(batch);
    }
  }

  /** The batches that a reader sees who lags behind by `lag`. */
  list(status: string | null, now: number, lag: number): Answer {
    const some = status === 'pending' ? this.#recent : this.#all.values();
    const shown = [...some].flatMap((batch) => {
      const state = batch.history.at(now - lag);
      return state && hasStatus(state, status) ? [this.#show(batch, state)] : [];
    });
    return { status: 200, text: () => `[${shown.join(',')}]` };
  }

  read(id: string, now: number, lag: number): Answer {
    const batch = this.#all.get(id);
    const state = batch?.history.at(now - lag);
    if (!batch || !state) return refuse(404, 'Not found');
    const text = this.#show(batch, state);
    return { status: 200, text: () => text };
  }

  create(body: Members, now: number): Answer {
    const { actions, confirmed, synchronous } = body;
    const list = Array.isArray(actions) ? (actions as readonly WireAction[]) : [];
    const limit = synchronous === true ? most.synchronous : most.asynchronous;
    if (list.length === 0) return refuse(400, "'actions' must be a list that is not empty");
    if (list.length > limit)
      return refuse(400, `Maximum number of actions is ${limit}, ${list.length} were given`);
    const errors = list.flatMap((action) => this.#problem(action));
    if (errors.length > 0) return refuse(400, ...errors);
    if (confirmed === true && this.#running.size >= most.running) return this.#refuseAsBusy();
    const id = this.make(list, 'ours', now, synchronous === true);
    this.#set.ledger.drafts += 1;
    return confirmed === true
      ? this.#confirm(this.#all.get(id)!, 201, now)
      : { ...this.read(id, now, 0), status: 201 };
  }

  /** `lag`: for a batch that is younger, nobody there knows it. */
  update(
    id: string,
    { confirmed, synchronous, ...others }: Members,
    now: number,
    lag: number,
  ): Answer {
    const batch = this.#known(id, now, lag);
    const state = batch?.history.last;
    if (!batch || !state) return refuse(404, 'Not found');
    if (Object.keys(others).length > 0)
      return refuse(400, "Only 'confirmed' and 'synchronous' can be changed");
    if (state.confirmed) {
      return this.#set.conduct.secondConfirmation === 'refused' || confirmed === false
        ? refuse(400, 'This batch has already been confirmed')
        : this.read(id, now, 0);
    }
    if (typeof synchronous === 'boolean') batch.history.set(now, { ...state, synchronous });
    return confirmed === true ? this.#confirm(batch, 200, now) : this.read(id, now, 0);
  }

  discard(id: string, now: number, lag: number): Answer {
    const batch = this.#known(id, now, lag);
    const state = batch?.history.last;
    if (!batch || !state) return refuse(404, 'Not found');
    if (state.confirmed) return refuse(400, 'A confirmed batch cannot be deleted');
    if (batch.party === 'others') this.#set.ledger.foreignTouched += 1;
    batch.history.set(now, undefined);
    return { status: 204 };
  }

  #known(id: string, now: number, lag: number): Batch | undefined {
    const batch = this.#all.get(id);
    return batch && now - batch.createdAt >= lag ? batch : undefined;
  }

  #problem(action: WireAction): readonly string[] {
    if (typeof action.resource !== 'string' || typeof action.operation !== 'string')
      return ["An action needs a 'resource' and an 'operation'"];
    try {
      this.#set.organization.check(action);
      return [];
    } catch (refusal) {
      if (refusal instanceof Refusal) return [refusal.message];
      throw refusal;
    }
  }

  #confirm(batch: Batch, status: number, now: number): Answer {
    const { random, batchMs, conduct, ledger } = this.#set;
    const synchronous = batch.history.last?.synchronous ?? false;
    const ms = (synchronous ? batchMs / 6 : batchMs) * (0.5 + random());
    if (!this.start(batch.id, now, ms)) return this.#refuseAsBusy();
    if (batch.party === 'others') ledger.foreignTouched += 1;
    const state = batch.history.last!;
    if (random() < (conduct.showsUnconfirmed ?? 0)) {
      const text = this.#show(batch, { ...state, confirmed: false });
      return { status, text: () => text };
    }
    if (!synchronous) return { ...this.read(batch.id, now, 0), status };
    const text = (): string => {
      this.advance(batch.endsAt);
      return this.#show(batch, batch.history.last!);
    };
    return { status, wait: ms, text };
  }

  #refuseAsBusy(): Answer {
    const { ledger, conduct } = this.#set;
    ledger.refusedAsBusy += 1;
    const { status = 400, text } = conduct.busy ?? {};
    return refuse(status, text ?? documented);
  }

  #end(batch: Batch): void {
    const { organization, conduct, random } = this.#set;
    const { actions, endsAt, party, history } = batch;
    this.#running.delete(batch);
    const isPartial = random() < (conduct.partial ?? 0);
    const keeps = (failed: number): number => (isPartial ? Math.floor(random() * (failed + 1)) : 0);
    const { created, error } = organization.execute(actions, endsAt, party, keeps, conduct.goesOn);
    const hasBoth = random() < (conduct.bothFlags ?? 0);
    history.set(endsAt, {
      ...history.last!,
      completed: error === undefined || hasBoth,
      failed: error !== undefined || hasBoth,
      errors: error === undefined ? [] : [error],
      created: error === undefined ? this.#shown(created) : [],
    });
  }

  #shown(created: readonly Created[]): readonly Created[] {
    const { conduct, random } = this.#set;
    const { created: manner = 'plain' } = conduct;
    switch (manner) {
      case 'shuffled':
        return shuffled(created, random);
      case 'partial':
        return created.filter(() => random() < 0.5);
      case 'absent':
        return [];
      case 'numbers':
      case 'plain':
        return created;
    }
  }

  #show({ id, actionsText }: Batch, state: State): string {
    const { conduct } = this.#set;
    const { confirmed, synchronous, completed, failed, errors, created } = state;
    const numbers = conduct.created === 'numbers';
    const createdResources = created.map(({ id: one, uri }) => ({
      id: numbers && /^\d+$/.test(one) ? Number(one) : one,
      uri,
    }));
    const status = { completed, failed, errors, createdResources };
    const rest = JSON.stringify({ organizationId: '1', confirmed, synchronous, status });
    const shownId = conduct.numericIds ? id : `"${id}"`;
    return `{"id":${shownId},${rest.slice(1, -1)},"actions":${actionsText}}`;
  }
}

const documented =
  'Too many concurrently executing batches. Maximum is 5 confirmed but not yet executed batches.';

function hasStatus({ completed, failed }: State, status: string | null): boolean {
  switch (status) {
    case 'pending':
      return !completed && !failed;
    case 'completed':
      return completed;
    case 'failed':
      return failed;
    default:
      return true;
  }
}
