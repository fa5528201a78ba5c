// @ts-nocheck
import type { Item, Items } from '../action/types.js';
import type { Reversal, ReversalCounts } from '../effects/types.js';
import type { Plan } from '../plan/units.js';

/** A member before and after. */
export interface Change {
  readonly old: unknown;
  readonly new: unknown;
}

/** What an action will do. */
export type Effect =
  | { readonly kind: 'create'; readonly members: Readonly<Record<string, unknown>> }
  | { readonly kind: 'change'; readonly members: Readonly<Record<string, Change>> }
  /** Nothing: it is so already. */
  | { readonly kind: 'same' }
  | { readonly kind: 'destroy'; readonly lost: Readonly<Record<string, unknown>> }
  /** It is known only when it runs. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** An action of a plan, with what it will do and how far that can be taken back. */
export type Step = Effect & {
  /** In the plan. */
  readonly index: number;
  readonly operationId: string;
  /** What it touches. */
  readonly path: string;
  readonly reversal: Reversal;
};

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

/** Whether a plan knows what it will do. */
export function isPreview(plan: Plan): plan is Preview {
  return 'steps' in plan;
}
