// @ts-nocheck
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
