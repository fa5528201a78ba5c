import type { AnyAction, Ref } from '../action/types.js';
import type { Located } from '../effects/resources.js';
import type { AfterImage, BeforeImage, RunEntry } from '../journal/journal.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { Outcome } from '../outcome/outcome.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';

/** The options of undoing. */
export interface UndoOptions {
  readonly signal?: AbortSignal | undefined;
  /** Restores also what somebody else has changed since. */
  readonly force?: boolean | undefined;
}

/** A value that is neither what the run wrote nor what was there before. */
export interface ConflictingMember {
  readonly before: unknown;
  readonly wrote: unknown;
  readonly live: unknown;
}

/** A resource that somebody else has changed since the run. */
export interface Conflict {
  readonly path: string;
  readonly why: string;
  readonly members: Readonly<Record<string, ConflictingMember>>;
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
  readonly images: ReadonlyMap<number, BeforeImage>;
  readonly afterImages: ReadonlyMap<number, SeenAfter>;
  readonly leftDrafts: readonly LeftDraft[];
  /** The value that a reference stands for. */
  readonly lookup: (ref: Ref<unknown>) => string | number | boolean | undefined;
}

/** The values that a run may have left in a resource, by path; several where an outcome is unknown. */
export interface WrittenValues {
  readonly paths: readonly string[];
  clear(): void;
  /** A value was set, or may have been. `isSeen`: whether the server was seen to show it so. */
  set(path: string, value: unknown, isSeen: boolean, isCertain: boolean): void;
  /** What was there on the way: an undo that was interrupted may have restored it. */
  passed(path: string, value: unknown): void;
  /** Whether anything is known to have been written at a path. */
  knows(path: string): boolean;
  /** The value that was written last. */
  last(path: string): unknown;
  /** Whether what is there may be what was written. */
  fits(
    path: string,
    live: unknown,
    order: { readonly ordered: readonly string[] | undefined },
  ): boolean;
}

/** What a run has left of a resource. Its members go by their paths. */
export interface FinalState {
  readonly path: string;
  readonly located: Located | undefined;
  /** Whether it was there before the run; undefined where that could not be read. */
  readonly wasThere: boolean | undefined;
  /** Why it could not be read. */
  readonly why: string;
  /** What it showed before the run, as far as the run touched it. */
  readonly before: Map<string, unknown>;
  /** What it showed before the run where the run has not set anything, but may have changed it. */
  readonly beside: Map<string, unknown>;
  readonly written: WrittenValues;
  /** Whether it may be there, and whether it may be gone. */
  mayExist: boolean;
  mayBeGone: boolean;
  /** Whether the run has put another in the place of the one that was there. */
  isRemade: boolean;
  /** Whether the run has destroyed the one that was there. */
  isRenewed: boolean;
  /** Whether the run has seen what it left. */
  isSeen: boolean;
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
  /** Drafts that the run left on the server. */
  readonly leftDrafts: readonly LeftDraft[];
  /** The counts, and a line for each problem. */
  toString(): string;
  /** A line for each action, under a heading. Text that a spreadsheet would take for a formula is quoted. */
  toCsv(): string;
}
