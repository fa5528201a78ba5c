/** What a change can break: the requests on the wire, the code that compiles against the client, its batches and pages. */
export type Axis = 'wire' | 'types' | 'batches';

export const axes: readonly Axis[] = ['wire', 'types', 'batches'];

/** `breaking` breaks a client that was right before; `docs` changes nothing but what people read. */
export type Severity = 'breaking' | 'warning' | 'info' | 'docs';

/** From the worst to the mildest. */
export const severities: readonly Severity[] = ['breaking', 'warning', 'info', 'docs'];

/** Where something is written in one of the two documents. */
export interface Place {
  /** RFC 6901, into the document as its author wrote it. */
  readonly pointer: string;
  /** 1-based. */
  readonly line: number;
}

/** One difference between two documents. */
export interface Finding {
  /** Stable identifier, a row of `docs/diff-rules.md`, for example `request-property-removed`. */
  readonly rule: string;
  readonly axis: Axis;
  readonly severity: Severity;
  readonly message: string;
  /** The operationId, or method and path where the operation has none. */
  readonly operation?: string;
  readonly old?: Place;
  readonly new?: Place;
  /** The same in every later run, also after the documents were restructured without a change of meaning. */
  readonly fingerprint: string;
}

/** How much a severity weighs: 0 is the worst. */
export function weight(severity: Severity): number {
  return severities.indexOf(severity);
}
