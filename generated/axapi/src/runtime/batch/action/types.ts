// @ts-nocheck
/** Where an action keeps what the run needs and the wire must not show. */
export const details: unique symbol = Symbol('batch.action');

export interface Details<out Value> {
  readonly operationId: string;
  /** Members whose text depends on references, by name. */
  readonly templates: Readonly<Record<string, PathTemplate>>;
  /** The references anywhere in the action. */
  readonly refs: readonly Ref<unknown>[];
  /** Set where its path is that of a collection to which it adds something. */
  readonly adds?: Adds | undefined;
  /** Never set: it only carries the type of the operation's result. */
  readonly value?: Value;
}

/** A path that holds references: its text is known only during the run. */
export interface PathTemplate {
  /** The path with each reference replaced by what `resolve` gives, encoded and checked as any value. */
  fill(resolve: (ref: Ref<unknown>) => string | number | boolean): string;
  /** Its pieces in order: text as it goes over the wire, and references. */
  parts(): readonly (string | Ref<unknown>)[];
}

/** What an action adds to a collection. */
export interface Adds {
  /** The path where it will be; absent where the server gives it a name. */
  readonly at?: string | PathTemplate | undefined;
  /** Tells it from all others that are added. */
  readonly serial: number;
}

/** An action of a dialect that names a resource and a verb. */
export interface ResourceWire<Verb extends string = string> {
  /** A path without the base URL. */
  readonly resource: string;
  readonly operation: Verb;
  readonly body?: { readonly [name: string]: unknown };
}

/** An action of a dialect that wraps a plain HTTP request. */
export interface RequestWire {
  readonly method: string;
  /** A path without the base URL and without the query. */
  readonly url: string;
  readonly query?: readonly (readonly [name: string, value: unknown])[];
  readonly headers?: readonly (readonly [name: string, value: unknown])[];
  readonly body?: unknown;
}

/**
 * One operation, ready to be part of a batch: a frozen object that serialises to exactly its wire
 * form. `Value` is the type of what the operation returns.
 */
export type Action<Value = unknown, Wire extends object = ResourceWire> = Wire & {
  readonly [details]: Details<Value>;
};

/** An action that creates a resource, whose id can be referred to. */
export type CreateAction<Value = unknown> = Action<Value, ResourceWire<'create'>>;

/** An action of a dialect that wraps plain HTTP requests. */
export type RequestAction<Value = unknown> = Action<Value, RequestWire>;

/** An action of any dialect. */
export interface AnyAction<Value = unknown> {
  readonly [details]: Details<Value>;
}

/** Where a reference keeps what it stands for. */
export const target: unique symbol = Symbol('batch.ref');

export interface Target<out Value> {
  readonly action: AnyAction;
  readonly field: string;
  /** Never set: it only carries the type. */
  readonly value?: Value;
}

/**
 * Stands for a value that an earlier action of the same plan will return. Usable wherever a
 * batch builder takes a value of type `Value`; the run puts the real one in its place.
 */
export interface Ref<out Value> {
  readonly [target]: Target<Value>;
}

export function isRef(value: unknown): value is Ref<unknown> {
  return typeof value === 'object' && value !== null && target in value;
}

/** Actions that are applied together or not at all. Made by `atomic`. */
export interface AtomicGroup<out Actions extends readonly AnyAction[] = readonly AnyAction[]> {
  readonly [members]: Actions;
  readonly name: string | undefined;
}

/** What a plan is made of. */
export type Item = AnyAction | AtomicGroup;

/** Actions in a list, or under names of the caller's choice; outcomes come in the same shape. */
export type Items = readonly Item[] | { readonly [name: string]: Item };

export const members: unique symbol = Symbol('batch.group');

/** A frozen JSON value in which references may stand for values. */
export type Json =
  | string
  | number
  | boolean
  | null
  | Ref<unknown>
  | readonly Json[]
  | { readonly [name: string]: Json };
