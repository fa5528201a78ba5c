// @ts-nocheck
/** What a look at the server found after an action was applied. */
export type Verification =
  | { readonly state: 'same' }
  | { readonly state: 'different'; readonly differences: readonly Difference[] }
  /** The resource cannot be read back, or reading it failed. */
  | { readonly state: 'unverified'; readonly reason: string };

/** A value on the server that is not the one that was sent. */
export interface Difference {
  /** JSON pointer (RFC 6901) into the action's body. */
  readonly pointer: string;
  readonly intended: unknown;
  readonly actual: unknown;
}
