// @ts-nocheck
import type { Outcome, Progress, Run } from '../run/client-batch.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { CallAction } from './call-action.js';
import type { CallJournal, CallRecord } from './call-journal.js';
import { CallOrder } from './call-order.js';
import { outcomeOf } from './call-outcome.js';
import { Feed } from './feed.js';
import { Places } from './places.js';

/** Performs a call. */
export type Perform = (action: CallAction) => PromiseLike<unknown>;

export interface CallRunOptions {
  readonly journal: CallJournal;
  readonly onError?: 'stop' | 'continue' | undefined;
  /** Calls at the same time. */
  readonly concurrency?: number | undefined;
  /** Calls that begin in a second. */
  readonly rate?: number | undefined;
  /** The journal of another run, of which this one sends the rest. */
  readonly retried?: CallJournal | undefined;
}

const usualConcurrency = 4;
/** Calls that wait for their turn, or for others, at the same time. */
const mostWaiting = 1_000;

/**
 * Rows as plain calls. The journal says that a call begins before it is sent, and how it ended. A run that
 * is taken up again sends what is idempotent once more where it is not known how it ended (RFC 9110,
 * 9.2.2), and nothing else that may have arrived.
 */
export class CallRun implements Run {
  readonly #actions: readonly CallAction[];
  readonly #perform: Perform;
  readonly #options: CallRunOptions;
  readonly #places: Places;
  readonly #feed = new Feed<Progress>();
  readonly #outcomes: Outcome[] = [];
  readonly #ended: Promise<readonly Outcome[]>;
  #done = 0;
  #stopped: string | undefined;

  constructor(actions: readonly CallAction[], perform: Perform, options: CallRunOptions) {
    this.#actions = actions;
    this.#perform = perform;
    this.#options = options;
    this.#places = new Places(options.concurrency ?? usualConcurrency, options.rate);
    this.#ended = this.#run();
    // It is for those who wait to say.
    this.#ended.catch(() => {});
  }

  // oxlint-disable-next-line unicorn/no-thenable -- awaiting it is what it is made for
  then<Done = readonly Outcome[], Failed = never>(
    done?: ((outcomes: readonly Outcome[]) => Done | PromiseLike<Done>) | null,
    failed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#ended.then(done, failed);
  }

  [Symbol.asyncIterator](): AsyncIterator<Progress> {
    return this.#feed[Symbol.asyncIterator]();
  }

  async stop(): Promise<void> {
    this.#stopped ??= 'stopped';
    await this.#ended.catch(() => {});
  }

  async #run(): Promise<readonly Outcome[]> {
    const { journal, retried } = this.#options;
    try {
      const { calls, isRetried } = await journal.open();
      try {
        if (isRetried) throw new CommandError(sentBefore, exitCode.failed);
        if (retried) await markRetried(retried);
        await this.#all(calls);
      } finally {
        await journal.close();
      }
    } finally {
      this.#feed.end();
    }
    return this.#outcomes;
  }

  async #all(records: ReadonlyMap<number, CallRecord>): Promise<void> {
    const order = new CallOrder();
    const open = new Set<Promise<void>>();
    let failure: { readonly error: unknown } | undefined;
    for (const [index, action] of this.#actions.entries()) {
      let end: (isKnown: boolean) => void = () => {};
      const ended = new Promise<boolean>((resolve) => (end = resolve));
      const before = order.add(action, ended);
      const task = this.#one(index, action, before, records.get(index))
        .catch((error: unknown) => {
          // What cannot be written down is not sent.
          failure ??= { error };
          this.#stopped ??= 'journal';
        })
        .then(() => {
          open.delete(task);
          end(this.#outcomes[index]?.status !== 'unknown');
        });
      open.add(task);
      if (open.size >= mostWaiting) await Promise.race(open);
    }
    await Promise.all(open);
    if (failure) throw failure.error;
  }

  async #one(
    index: number,
    action: CallAction,
    before: Promise<boolean>,
    record: CallRecord | undefined,
  ): Promise<void> {
    const outcome =
      settledBefore(action, record) ?? (await this.#send(index, action, before, record));
    this.#outcomes[index] = outcome;
    this.#done += 1;
    this.#feed.add({
      batch: index,
      batchId: undefined,
      state: outcome.status,
      done: this.#done,
      total: this.#actions.length,
      remaining: undefined,
      settled: [[index, outcome]],
    });
  }

  async #send(
    index: number,
    action: CallAction,
    before: Promise<boolean>,
    record: CallRecord | undefined,
  ): Promise<Outcome> {
    const { journal, onError } = this.#options;
    if (!(await before))
      return notSent('dependency', 'It is unknown what a row before it did.', record);
    const leave = await this.#places.enter();
    try {
      if (this.#stopped !== undefined)
        return notSent(this.#stopped, 'The run was stopped.', record);
      await journal.append({ type: 'begin', index });
      const outcome = await outcomeOf(this.#perform(action), action, record !== undefined);
      if (outcome.reason === 'denied' || (outcome.status !== 'applied' && onError !== 'continue'))
        this.#stopped ??= 'stopped';
      await journal.append({ type: 'end', index, outcome });
      return outcome;
    } finally {
      leave();
    }
  }
}

const sentBefore = 'What was left of the run was sent by a retry: resume that run.';

async function markRetried(journal: CallJournal): Promise<void> {
  const { isRetried } = await journal.open();
  try {
    if (isRetried) throw new CommandError(sentBefore, exitCode.failed);
    await journal.append({ type: 'retried' });
  } finally {
    await journal.close();
  }
}

/** What is known already of a call, which is then not sent. */
function settledBefore(
  { method }: CallAction,
  record: CallRecord | undefined,
): Outcome | undefined {
  if (!record) return undefined;
  const { outcome } = record;
  if (outcome && outcome.status !== 'unknown') return outcome;
  if (method === 'PUT' || method === 'DELETE') return undefined;
  return outcome ?? lost;
}

const lost: Outcome = {
  status: 'unknown',
  reason: 'lost',
  message: 'The process ended while the call was under way.',
};

/** What may have arrived before is not skipped. */
function notSent(reason: string, message: string, record: CallRecord | undefined): Outcome {
  return record ? (record.outcome ?? lost) : { status: 'skipped', reason, message };
}
