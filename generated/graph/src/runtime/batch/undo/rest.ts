// @ts-nocheck
import { segment } from '../../params/path.js';
import { action, addition } from '../action/action.js';
import { atomic } from '../action/group.js';
import { isPathTemplate, templateOf } from '../action/path.js';
import {
  type AnyAction,
  details,
  isRef,
  type Item,
  type Json,
  type PathTemplate,
  type Ref,
  target,
} from '../action/types.js';
import { effectOf, label, substitute } from '../action/wire.js';
import { untyped, type Wire } from '../journal/restore-plan.js';
import { Footprint } from '../plan/path-order.js';
import type { Recording } from './types.js';

/** What is left of a run. */
export interface Rest {
  /** By the index in its plan of the action, or of the first of a group. */
  readonly items: Readonly<Record<string, Item>>;
  /** The indexes of all its actions, in order. */
  readonly indexes: readonly number[];
}

/** What a retry sends: what failed, was rolled back or was skipped, and touches nothing unknown. */
export function restOf({
  plan,
  outcomes,
  lookup,
}: Pick<Recording, 'plan' | 'outcomes' | 'lookup'>): Rest {
  const unclear = new Footprint();
  const touched = (one: AnyAction): string =>
    effectOf(one, (ref) => lookup(ref) ?? label(ref)).path;
  for (const [index, { status }] of outcomes.entries()) {
    if (status !== 'unknown') continue;
    unclear.add(touched(plan.actions[index]!), index, false);
  }
  const made = new Map<AnyAction, AnyAction>();
  const valueOf = (ref: Ref<unknown>): unknown => {
    const { action: of, field } = ref[target];
    const again = made.get(of);
    return again ? untyped(again, field) : lookup(ref);
  };
  const items: [string, Item][] = [];
  const indexes: number[] = [];
  // What is referred to is in an earlier batch.
  for (const unit of plan.batches.flatMap(({ units }) => units)) {
    const actions = unit.indexes.map((index) => plan.actions[index]!);
    const isLeft = unit.indexes.every((index) => isRest(outcomes[index]!.status));
    const isKnown = actions.every((one) =>
      one[details].refs.every((ref) => valueOf(ref) !== undefined),
    );
    if (!isLeft || !isKnown) continue;
    if (!unclear.isEmpty && actions.some((one) => unclear.first(touched(one)) !== undefined))
      continue;
    const again = actions.map((one) => copyOf(one, valueOf));
    for (const [place, one] of actions.entries()) made.set(one, again[place]!);
    indexes.push(...unit.indexes);
    const [first] = again;
    items.push([String(unit.indexes[0]), unit.group || !first ? atomic(again, unit.name) : first]);
  }
  indexes.sort((a, b) => a - b);
  return { items: Object.fromEntries(items), indexes };
}

function isRest(status: Recording['outcomes'][number]['status']): boolean {
  return status === 'failed' || status === 'rolledBack' || status === 'skipped';
}

/** An action whose references have values, or stand for what is sent again as well. */
function copyOf(one: AnyAction, valueOf: (ref: Ref<unknown>) => unknown): AnyAction {
  const { [details]: known, ...members } = one;
  const filled = (template: PathTemplate): PathTemplate =>
    templateOf(template.parts().map((part) => (isRef(part) ? pieceOf(valueOf(part)) : part)));
  const wire = Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const template = Object.hasOwn(known.templates, name) ? known.templates[name] : undefined;
      return [name, template ? filled(template) : substitute(value as Json, valueOf)];
    }),
    // The members are those of the action.
  ) as unknown as Wire;
  const { adds, operationId } = known;
  if (!adds) return action(operationId, wire);
  const at = isPathTemplate(adds.at) ? filled(adds.at) : adds.at;
  return addition(operationId, { ...wire, ...(at !== undefined && { at }) });
}

function pieceOf(value: unknown): string | Ref<unknown> {
  return isRef(value) ? value : segment(String(value), 'reference');
}
