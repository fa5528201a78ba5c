// @ts-nocheck
import type { Located } from '../effects/resources.js';

/** The values that a run may have left in a resource, by path; several where an outcome is unknown. */
export interface WrittenValues extends LeftValues {
  clear(): void;
  /** A value was set, or may have been. `isSeen`: whether the server was seen to show it so. */
  set(path: string, value: unknown, isSeen: boolean, isCertain: boolean): void;
  /** What was there on the way: an undo that was interrupted may have restored it. */
  passed(path: string, value: unknown): void;
}

/** The same, for comparing. */
export interface LeftValues {
  readonly paths: readonly string[];
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

/** That a resource went with one that it lay in. */
export interface Lost {
  /** The path of that one. */
  readonly parent: string;
  readonly isCertain: boolean;
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
  /** The paths that the run itself has set, in what is there now. */
  readonly sent: Set<string>;
  /** Whether it may be there, and whether it may be gone. */
  mayExist: boolean;
  mayBeGone: boolean;
  /** Whether the run has put another in the place of the one that was there. */
  isRemade: boolean;
  /** Whether the run has destroyed the one that was there. */
  isRenewed: boolean;
  /** Whether the run has changed the one that was there, if only to destroy it then. */
  isChanged: boolean;
  /** Whether the run has seen what it left. */
  isSeen: boolean;
  /** What the run has destroyed it with, while it was the one that was there. */
  lost: Lost | undefined;
}

/** The same, for comparing it with what is there. */
export type ComparedState = Omit<FinalState, 'written'> & { readonly written: LeftValues };
