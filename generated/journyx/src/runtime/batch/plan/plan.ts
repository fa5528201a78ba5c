// @ts-nocheck
import type { Items } from '../action/types.js';
import { label, resolve } from '../action/wire.js';
import type { DialectBase } from '../protocol/protocol.js';
import { describe, estimate } from './estimate.js';
import { redact } from './redact.js';
import type { Mode, Plan } from './units.js';

/** A plan that consists of these batches. */
export function planOf<I extends Items>(
  dialect: DialectBase,
  facts: Pick<Plan<I>, 'items' | 'actions' | 'batches' | 'mode' | 'ordered' | 'concurrency'>,
  { batchMs, redact: names }: Pick<PlanOptions, 'batchMs' | 'redact'> = {},
): Plan<I> {
  const { actions, batches, mode, ordered, concurrency } = facts;
  const expected = estimate(dialect, facts, batchMs);
  const secrets = [...(dialect.secretMembers ?? []), ...(names ?? [])];
  const plan: Plan<I> = Object.freeze({
    dialect: dialect.name,
    ...facts,
    estimate: expected,
    toString: () => describe(dialect, facts, expected),
    toJSON: () => ({
      dialect: dialect.name,
      mode,
      ordered,
      concurrency,
      estimate: expected,
      batches: batches.map((batch) => ({
        index: batch.index,
        wave: batch.wave,
        after: batch.after,
        bytes: batch.bytes,
        actions: batch.actions.map((index) => redact(resolve(actions[index]!, label), secrets)),
      })),
    }),
  });
  plans.set(plan, secrets);
  return plan;
}

/** A plan that says more of itself. */
export function extendPlan<P extends Plan, More extends object>(plan: P, more: More): P & More {
  const extended = Object.freeze({ ...plan, ...more });
  plans.set(extended, plans.get(plan) ?? []);
  return extended;
}

/** With the names of further members that bear secrets. */
const plans = new WeakMap<object, readonly string[]>();

/** Members as people may read them: without the secrets that a plan knows of. */
export function shownBy(
  plan: Plan,
  members: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { body } = redact({ body: members }, plans.get(plan)) as { readonly body: typeof members };
  return body;
}

export function isPlan(value: object): value is Plan {
  return plans.has(value);
}

/** The mode that `auto` stands for. */
export function modeFor(
  { limits }: DialectBase,
  count: number | undefined,
  mode: PlanOptions['mode'] = 'auto',
): Mode {
  if (mode !== 'auto') return mode;
  const { sync, async } = limits.actions;
  if (async === undefined) return 'sync';
  return sync !== undefined && count !== undefined && count <= sync ? 'sync' : 'async';
}

/**
 * Batches at a time.
 *
 * @throws RangeError for what is not a positive integer.
 */
export function concurrencyFor({ limits }: DialectBase, wanted: number | undefined): number {
  const asked = wanted ?? limits.concurrent;
  if (!Number.isInteger(asked) || asked < 1) {
    throw new RangeError(`concurrency is ${asked}; it is a positive integer`);
  }
  return Math.min(asked, limits.concurrent);
}

export interface PlanOptions {
  /**
   * `sync`: each batch answers with its result; `async`: larger batches, executed in the server's own
   * time; `auto` (default): `sync` where all actions fit into one such batch.
   */
  readonly mode?: 'auto' | Mode | undefined;
  /** Keeps the order of the whole list, so that batches run one after another. Default false. */
  readonly ordered?: boolean | undefined;
  /** Batches at a time; at most, and by default, what the server allows. */
  readonly concurrency?: number | undefined;
  /** Milliseconds a batch is expected to take, for the estimate. Default: the dialect's guess. */
  readonly batchMs?: number | undefined;
  /** Further names of members that bear secrets, which the plan as JSON does not show. */
  readonly redact?: readonly string[] | undefined;
}
