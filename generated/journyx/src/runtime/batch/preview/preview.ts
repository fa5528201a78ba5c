import { type AnyAction, details, type Item, type Items, target } from '../action/types.js';
import { isGroup, membersOf, atomic } from '../action/group.js';
import type { DialectBase, EffectFacts } from '../protocol/protocol.js';
import { LiveState, type ReadPath } from '../effects/live-state.js';
import { Projection, wantsOf } from '../effects/projection.js';
import { ResourceIndex } from '../effects/resources.js';
import { countReversals, type ReversalCounts, reversalOf } from '../effects/reversal.js';
import { type Touch, touchOf } from '../effects/touch.js';
import { extendPlan } from '../plan/plan.js';
import { createPlan } from '../plan/create-plan.js';
import { itemsOf } from '../plan/items.js';
import type { Plan } from '../plan/units.js';
import { describeSteps } from './describe-steps.js';
import { effectOn, type Step } from './step.js';

/** A plan with what each of its actions will do, compared with what is there now. */
export interface Preview<out I extends Items = Items> extends Plan<I> {
  /** What each action will do, by its index in the plan. */
  readonly steps: readonly Step[];
  /** How many actions can be taken back, and how far. */
  readonly reversals: ReversalCounts;
  /** Requests that were made to find out. */
  readonly reads: number;
  /** The plan without the actions that change nothing. */
  readonly changes: Plan<readonly Item[]>;
  /** How many actions `changes` leaves out. */
  readonly dropped: number;
}

/** What a preview is made with. */
export interface PreviewSetting {
  readonly dialect: DialectBase;
  readonly facts: EffectFacts;
  readonly read: ReadPath;
  readonly scope: Readonly<Record<string, string>>;
}

/** Reads what a plan touches, and says what each action will do. */
export async function createPreview<I extends Items>(
  setting: PreviewSetting,
  plan: Plan<I>,
): Promise<Preview<I>> {
  const { dialect } = setting;
  const { steps, reads } = await stepsOf(setting, plan);
  const idle = new Set(
    steps.filter(({ kind }) => kind === 'same').map(({ index }) => plan.actions[index]!),
  );
  const kept = withoutIdle(plan, idle);
  const { mode, ordered, concurrency } = plan;
  const changes = createPlan(dialect, kept, { mode, ordered, concurrency });
  const dropped = plan.actions.length - changes.actions.length;
  const reversals = countReversals(steps);
  const facts = { steps, reversals, reads, changes, dropped };
  return extendPlan(plan, {
    ...facts,
    toString: () => describeSteps(plan, facts),
    toJSON: () => ({
      ...plan.toJSON(),
      steps,
      reversals,
      dropped,
    }),
  });
}

/** Whether a plan knows what it will do. */
export function isPreview(plan: Plan): plan is Preview {
  return 'steps' in plan;
}

/** What each action will do, in the order in which they are executed. */
export async function stepsOf(
  { facts, read, scope }: PreviewSetting,
  plan: Plan,
): Promise<{ readonly steps: readonly Step[]; readonly reads: number }> {
  const index = new ResourceIndex(facts.resources);
  const touches = touchesOf(index, plan);
  const live = new LiveState(read, index, scope);
  await live.load(wantsOf(touches, facts.verbs));
  const projection = new Projection(live);
  const steps: Step[] = [];
  for (const touch of touches) {
    const look = projection.at(touch.path);
    const { index: at, operationId, path } = touch;
    const effect = effectOn(touch, look, facts.verbs);
    const reversal = reversalOf(touch, look, facts.verbs);
    steps[at] = { ...effect, index: at, operationId, path, reversal };
    projection.apply(touch, facts.verbs);
  }
  return { steps, reads: live.reads };
}

/** Batches have a lower index than those that follow them. */
function touchesOf(index: ResourceIndex, { actions, batches }: Plan): readonly Touch[] {
  const indexes = new Map(actions.map((action, place) => [action, place]));
  const nothing = (): undefined => undefined;
  return batches
    .flatMap((batch) => batch.actions)
    .map((place) =>
      touchOf(index, actions[place]!, place, nothing, (action) => indexes.get(action)),
    );
}

/** The items without actions that do nothing. What another refers to stays. */
function withoutIdle({ items, actions }: Plan, idle: ReadonlySet<AnyAction>): readonly Item[] {
  const needed = new Set(
    actions.flatMap((action) => action[details].refs.map((ref) => ref[target].action)),
  );
  const isKept = (action: AnyAction): boolean => !idle.has(action) || needed.has(action);
  return itemsOf(items).flatMap((item): readonly Item[] => {
    if (!isGroup(item)) return isKept(item) ? [item] : [];
    const members = membersOf(item).filter(isKept);
    return members.length === 0 ? [] : [atomic(members, item.name)];
  });
}
