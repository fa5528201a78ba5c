// @ts-nocheck
import { type AnyAction, details, type Items } from '../action/types.js';
import type { Unit } from './unit.js';

/** What cannot be planned, and what to do about it. Nothing was sent. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** The action with an index, in a list whose first has the index `first`. */
export function actionAt(
  { actions, first }: { readonly actions: readonly AnyAction[]; readonly first: number },
  index: number,
): AnyAction {
  const found = actions[index - first];
  if (!found) throw new RangeError(`There is no action ${index}.`);
  return found;
}

/** How a unit shows in an error. */
export function nameOf(
  unit: Unit,
  list: { readonly actions: readonly AnyAction[]; readonly first: number },
): string {
  const [index = 0] = unit.indexes;
  if (unit.name !== undefined) return `the atomic group "${unit.name}"`;
  if (unit.group) return `the atomic group at action ${index}`;
  return `action ${index} (${actionAt(list, index)[details].operationId})`;
}

/** What is laid out: actions whose first has index `first`, and the units that they form. */
export interface PlanInput {
  readonly actions: readonly AnyAction[];
  readonly units: readonly Unit[];
  readonly first: number;
  /** Whether an action that is not among these was planned before. */
  readonly planned?: ((action: AnyAction) => boolean) | undefined;
}

/** How a server executes a batch. */
export type Mode = 'sync' | 'async';

/** Actions that go to the server together. */
export interface PlannedBatch {
  readonly index: number;
  /** Indexes into the plan's actions, in the order in which they are executed. */
  readonly actions: readonly number[];
  /** Single actions, and groups that stay together. */
  readonly units: readonly Unit[];
  /** Batches that must end before this one begins. */
  readonly after: readonly number[];
  /** 0 for what refers to nothing; one more than what it refers to. */
  readonly wave: number;
  readonly bytes: number;
}

/** Batches that become known together. */
export interface Chunk {
  /** Index of its first action. */
  readonly first: number;
  readonly actions: readonly AnyAction[];
  /** Indexes count through all chunks. */
  readonly batches: readonly PlannedBatch[];
  /** Whether it is known that no other comes. */
  readonly last: boolean;
}

/** What is known of a plan before its cost is estimated. */
export interface PlanFacts {
  /** The actions, groups opened up, in the order given. */
  readonly actions: readonly AnyAction[];
  readonly batches: readonly PlannedBatch[];
  readonly mode: Mode;
  readonly ordered: boolean;
  readonly concurrency: number;
}

/** What a run will do. `String(plan)` says it to people, `JSON.stringify(plan)` to programs. */
export interface Plan<out I extends Items = Items> extends PlanFacts {
  readonly dialect: string;
  /** What was planned, as it was given. */
  readonly items: I;
  readonly estimate: Estimate;
  toString(): string;
  toJSON(): object;
}

/** What a run will cost. Times are milliseconds. */
export interface Estimate {
  /** Milliseconds a batch is assumed to take. */
  readonly batchMs: number;
  /** The longest chain of batches that wait for one another. */
  readonly chain: number;
  readonly waves: number;
  /** Actions that destroy something. */
  readonly destroys: number;
  /** The least time that any client needs. */
  readonly minimumMs: number;
  /** The least time for the same actions as plain calls, at the rate that the server allows. */
  readonly plainMs: number;
}

/** A plan is one chunk. `last`: whether it is complete. */
export function* chunkOf({ actions, batches }: Plan, last: boolean): Generator<Chunk> {
  yield { first: 0, actions, batches, last };
}
