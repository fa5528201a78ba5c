import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Outcome, Progress } from '../run/client-batch.js';
import { type Counts, countsOf } from '../run/execute.js';
import type { OldValues } from '../run/old-values.js';
import { ResultsFile } from '../run/results.js';
import type { RunFolder } from '../run/run-folder.js';
import { type Console, say } from '../terminal/console.js';

/** What of a run is followed: batches of the client, or calls one by one. */
export interface FollowedRun {
  readonly progress: AsyncIterable<Pick<Progress, 'settled'>>;
  outcomes(): Promise<readonly Outcome[]>;
  /** Begins nothing new. */
  stop(): Promise<void>;
}

/** A run of this process. */
export interface TrackedRun {
  readonly id: string;
  readonly total: number;
  readonly done: number;
  readonly counts: Counts;
  /** Why it ended before its end. */
  readonly failure: string | undefined;
  readonly hasEnded: boolean;
  /** Settles when the run has ended; it never rejects. */
  readonly ended: Promise<void>;
}

/** Follows the runs of this process to their end, and writes their results as they settle. */
export class RunTracker {
  readonly #bin: string;
  readonly #created: readonly string[] | undefined;
  readonly #console: Console;
  readonly #runs = new Map<string, TrackedRun>();
  readonly #open = new Map<string, FollowedRun & { readonly command: string }>();

  constructor({ bin, batch }: GeneratedApi, console: Console) {
    this.#bin = bin;
    this.#created = batch?.created;
    this.#console = console;
  }

  get(id: string): TrackedRun | undefined {
    return this.#runs.get(id);
  }

  /** Follows a run; without a file its results are counted, and not written. */
  start(
    run: FollowedRun,
    folder: RunFolder,
    total: number,
    file: PlanFile | undefined,
    old?: OldValues,
  ): TrackedRun {
    const { id } = folder;
    const tracked = { id, total, done: 0, counts: {}, failure: undefined, hasEnded: false };
    const state: Mutable<TrackedRun> = { ...tracked, ended: Promise.resolve() };
    this.#runs.set(id, state);
    this.#open.set(id, { ...run, command: file?.calls ? 'bulk' : 'batch' });
    const results = file && new ResultsFile(folder.results, file, old, this.#created);
    state.ended = this.#follow(run, state, results)
      .catch((error: unknown) => {
        state.failure = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        state.hasEnded = true;
        this.#open.delete(id);
      });
    return state;
  }

  /** Ends all runs in order: nothing new begins, and how to take them up is said. */
  async stop(): Promise<void> {
    for (const [id, run] of this.#open) {
      say(this.#console, `Stopping. To go on: ${this.#bin} ${run.command} resume ${id}`);
      await run.stop();
      await this.#runs.get(id)?.ended;
    }
  }

  async #follow(
    run: FollowedRun,
    state: Mutable<TrackedRun>,
    results: ResultsFile | undefined,
  ): Promise<void> {
    const seen: (Outcome | undefined)[] = [];
    try {
      for await (const { settled } of run.progress) {
        for (const [index, outcome] of settled) seen[index] = outcome;
        results?.add(settled);
        const known = seen.filter((outcome) => outcome !== undefined);
        state.done = known.length;
        state.counts = countsOf(known);
      }
      const outcomes = await run.outcomes();
      state.done = outcomes.length;
      state.counts = countsOf(outcomes);
      await results?.finish(outcomes);
    } catch (error) {
      await results?.finish(seen);
      throw error;
    }
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
