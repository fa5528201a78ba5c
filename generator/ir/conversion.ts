/** How JSON of an answer becomes the values that the client has in its place. */
export type Conversion =
  | { readonly kind: 'date' | 'instant' | 'int64' }
  | { readonly kind: 'list'; readonly items: Conversion }
  | {
      readonly kind: 'tuple';
      readonly items: readonly (Conversion | undefined)[];
      readonly rest?: Conversion | undefined;
    }
  | {
      readonly kind: 'members';
      readonly members: readonly (readonly [name: string, of: Conversion])[];
      readonly rest?: Conversion | undefined;
    }
  /** One after the other. */
  | { readonly kind: 'all'; readonly parts: readonly Conversion[] }
  /** By the value of a member. */
  | {
      readonly kind: 'tagged';
      readonly name: string;
      readonly cases: readonly (readonly [value: string, of: Conversion])[];
    }
  /** By the first list of members that are there. */
  | {
      readonly kind: 'fitting';
      readonly cases: readonly (readonly [names: readonly string[], of: Conversion | undefined])[];
    }
  /** That of a declared type. */
  | { readonly kind: 'named'; readonly name: string };

/** What is converted in the answers of an API, and what is written exactly in its requests. */
export interface Conversions {
  /** Of the declared types that hold anything to convert, by name. */
  readonly named: ReadonlyMap<string, Conversion>;
  /** Of each operation by its name, in the order of its responses. */
  readonly answers: ReadonlyMap<string, readonly (Conversion | undefined)[]>;
  /** Of the body of each operation that batches, by its name: batches hold JSON. */
  readonly bodies: ReadonlyMap<string, Conversion>;
  /** The declared types that hold a long integer. */
  readonly long: ReadonlySet<string>;
  /** The operations whose body holds a long integer. */
  readonly longBodies: ReadonlySet<string>;
  /** Where the operations stand that write one as JSON inside of a form or a parameter. */
  readonly longParts: readonly string[];
  /** Whether there is a union of whose members nothing tells which came. */
  readonly isIndistinct: boolean;
}
