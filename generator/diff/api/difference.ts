import type { Severity } from '../finding.ts';

/** A difference between two APIs, before it has a fingerprint and lines. */
export interface ApiDifference {
  readonly rule: string;
  readonly severity: Severity;
  /** What happened, to stand after the place. */
  readonly text: string;
  readonly place: readonly string[];
  readonly operation?: string | undefined;
  /** JSON pointers into the two documents. */
  readonly old?: string | undefined;
  readonly new?: string | undefined;
}
