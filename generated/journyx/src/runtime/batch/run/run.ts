// @ts-nocheck
import { details, type Items } from '../action/types.js';
import type { SkipReason } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import { ActionFailure, type Outcome, type Outcomes, type Values } from '../outcome/outcome.js';
import { shapeLike } from '../plan/items.js';
import { chunkOf, type Plan } from '../plan/units.js';
import type { Waiting } from '../pace/standstill.js';
import type { Reports } from '../protocol/protocol.js';
import type { RunParts } from './executor.js';
import type { Guard, Held, KeepOptions } from './guard.js';
import type { GuardMaker } from './guard-maker.js';
import { type BatchEvent, Feed, idleOf, type Progress, progressOf } from './progress.js';
import type { Scheduler } from './scheduler.js';
import type { Engine, Prepare, PreparedRun, Session, SessionOptions } from './session.js';

/** Loads what a run needs once it has begun: plans and calls do without. */
export async function loadRun(): Promise<{
  readonly Scheduler: typeof Scheduler;
  readonly Session: typeof Session;
}> {
  const [scheduler, session] = await Promise.all([
    import('./scheduler.js'),
    import('./session.js'),
  ]);
  return { ...scheduler, ...session };
}

/** What a run is made of. */
export interface RunPlan {
  readonly engine: Engine;
  readonly options: SessionOptions;
  readonly prepare: Prepare<PreparedRun>;
  readonly inspect: Inspect;
  /** Absent where nothing can watch over runs. */
  readonly guard?: GuardMaker | undefined;
}

/** Looks at what was applied, before the outcomes are given out. */
export type Inspect = (plan: Plan, outcomes: Outcome[]) => Promise<void>;

/**
 * A run that is under way. `await` it for the outcomes, iterate it for the progress, or both.
 *
 * It rejects only for what concerns the whole run: a journal that cannot be used, or a plan that is not
 * the journal's. Whatever happens to an action is its outcome.
 */
