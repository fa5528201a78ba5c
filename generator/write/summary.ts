export interface WriteOptions {
  /** Writes nothing; a difference is an error. */
  readonly check?: boolean | undefined;
  /** Overwrites what the generator did not write, and what was edited since it did. */
  readonly force?: boolean | undefined;
}

/** What the record of an output holds besides its files. */
export interface RecordedFacts {
  /** Where credentials would go besides the API's own host, sorted. */
  readonly hosts?: readonly string[] | undefined;
}

/** What became of each file; with `check`, or where an error prevented it, what would have. */
export interface WriteSummary {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** No longer emitted. */
  readonly removed: readonly string[];
  /** No longer emitted, but edited by hand, and therefore left alone. */
  readonly kept: readonly string[];
}
