// @ts-nocheck
import { memberAt } from '../action/members.js';
import { type AnyAction, target } from '../action/types.js';
import { type Journal, type JournalEntry, JournalError } from '../journal/journal.js';
import { type BatchResult, notSent } from '../outcome/batch-result.js';
import type { BatchOutcomes, Outcome, SentBatch } from '../outcome/outcome.js';
import type { Plan } from '../plan/units.js';
import type { BatchExecutor, RunContext } from '../run/executor.js';
import { Run } from '../run/run.js';
import type { Engine } from '../run/session.js';
import { resumedRun } from '../run/start.js';
import type { Task } from '../run/task.js';
import { afterImagesIn, imagesIn, siblingsIn } from './before-images.js';
import type { Recording } from './types.js';

/**
 * What a journal says of a run: nothing is sent.
 *
 * @throws JournalError where it holds no run, or not all of its plan.
 */
export async function replay(engine: Engine, entries: readonly JournalEntry[]): Promise<Recording> {
  const [run] = entries;
  if (run?.type !== 'run') {
    throw new JournalError('empty', 'The journal is empty: there is nothing to undo.');
  }
  let plan: Plan | undefined;
  const prepare = resumedRun(engine, undefined, {});
  const replayed = new Run({
    engine: {
      ...engine,
      executor: async () => {
        const executor = await engine.executor();
        return (context) => new Replayer(executor(context), context);
      },
    },
    options: { journal: readOnly(entries) },
    prepare: async (state) => {
      const prepared = await prepare(state);
      plan = prepared.plan;
      return prepared;
    },
    inspect: () => Promise.resolve(),
  });
  // Without the plan's own shape, outcomes come in a list; groups are lists in it.
  const nested = (await replayed.outcomes()) as readonly (Outcome | readonly Outcome[])[];
  const outcomes = inOrder(plan!, nested);
  const places = new Map(plan!.actions.map((action, index) => [action, index]));
  const { within = [] } = engine.dialect.references;
  return {
    run,
    plan: plan!,
    outcomes,
    images: imagesIn(entries),
    siblings: siblingsIn(entries),
    leftDrafts:
      entries.flatMap((entry) => (entry.type === 'left' ? [entry.drafts] : [])).at(-1) ?? [],
    isRetried: entries.some(({ type }) => type === 'retried'),
    afterImages: afterImagesIn(entries),
    lookup: ({ [target]: { action, field } }) => {
      const outcome = outcomes[places.get(action) ?? -1];
      if (outcome?.status !== 'applied') return undefined;
      const value = memberAt(outcome.value, [...within, field]);
      return typeof value === 'string' || typeof value === 'number' ? value : undefined;
    },
  };
}

/** Items of a restored plan come in the order of their actions. */
function inOrder(
  { actions }: { readonly actions: readonly AnyAction[] },
  nested: readonly (Outcome | readonly Outcome[])[],
): readonly Outcome[] {
  const flat = nested.flat();
  return actions.map((_, index) => flat[index]!);
}

function readOnly(entries: readonly JournalEntry[]): Journal {
  return {
    open: () =>
      Promise.resolve(entries.filter(({ type }) => type !== 'undo' && type !== 'retried')),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** Gives what the journal says of each batch, and sends nothing. */
class Replayer implements BatchExecutor {
  readonly #executor: BatchExecutor;
  readonly #context: RunContext;

  constructor(executor: BatchExecutor, context: RunContext) {
    this.#executor = executor;
    this.#context = context;
  }

  execute(task: Task): Promise<BatchResult> {
    const attempt = this.#context.state.attempt(task.batch, task.attempt);
    const { result, results, sent, confirming, id } = attempt;
    if (result) return Promise.resolve(result);
    if (sent.size > 0 || results.size > 0) {
      const places = task.actions.map((_, place) => place);
      return Promise.resolve({
        kind: 'answered',
        results: places.map(
          (place) =>
            results.get(place) ??
            (sent.has(place)
              ? { kind: 'unknown', reason: 'aborted', message: 'the run has ended before' }
              : { kind: 'skipped', reason: 'aborted' }),
        ),
      });
    }
    return Promise.resolve(
      confirming
        ? { kind: 'unknown', reason: 'aborted', batchId: id, message: 'the run has ended before' }
        : notSent('aborted'),
    );
  }

  outcomesOf(sentBatch: SentBatch, result: BatchResult): BatchOutcomes {
    return this.#executor.outcomesOf(sentBatch, result);
  }

  countOthers(): Promise<void> {
    return Promise.resolve();
  }

  look(): void {
    // Nothing runs.
  }

  cleanUp(): Promise<readonly []> {
    return Promise.resolve([]);
  }
}
