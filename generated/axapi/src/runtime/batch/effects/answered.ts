// @ts-nocheck
/** What reading a path gave. */
export type Answered =
  | {
      readonly value: unknown;
      /** Whether there are further pages. */
      readonly isPart?: boolean | undefined;
      /** Reads the next page, where it is known how. */
      readonly next?: (() => Promise<Answered>) | undefined;
    }
  | { readonly missing: true }
  | { readonly why: string };

/** Reads a path, within the rate of the API. */
export type ReadPath = (path: string) => Promise<Answered>;
