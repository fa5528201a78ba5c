// @ts-nocheck
import type { AnyAction, Ref } from '../action/types.js';
import type { AfterImage, BeforeEntry, RunEntry } from '../journal/journal.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { Outcome } from '../outcome/outcome.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { Conflict } from './conflict.js';

/** The options of undoing. */
export interface UndoOptions {
  readonly signal?: AbortSignal | undefined;
  /** Restores also what somebody else has changed since. */
  readonly force?: boolean | undefined;
}

/** Something that is not taken back, and why. */
export interface Left {
  /** The action that did it, by its index in the plan of the run. */
  readonly index: number;
  readonly path: string;
  readonly why: string;
}

/** A plan that takes a run back. */
export interface Undo<
  out I extends readonly AnyAction[] = readonly AnyAction[],
> extends Preview<I> {
  /** What somebody else has changed since the run, and what is therefore left as it is. */
  readonly conflicts: readonly Conflict[];
  /** What cannot be taken back. */
  readonly left: readonly Left[];
}

/** What a resource showed after an action. */
export interface SeenAfter {
  readonly image: AfterImage;
  /** Whether a later process has looked: others may have changed something meanwhile. */
  readonly isLate: boolean;
}

/** A run as its journal has it. */
export interface Recording {
  readonly run: RunEntry;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  /** What there was before each batch, in their order. */
  readonly images: readonly BeforeEntry['images'][];
  readonly afterImages: ReadonlyMap<number, SeenAfter>;
  /** The ids of what was in a collection before something of it was destroyed, by its path. */
  readonly siblings: ReadonlyMap<string, ReadonlySet<string>>;
  readonly leftDrafts: readonly LeftDraft[];
  /** Whether what was left of the run was sent by a retry. */
  readonly isRetried: boolean;
  /** The value that a reference stands for. */
  readonly lookup: (ref: Ref<unknown>) => string | number | boolean | undefined;
}

/** An action that was not applied. */
export interface Problem {
  /** In the plan of the run. */
  readonly index: number;
  readonly operationId: string;
  readonly path: string;
  readonly outcome: Outcome;
}

/** What a journal says of its run. */
export interface JournalReport {
  readonly plan: Plan;
  /** By the index of the action in the plan. */
  readonly outcomes: readonly Outcome[];
  readonly counts: Readonly<Record<Outcome['status'], number>>;
  /** The actions that were not applied. */
  readonly problems: readonly Problem[];
  /** The actions that `retry` sends, by their index in the plan. */
  readonly retryable: readonly number[];
  /** Whether a retry has sent them. */
  readonly isRetried: boolean;
  /** Drafts that the run left on the server. */
  readonly leftDrafts: readonly LeftDraft[];
  /** The counts, and a line for each problem. */
  toString(): string;
  /** A line for each action, under a heading. Text that a spreadsheet would take for a formula is quoted. */
  toCsv(): string;
}