export class Run<I extends Items, R extends Reports>
  implements PromiseLike<Outcomes<I, R>>, AsyncIterable<Progress>
{
  readonly #feed = new Feed<Progress>(() =>
    idleOf(this.waiting(), () => ({
      done: this.#done,
      total: this.#plan!.actions.length,
      remaining: this.#remaining(),
    })),
  );
  readonly #outcomes: Outcome[] = [];
  readonly #ended: Promise<Plan>;
  #plan: Plan | undefined;
  #parts: RunParts | undefined;
  #done = 0;
  #guard: Guard | undefined;
  #isStopped = false;
  #held: Promise<Held> | undefined;
  #leftDrafts: readonly LeftDraft[] = [];
  #hasEnded = false;

  constructor(run: RunPlan) {
    this.#ended = this.#run(run);
  }

  /** What became of each action, in the shape in which the actions were given. */
  async outcomes(): Promise<Outcomes<I, R>> {
    const plan = await this.#ended;
    // There is one outcome for each action of the plan, whose items have type I.
    return shapeLike(plan.items, this.#outcomes) as Outcomes<I, R>;
  }

  /**
   * The values of the applied actions, in the shape in which the actions were given.
   *
   * @throws ActionFailure for the first action that failed; where none did, for the first that was not
   * applied.
   */
  async values(): Promise<Values<I, R>> {
    const plan = await this.#ended;
    const failed = this.#outcomes.findIndex(({ status }) => status === 'failed');
    const values = this.#outcomes.map((outcome, index) => {
      if (outcome.status === 'applied') return outcome.value;
      const cause = failed === -1 ? index : failed;
      const { operationId } = plan.actions[cause]![details];
      // One that was applied is not the cause.
      throw new ActionFailure(
        operationId,
        cause,
        this.#outcomes[cause] as ActionFailure['outcome'],
      );
    });
    // As above.
    return shapeLike(plan.items, values) as Values<I, R>;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- awaiting it is what it is made for
  then<Done = Outcomes<I, R>, Failed = never>(
    done?: ((outcomes: Outcomes<I, R>) => Done | PromiseLike<Done>) | null,
    failed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.outcomes().then(done, failed);
  }

  catch<Failed>(
    failed: (error: unknown) => Failed | PromiseLike<Failed>,
  ): Promise<Outcomes<I, R> | Failed> {
    return this.outcomes().catch(failed);
  }

  finally(ended: () => void): Promise<Outcomes<I, R>> {
    return this.outcomes().finally(ended);
  }

  /**
   * Drafts that the run leaves on the server, for somebody to look at: those that could not be thrown away, and
   * those that cannot be proved to be ours.
   */
  async leftDrafts(): Promise<readonly LeftDraft[]> {
    await this.#ended;
    return this.#leftDrafts;
  }

  /** What the run waits for at this moment, and until when: for a display of progress while nothing moves. */
  waiting(): Waiting | undefined {
    return this.#hasEnded ? undefined : this.#parts?.standstill.waiting;
  }

  /** Looks at the running batches now: for when a callback says that one has ended. */
  look(): void {
    this.#parts?.executor.look();
  }

  /**
   * Begins nothing new, and resolves when what is under way has ended: for a signal that asks the process
   * to end. What was not begun is `skipped`, and is sent when the journal is resumed.
   */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#parts?.stop.abort('stopped' satisfies SkipReason);
    // What it rejects with is for those who await the run.
    await this.#ended.catch(() => {});
  }

  /**
   * Says that the changes of a run with `confirmWithin` stay; with another `confirmWithin`, that they
   * stay for so much longer.
   *
   * @throws JournalError where they are undone already.
   */
  async keep(options: KeepOptions = {}): Promise<void> {
    await this.#ended;
    await this.#guard?.keep(options);
  }

  /** Whether the changes stay: known when a run with `confirmWithin` is kept, or is undone. */
  async held(): Promise<Held> {
    await this.#ended;
    return (await this.#held) ?? 'kept';
  }

  /** What happens from now on. */
  [Symbol.asyncIterator](): AsyncGenerator<Progress, void> {
    // The iteration throws what the run rejects with; it need not be reported twice.
    this.#ended.catch(() => {});
    return this.#feed[Symbol.asyncIterator]();
  }

  async #run({ engine, options, prepare, inspect, guard }: RunPlan): Promise<Plan> {
    try {
      const plan = await this.#execute(engine, options, prepare, guard);
      this.#held = this.#guard?.hold();
      // It is for `held` to say.
      this.#held?.catch(() => {});
      await inspect(plan, this.#outcomes);
      this.#feed.end();
      return plan;
    } catch (error) {
      this.#feed.fail(error);
      throw error;
    }
  }

  async #execute(
    engine: Engine,
    options: SessionOptions,
    prepare: Prepare<PreparedRun>,
    makeGuard: GuardMaker | undefined,
  ): Promise<Plan> {
    const { Scheduler, Session } = await loadRun();
    const session = await Session.open(engine, options);
    try {
      const { plan, settings, complete } = await prepare(session.state);
      const parts = session.begin(settings);
      this.#plan = plan;
      this.#parts = parts;
      if (this.#isStopped) parts.stop.abort('stopped' satisfies SkipReason);
      const { state } = session;
      const { journal, signal } = options;
      const guard = await makeGuard?.({ plan, settings, state, journal, signal });
      this.#guard = guard;
      const report = (event: BatchEvent): void => this.#take(event);
      const scheduler = new Scheduler(engine.dialect, parts, report, guard);
      await scheduler.run(chunkOf(plan, complete));
      this.#leftDrafts = await parts.executor.cleanUp();
      await guard?.end();
      return plan;
    } finally {
      this.#hasEnded = true;
      await session.close();
    }
  }

  #take(event: BatchEvent): void {
    const settled = event.kind === 'settled' ? event.outcomes : [];
    for (const [index, outcome] of settled) this.#outcomes[index] = outcome;
    this.#done += settled.length;
    this.#feed.push(progressOf(event, this.#done, this.#plan!.actions.length, this.#remaining()));
  }

  #remaining(): number | undefined {
    const { batches, actions, estimate } = this.#plan!;
    const { settings, durations } = this.#parts!;
    const left = Math.ceil(batches.length * (1 - this.#done / actions.length));
    return Math.ceil(left / settings.concurrency) * (durations.mean ?? estimate.batchMs);
  }
}
