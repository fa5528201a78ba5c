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
 * by itself, and for values of its own kind alone: `minLength` says nothing of a number. Types that
 * differ in nothing else are equal.
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
  /** Whether an object has no members but its properties and those of its `patterns`. */
  readonly closed?: true | undefined;
  /** What the members of an object are that are neither properties nor of its `patterns`. */
  readonly others?: Type | undefined;
  /** What the members of an object are whose name matches. */
  readonly patterns?: readonly PatternMembers[] | undefined;
  /** What no type and no bound says. */
  readonly rules?: readonly Rule[] | undefined;
}

/** Members of an object whose names match a regular expression, which may be no valid one. */
export interface PatternMembers {
  readonly pattern: string;
  readonly type: Type;
}

/**
 * What a schema asks of a value besides its type, for validators: that it is what all, some or exactly
 * one of several types say, or not what one says (`all`, `any`, `one`, `not`); what holds if it is of
 * a type (`if`); how many items of a list are of a type (`contains`); what the names of members are
 * (`names`), which must be there (`has`), and what the value is if one is (`dependent`); to which JSON
 * it is equal (`equals`); what the members or items
 * are that no part of a schema speaks of (`unevaluated`), and what holds of an object or a list alone
 * (`kind`).
 */
export type Rule =
  | {
      readonly kind: 'all' | 'any' | 'one';
      readonly types: readonly Type[];
      /** Whether it says all that the type says, so that one look is enough. */
      readonly isWhole?: true | undefined;
    }
  | { readonly kind: 'not' | 'names'; readonly type: Type }
  | {
      readonly kind: 'if';
      readonly type: Type;
      readonly met: Type;
      readonly unmet: Type;
    }
  | {
      readonly kind: 'contains';
      readonly type: Type;
      readonly least: number;
      readonly most?: number | undefined;
    }
  | { readonly kind: 'has'; readonly names: readonly string[] }
  | { readonly kind: 'dependent'; readonly name: string; readonly type: Type }
  | { readonly kind: 'equals'; readonly values: readonly string[] }
  | {
      readonly kind: 'unevaluated';
      readonly of: 'object' | 'array';
      readonly by: readonly Evaluation[];
      readonly type: Type;
    }
  | { readonly kind: 'kind'; readonly of: 'object' | 'array'; readonly type: Type };

/** Which members of an object, or items of a list, a part of a schema speaks of. */
export interface Evaluation {
  /** What the value is where the part counts; absent where it always does. */
  readonly when?: Type | undefined;
  readonly isAll?: boolean | undefined;
  readonly names?: readonly string[] | undefined;
  readonly patterns?: readonly string[] | undefined;
  /** So many items at the beginning. */
  readonly first?: number | undefined;
  /** The items that are of this type. */
  readonly items?: Type | undefined;
}

interface Constrained {
  readonly constraints?: Constraints | undefined;
}

/** A TypeScript type, before its text. */
export type Type =
  | ({ readonly kind: 'scalar'; readonly name: Scalar } & Constrained)
  | ({ readonly kind: 'literals'; readonly values: readonly Literal[] } & Constrained)
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
  | ({ readonly kind: 'union'; readonly members: readonly Type[] } & Constrained)
  | ({ readonly kind: 'intersection'; readonly members: readonly Type[] } & Constrained)
  | ({ readonly kind: 'named'; readonly name: string } & Constrained);

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
