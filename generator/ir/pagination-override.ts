import type { PageEnding } from './paging.ts';

/** The names of members that lead to a value, from the outside in. */
export type Path = readonly string[];

/** A parameter's name, or the way to a member of the body. */
export type ConfiguredParam = string | Path;

export interface ConfiguredNumbers extends PageEnding {
  readonly param: ConfiguredParam;
  readonly first?: number | undefined;
  readonly total?: Path | undefined;
  readonly number?: Path | undefined;
}

/** How the next page is found, as a configuration says it. */
export type ConfiguredPaging =
  | { readonly kind: 'link'; readonly direction: 'next' | 'prev' }
  | ({
      readonly kind: 'cursor';
      readonly param: ConfiguredParam;
      /** Where the body holds it, or the name of the header that does. */
      readonly cursor: Path | string;
    } & PageEnding)
  | ({ readonly kind: 'url'; readonly url: Path } & PageEnding)
  | ({ readonly kind: 'lastItem'; readonly param: ConfiguredParam; readonly id: Path } & PageEnding)
  | ({ readonly kind: 'offset' } & ConfiguredNumbers)
  | ({ readonly kind: 'page' } & ConfiguredNumbers);

/** What only a person can know of an operation's pages. */
export interface PaginationOverride {
  /** Which way the listing runs by nature: `prev` where the first page holds the newest. */
  readonly direction?: 'next' | 'prev' | undefined;
  /** Where the items are in the body; `[]` where the body is the list. */
  readonly items?: Path | undefined;
  readonly paging?: ConfiguredPaging | undefined;
}
