// @ts-nocheck
import { LiveState } from '../effects/live-state.js';
import { Projection, wantsOf } from '../effects/projection.js';
import { ResourceIndex } from '../effects/resources.js';
import { reversalOf } from '../effects/reversal.js';
import { type Touch, touchOf } from '../effects/touch.js';
import type { EffectSetting } from '../effects/types.js';
import type { Plan } from '../plan/units.js';
import { lastingNames } from './lasting-names.js';
import { lostBelow } from './lost-below.js';
import { effectOn } from './step.js';
import type { Step } from './types.js';

/** What each action will do, in the order in which they are executed. */
export async function stepsOf(
  { facts, read, scope }: EffectSetting,
  plan: Plan,
): Promise<{ readonly steps: readonly Step[]; readonly reads: number }> {
  const index = new ResourceIndex(facts);
  const touches = touchesOf(index, plan);
  const live = new LiveState(read, index, scope);
  await live.load(wantsOf(touches, facts.verbs, { rest: false }));
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
  const whys = new Map([...lostBelow(touches), ...lastingNames(steps, touches)]);
  return { steps: steps.map((step) => withoutPromise(step, whys)), reads: live.reads };
}

/** The step without its promise to be undone, where there is a reason. */
function withoutPromise(step: Step, whys: ReadonlyMap<number, string>): Step {
  const why = whys.get(step.index);
  if (why === undefined || step.kind === 'same' || step.reversal.kind === 'irreversible')
    return step;
  return { ...step, reversal: { kind: 'irreversible', why } };
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
