// @ts-nocheck
import type { Items } from '../action/types.js';
import type { DialectBase } from '../protocol/protocol.js';
import { arrange } from './arrange.js';
import { itemsOf, unitsOf } from './items.js';
import { concurrencyFor, isPlan, modeFor, planOf, type PlanOptions } from './plan.js';
import type { Plan, PlannedBatch } from './units.js';

/**
 * Distributes actions over batches. Pure: nothing is sent.
 *
 * @throws PlanError where the actions cannot be planned, with what to do about it.
 */
export function createPlan<const I extends Items>(
  dialect: DialectBase,
  items: I,
  options: PlanOptions = {},
): Plan<I> {
  const { actions, units } = unitsOf(itemsOf(items));
  const mode = modeFor(dialect, actions.length, options.mode);
  const ordered = options.ordered ?? false;
  const concurrency = concurrencyFor(dialect, options.concurrency);
  const packed = arrange(dialect, mode, ordered, { actions, units, first: 0 });
  const batches = packed.map((batch, index): PlannedBatch => ({
    index,
    actions: batch.units.flatMap((unit) => unit.indexes),
    units: batch.units,
    after: batch.after,
    wave: batch.wave,
    bytes: batch.bytes,
  }));
  const facts = { items, actions, batches, mode, ordered, concurrency };
  return planOf(dialect, facts, options);
}

/**
 * The plan that was given, or that of the items.
 *
 * @throws TypeError where the plan has decided otherwise.
 */
export function planFor(dialect: DialectBase, items: Plan | Items, options: PlanOptions): Plan {
  // A plan knows that it is one, so the other is a list or record of items.
  if (!isPlan(items)) return createPlan(dialect, items as Items, options);
  const { mode = 'auto', ordered = items.ordered } = options;
  if ((mode === 'auto' || mode === items.mode) && ordered === items.ordered) return items;
  throw new TypeError(
    'The plan has its mode and order already: give these options to batch.plan().',
  );
}
