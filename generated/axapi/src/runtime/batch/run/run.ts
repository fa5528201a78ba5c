import { details } from '../action/action.js';
import { Execution, type Event } from './scheduler.js';
import type { Items } from '../action/group.js';
import { launch, type Environment, type LaunchOptions, type Machine } from './session.js';
import type { Conditions } from './executor.js';
import type { Log } from '../journal/run-state.js';
import {
  ActionFailure,
  type Outcome,
  type Outcomes,
  type Reports,
  type Values,
} from '../outcome/outcome.js';
import type { Plan } from '../plan/plan.js';
import { Feed, type Progress } from './progress.js';
import { planned } from '../plan/chunks.js';
import { shapeLike } from '../plan/units.js';

/** What a run is made of. */
export interface RunSetting {
  readonly environment: Environment;
  readonly options: LaunchOptions;
  /** Gives the plan and the conditions, once the journal is open. */
  readonly prepare: (log: Log) => Promise<Prepared>;
  readonly inspect: Inspect;
}

/** Looks at what was applied, before the outcomes are given out. */
export type Inspect = (plan: Plan, outcomes: Outcome[]) => Promise<void>;

export interface Prepared {
  readonly plan: Plan;
  readonly conditions: Conditions;
  /** Whether no batch is missing from the plan. */
  readonly complete: boolean;
}

/**
 * A run that is under way. `await` it for the outcomes, iterate it for the progress, or both.
 *
 * It rejects only for what concerns the whole run: a journal that cannot be used, or a plan that is not
 * the journal's. Whatever happens to an action is its outcome.
 */
export class Run<I extends Items, R extends Reports>
  implements PromiseLike<Outcomes<I, R>>, AsyncIterable<Progress>
{
  readonly #feed = new Feed<Progress>();
  readonly #outcomes: Outcome[] = [];
  readonly #ended: Promise<Plan>;
  #plan: Plan | undefined;
  #machine: Machine | undefined;
  #done = 0;

  constructor(setting: RunSetting) {
    this.#ended = this.#launch(setting);
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

  /** Looks at the running batches now: for when a callback says that one has ended. */
  look(): void {
    this.#machine?.lifecycle.look();
  }

  /** What happens from now on. */
  [Symbol.asyncIterator](): AsyncGenerator<Progress, void> {
    // The iteration throws what the run rejects with; nobody need hear of it twice.
    this.#ended.catch(() => {});
    return this.#feed[Symbol.asyncIterator]();
  }

  async #launch({ environment, options, prepare, inspect }: RunSetting): Promise<Plan> {
    let prepared: Prepared | undefined;
    try {
      await launch(
        environment,
        options,
        async (log) => {
          prepared = await prepare(log);
          return prepared.conditions;
        },
        async (machine) => {
          const { plan, complete } = prepared!;
          this.#plan = plan;
          this.#machine = machine;
          const execution = new Execution(environment.dialect, machine, (event) =>
            this.#take(event),
          );
          await execution.run(planned(plan, complete));
          await machine.lifecycle.tidy();
        },
      );
      const plan = prepared!.plan;
      await inspect(plan, this.#outcomes);
      this.#feed.end();
      return plan;
    } catch (error) {
      this.#feed.fail(error);
      throw error;
    }
  }

  #take(event: Event): void {
    const settled = event.kind === 'settled' ? event.outcomes : [];
    for (const [index, outcome] of settled) this.#outcomes[index] = outcome;
    this.#done += settled.length;
    this.#feed.push(progressOf(event, this.#done, this.#plan!.actions.length, this.#remaining()));
  }

  #remaining(): number | undefined {
    const { batches, actions, estimate } = this.#plan!;
    const { conditions, durations } = this.#machine!;
    const left = Math.ceil(batches.length * (1 - this.#done / actions.length));
    return Math.ceil(left / conditions.concurrency) * (durations.mean ?? estimate.batchMs);
  }
}

/** An event in the words of users. */
export function progressOf(
  event: Event,
  done: number,
  total: number,
  remaining: number | undefined,
): Progress {
  const { batch, batchId } = event;
  if (event.kind === 'started') {
    return { batch, batchId, state: 'running', done, total, remaining, settled: [] };
  }
  return { batch, batchId, state: stateOf(event), done, total, remaining, settled: event.outcomes };
}

function stateOf({ verdict }: Event & { kind: 'settled' }): Progress['state'] {
  switch (verdict) {
    case 'completed':
    case 'failed':
    case 'unknown':
      return verdict;
    case 'answered':
      return 'completed';
    case 'refused':
    case 'tooLarge':
      return 'failed';
    case 'notSent':
    case 'dependency':
      return 'skipped';
  }
}
