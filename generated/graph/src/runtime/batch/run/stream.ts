// @ts-nocheck
import type { AnyAction, Item } from '../action/types.js';
import type { SkipReason } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { Outcome } from '../outcome/outcome.js';
import { onAbort } from '../../transport/on-abort.js';
import { chunksOf } from '../plan/chunks.js';
import type { Standstill, Waiting } from '../pace/standstill.js';
import type { Chunk } from '../plan/units.js';
import type { RunSettings } from './executor.js';
import { type BatchEvent, Feed, idleOf, type Progress, progressOf } from './progress.js';
import { loadRun } from './run.js';
import type { Engine, Prepare, SessionOptions } from './session.js';

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
  /** Drafts that are left on the server: see `Run.leftDrafts`. */
  readonly leftDrafts: readonly LeftDraft[];
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    onAbort(signal, () => resolve(undefined));
  });
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
  readonly #feed = new Feed<Progress>(() =>
    idleOf(this.waiting(), () => ({ done: this.#done, total: this.#total, remaining: undefined })),
  );
  #standstill: Standstill | undefined;
  readonly #ended: Promise<Summary>;
  readonly #counts = { applied: 0, failed: 0, rolledBack: 0, skipped: 0, unknown: 0 };
  readonly #problems: (readonly [number, Outcome])[] = [];
  #leftDrafts: readonly LeftDraft[] = [];
  #total = 0;
  #done = 0;
  #complete = false;
  #look: () => void = () => {};
  readonly #stop = new AbortController();

  constructor(
    engine: Engine,
    options: SessionOptions,
    prepare: Prepare<RunSettings>,
    items: AsyncIterable<Item>,
  ) {
    this.#ended = this.#run(engine, options, prepare, items);
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

  /** What the run waits for at this moment, and until when: see `Run.waiting`. */
  waiting(): Waiting | undefined {
    return this.#standstill?.waiting;
  }

  /** Looks at the running batches now: for when a callback says that one has ended. */
  look(): void {
    this.#look();
  }

  /**
   * Begins nothing new, reads the source no further, and resolves when what is under way has ended. What
   * was not begun is sent when the journal is resumed.
   */
  async stop(): Promise<void> {
    this.#stop.abort();
    // What it rejects with is for those who await the run.
    await this.#ended.catch(() => {});
  }

  [Symbol.asyncIterator](): AsyncGenerator<Progress, void> {
    // The iteration throws what the run rejects with; it need not be reported twice.
    this.#ended.catch(() => {});
    return this.#feed[Symbol.asyncIterator]();
  }

  async #run(
    engine: Engine,
    options: SessionOptions,
    prepare: Prepare<RunSettings>,
    items: AsyncIterable<Item>,
  ): Promise<Summary> {
    try {
      await this.#execute(engine, options, prepare, items);
    } catch (error) {
      this.#feed.fail(error);
      throw error;
    }
    this.#feed.end();
    return {
      ...this.#counts,
      problems: this.#problems,
      complete: this.#complete,
      leftDrafts: this.#leftDrafts,
    };
  }

  async #execute(
    engine: Engine,
    options: SessionOptions,
    prepare: Prepare<RunSettings>,
    items: AsyncIterable<Item>,
  ): Promise<void> {
    const { dialect } = engine;
    const { Scheduler, Session } = await loadRun();
    const session = await Session.open(engine, options);
    try {
      const settings = await prepare(session.state);
      const parts = session.begin(settings);
      this.#standstill = parts.standstill;
      this.#look = () => parts.executor.look();
      const stop = (): void => parts.stop.abort('stopped' satisfies SkipReason);
      onAbort(this.#stop.signal, stop);
      const { mode, ordered } = settings;
      const size = (dialect.limits.actions[mode] ?? 1) * chunkBatches;
      const scheduler = new Scheduler(dialect, parts, (event) => this.#take(event));
      const known = (action: AnyAction): boolean => scheduler.knows(action);
      const chunks = chunksOf(items, { dialect, mode, ordered, known, size });
      await scheduler.run(this.#read(chunks, parts.stop.signal));
      if (this.#complete) await parts.state.complete();
      this.#leftDrafts = await parts.executor.cleanUp();
    } finally {
      this.#standstill = undefined;
      await session.close();
    }
  }

  async *#read(chunks: AsyncGenerator<Chunk>, stop: AbortSignal): AsyncGenerator<Chunk> {
    const stopped = aborted(stop);
    try {
      while (!stop.aborted) {
        // A source that has nothing for now may have nothing for hours.
        const next = await Promise.race([chunks.next(), stopped]);
        if (!next) return;
        if (next.done) {
          this.#complete = true;
          return;
        }
        this.#total += next.value.actions.length;
        yield next.value;
        await Promise.race([this.#feed.drained(mostUnread), stopped]);
      }
    } finally {
      // It ends when the source does; it is not waited for.
      chunks.return(undefined).catch(() => {});
    }
  }

  #take(event: BatchEvent): void {
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
