import type { Draft } from '../../test/validators/suite.ts';

/** The tests of a keyword: how many there are, and how many are answered as the suite does. */
export interface Tally {
  readonly agreed: number;
  readonly total: number;
}

/** How a library does at a draft. */
export interface DraftResult {
  /** Of the keywords that were tried. */
  readonly keywords: Readonly<Record<string, Tally>>;
  /** The groups of tests for whose schema there is no validator. */
  readonly failures: readonly string[];
  /** Why not all keywords were tried. */
  readonly unfinished?: string;
}

/** A library of ours, or a peer. */
export interface Column {
  readonly name: string;
  /** That of a peer. */
  readonly version?: string;
  readonly drafts: Readonly<Partial<Record<Draft['folder'], DraftResult>>>;
}

/** The tests of a keyword in a draft, and the groups that no document can hold, by the reason. */
export interface Asked {
  readonly tests: Readonly<Record<string, number>>;
  readonly apart: Readonly<Record<string, number>>;
}

/** What `npm run bench:validators` found. */
export interface Results {
  readonly node: string;
  readonly asked: Readonly<Record<Draft['folder'], Asked>>;
  readonly columns: readonly Column[];
}
