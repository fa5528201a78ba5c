/** How values are made. */
export interface SampleOptions {
  /** Another seed makes other values; the same makes the same. */
  readonly seed: string;
  /** Whether what may be null is null. */
  readonly nulls: boolean;
  /** Whether values that the document shows go first. */
  readonly shown: boolean;
}

/** Below it, what may be left out is left out. */
export const DEEP = 4;
/** Below it, what never ends is cut off. */
export const DEEPEST = 40;
