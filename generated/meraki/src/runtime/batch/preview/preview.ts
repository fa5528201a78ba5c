// @ts-nocheck
import { atomic, isGroup, membersOf } from '../action/group.js';
import { type AnyAction, details, type Item, type Items, target } from '../action/types.js';
import type { Members } from '../effects/leaves.js';
import { countReversals } from '../effects/reversal.js';
import type { EffectSetting } from '../effects/types.js';
import { createPlan } from '../plan/create-plan.js';
import { itemsOf } from '../plan/items.js';
import { extendPlan, shownBy } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import { describeSteps } from './describe-steps.js';
import { stepsOf } from './steps.js';
import type { Change, Preview, Step } from './types.js';

/** Reads what a plan touches, and says what each action will do. */
export async function createPreview<I extends Items>(
  setting: EffectSetting,
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
    toString: () => describeSteps(plan, { ...facts, steps: steps.map(shownIn(plan)) }),
    toJSON: () => ({
      ...plan.toJSON(),
      steps: steps.map(shownIn(plan)),
      reversals,
      dropped,
    }),
  });
}

/** A step without the secrets that it sets or destroys. */
function shownIn(plan: Plan): (step: Step) => Step {
  const shown = (members: Members): Members => shownBy(plan, members);
  return (step) => {
    switch (step.kind) {
      case 'create':
        return { ...step, members: shown(step.members) };
      case 'destroy':
        return { ...step, lost: shown(step.lost) };
      case 'change': {
        const pick = (side: 'old' | 'new'): Members =>
          shown(
            Object.fromEntries(
              Object.entries(step.members).map(([name, change]) => [name, change[side]]),
            ),
          );
        const [olds, news] = [pick('old'), pick('new')];
        const members = Object.keys(step.members).map((name): [string, Change] => [
          name,
          { old: olds[name], new: news[name] },
        ]);
        return { ...step, members: Object.fromEntries(members) };
      }
      case 'same':
      case 'unreadable':
        return step;
    }
  };
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
