import type { AnyAction } from '../action/action.js';
import { Execution, type Event } from './scheduler.js';
import type { Item } from '../action/group.js';
import { launch, type Environment, type LaunchOptions } from './session.js';
import type { Conditions } from './executor.js';
import type { Log } from '../journal/run-state.js';
import type { Outcome } from '../outcome/outcome.js';
import { Feed, type Progress } from './progress.js';
import { progressOf } from './run.js';
import { streamed, type Chunk } from '../plan/chunks.js';

/** What became of a stream of actions. */
export interface Summary {
  readonly applied: number;
  readonly failed: number;
  readonly rolledBack: number;
  readonly skipped: number;
  readonly unknown: number;
  /** The actions that were not applied, by their place in the stream. */
  readonly problems: readonly (readonly [index: number, outcome: Outcome])[];
  /** Whether the stream was read to its end. */
  readonly complete: boolean;
}

/** Full batches that are planned together. Resuming a stream depends on it. */
const chunkBatches = 20;
/** Progress that waits to be read before the stream is read further. */
const mostUnread = 100;

/**
 * A run over a stream. `await` it for a summary, iterate it for the outcomes as they come; they are not
 * kept.
 */
export class StreamRun implements PromiseLike<Summary>, AsyncIterable<Progress> {
  readonly #feed = new Feed<Progress>();
  readonly #ended: Promise<Summary>;
  readonly #counts = { applied: 0, failed: 0, rolledBack: 0, skipped: 0, unknown: 0 };
  readonly #problems: (readonly [number, Outcome])[] = [];
  #total = 0;
  #done = 0;
  #complete = false;
  #look: () => void = () => {};

  constructor(
    environment: Environment,
    options: LaunchOptions,
    conditions: (log: Log) => Promise<Conditions>,
    items: AsyncIterable<Item>,
  ) {
    this.#ended = this.#launch(environment, options, conditions, items);
  }

  /** How many actions have which outcome, and those that were not applied. */
  summary(): Promise<Summary> {
    return this.#ended;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- awaiting it is what it is made for
  then<Done = Summary, Failed = never>(
    done?: ((summary: Summary) => Done | PromiseLike<Done>) | null,
    failed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#ended.then(done, failed);
  }

  /** Looks at the running batches now: for when a callback says that one has ended. */
  look(): void {
    this.#look();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Progress, void> {
    // The iteration throws what the run rejects with; nobody need hear of it twice.
    this.#ended.catch(() => {});
    return this.#feed[Symbol.asyncIterator]();
  }

  async #launch(
    environment: Environment,
    options: LaunchOptions,
    conditions: (log: Log) => Promise<Conditions>,
    items: AsyncIterable<Item>,
  ): Promise<Summary> {
    const { dialect } = environment;
    try {
      await launch(environment, options, conditions, async (machine) => {
        this.#look = () => machine.lifecycle.look();
        const { mode, ordered } = machine.conditions;
        const size = (dialect.limits.actions[mode] ?? 1) * chunkBatches;
        const execution = new Execution(dialect, machine, (event) => this.#take(event));
        const known = (action: AnyAction): boolean => execution.knows(action);
        await execution.run(this.#read(streamed(items, { dialect, mode, ordered, known, size })));
        if (this.#complete) await machine.log.complete();
        await machine.lifecycle.tidy();
      });
    } catch (error) {
      this.#feed.fail(error);
      throw error;
    }
    this.#feed.end();
    return { ...this.#counts, problems: this.#problems, complete: this.#complete };
  }

  async *#read(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    for await (const chunk of chunks) {
      this.#total += chunk.actions.length;
      yield chunk;
      await this.#feed.drained(mostUnread);
    }
    this.#complete = true;
  }

  #take(event: Event): void {
    const settled = event.kind === 'settled' ? event.outcomes : [];
    for (const one of settled) {
      const { status } = one[1];
      this.#counts[status] += 1;
      if (status !== 'applied') this.#problems.push(one);
    }
    this.#done += settled.length;
    this.#feed.push(progressOf(event, this.#done, this.#total, undefined));
  }
}
