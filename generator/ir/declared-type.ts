/** A declared type. */
export interface NamedType {
  readonly name: string;
  readonly type: Type;
  readonly doc: Doc;
  /** The values of an enum by name, where the document names them. */
  readonly members?: readonly EnumMember[] | undefined;
}

export interface EnumMember {
  readonly name: string;
  readonly value: string | number;
  readonly description: string;
}

export type Scalar =
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'unknown'
  | 'never'
  /** A `date-time`, as a target asks for it: a `Date`, a `Temporal.Instant`. */
  | 'date'
  | 'instant'
  | 'bigint'
  /** Bytes: what a file upload takes, what a download gives. */
  | 'binary'
  /** Bytes that a body may be besides: in memory, and as they come. */
  | 'buffer'
  | 'stream'
  /** No value: the result of an operation that answers without a body. */
  | 'void';

export type Literal = string | number | boolean | null;

export interface Property {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  readonly doc: Doc;
}

/**
 * What a schema says of its values that their type cannot: for comments and validators. Each holds
 * by itself, so that one may be left out. Types that differ in nothing else are equal.
 */
export interface Constraints {
  /** Whether a number has no fraction. */
  readonly integer?: true | undefined;
  readonly format?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
  readonly multipleOf?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** A regular expression of ECMA-262, as the document has it: it may be no valid one. */
  readonly pattern?: string | undefined;
  readonly contentMediaType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: true | undefined;
  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
}

interface Constrained {
  readonly constraints?: Constraints | undefined;
}

/** A TypeScript type, before its text. */
export type Type =
  | ({ readonly kind: 'scalar'; readonly name: Scalar } & Constrained)
  | { readonly kind: 'literals'; readonly values: readonly Literal[] }
  | ({ readonly kind: 'array'; readonly items: Type } & Constrained)
  | ({
      readonly kind: 'tuple';
      readonly items: readonly Type[];
      /** How many of the items must be there; all of them where this is absent. */
      readonly required?: number | undefined;
      readonly rest?: Type | undefined;
    } & Constrained)
  | ({ readonly kind: 'record'; readonly values: Type } & Constrained)
  | ({
      readonly kind: 'object';
      readonly properties: readonly Property[];
      /** The type of any other property. */
      readonly rest?: Type | undefined;
    } & Constrained)
  /** What arrives item by item. */
  | { readonly kind: 'stream'; readonly items: Type }
  | { readonly kind: 'union'; readonly members: readonly Type[] }
  | { readonly kind: 'intersection'; readonly members: readonly Type[] }
  | { readonly kind: 'named'; readonly name: string };

/** What the document says about something, for people. */
export interface Doc {
  /** One sentence, may be empty. */
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** `beta`, `ga` and so on, where the document says so. */
  readonly stage?: string | undefined;
  readonly link?: string | undefined;
  /** Written as JSON. */
  readonly default?: string | undefined;
  /** Each written as JSON. */
  readonly examples?: readonly string[] | undefined;
  /** What the document says beyond OpenAPI, under names that begin with `x-`. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}
