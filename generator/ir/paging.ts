/** Where a request says which page it asks for. */
export type PageParam =
  | { readonly in: 'query' | 'header'; readonly name: string }
  | {
      readonly in: 'body';
      readonly path: readonly string[];
      /** Whether the member is a number. */
      readonly numeric: boolean;
    };

/** Where an answer's body says whether the list goes on. */
export interface PageEnding {
  /** A member that is `false` on the last page. */
  readonly more?: readonly string[] | undefined;
  /** A member that is `true` on the last page. */
  readonly last?: readonly string[] | undefined;
}

/** How pages are counted. */
export interface NumberedPaging extends PageEnding {
  readonly param: PageParam;
  /** The first number; absent where the document does not say whether it is 0 or 1. */
  readonly first?: number | undefined;
  /** Where the body says how many there are: of items for an offset, of pages for their number. */
  readonly total?: readonly string[] | undefined;
  /** Where the body says which one it is. */
  readonly number?: readonly string[] | undefined;
  /** Where the body says which one is next; `null` or empty on the last page. */
  readonly next?: readonly string[] | undefined;
}

/** How the next page is found. */
export type Paging =
  | {
      readonly kind: 'link';
      readonly direction: 'next' | 'prev';
      /** Whether a body that is not a list is an item itself. */
      readonly single?: true | undefined;
    }
  | ({
      readonly kind: 'cursor';
      /** Where the body holds it, or the name of the header that does. */
      readonly cursor: readonly string[] | string;
      readonly param: PageParam;
      /** Whether a URL may stand there instead, as the member's name does not tell. */
      readonly orUrl?: true | undefined;
    } & PageEnding)
  | ({ readonly kind: 'url'; readonly url: readonly string[] } & PageEnding)
  | ({
      readonly kind: 'lastItem';
      /** Where an item holds what the next page begins after. */
      readonly id: readonly string[];
      readonly param: PageParam;
    } & PageEnding)
  | ({ readonly kind: 'offset' } & NumberedPaging)
  | ({ readonly kind: 'page' } & NumberedPaging);
