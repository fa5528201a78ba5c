// @ts-nocheck
import { type AnyAction, type Ref, target, type Target } from './types.js';

/**
 * `Input` in which any string, number or boolean, at any depth, may also be a `Ref` to a value of
 * that type.
 */
export type BatchInput<Input> = { [Key in keyof Input]: BatchValue<Input[Key]> };

/** `Whole` is for the type itself: a union is taken apart, but a reference may stand for any of it. */
type BatchValue<Input, Whole = Input> = unknown extends Input
  ? Input
  : Input extends string | number | boolean
    ? Input | Ref<Extract<Whole, string | number | boolean>>
    : Input extends object
      ? Input extends Opaque
        ? Input
        : BatchInput<Input>
      : Input;

/**
 * `Input` of a change that the server refuses if the object is not as it was read: the member that says how it
 * was must be given. `'none'` sends nothing in its place, and the change is made whatever has happened.
 */
export type Fenced<Input, Key extends keyof Input> = Input & Required<Pick<Input, Key>>;

/** `Input` of a creation that takes a list: its body has under `Many` several of what it had one of under `One`. */
export type ListInput<Input, Body extends keyof Input, One extends string, Many extends string> = {
  [Key in keyof Input]: Key extends Body ? ListOf<Input[Key], One, Many> : Input[Key];
};

/** Either of the two, for what takes both. */
export type OneOrMany<Input, Body extends keyof Input, One extends string, Many extends string> = {
  [Key in keyof Input]: Key extends Body
    ? { [Name in One & keyof Input[Key]]?: Input[Key][Name] } & { [Name in Many]?: unknown }
    : Input[Key];
};

/** `Value` with a list under `Many` in place of the one that it has under `One`. */
export type ListOf<Value, One extends string, Many extends string> = Value extends {
  [Key in One]: infer Element;
}
  ? { [Key in Many]: Element[] }
  : Value;

/** Objects that are one value, not a collection of values. */
type Opaque = Date | URL | Blob | ArrayBufferView | ArrayBuffer | ((...args: never) => unknown);

/** The type of `Value`'s `id`, or `string` where its type does not tell. */
export type IdOf<Value> = Value extends { readonly id?: infer Id }
  ? unknown extends Id
    ? string
    : NonNullable<Id>
  : string;

/**
 * A reference to what `action` will return: its `id`, or the field named.
 *
 * The action referred to must be in the same plan. Which fields can be had is the dialect's to
 * say; the planner refuses what it cannot give.
 */
export function ref<Value>(action: AnyAction<Value>): Ref<IdOf<Value>>;
export function ref<Value, Field extends keyof Value & string>(
  action: AnyAction<Value>,
  field: Field,
): Ref<NonNullable<Value[Field]>>;
export function ref(action: AnyAction, field = 'id'): Ref<unknown> {
  return new Reference(action, field);
}

class Reference implements Ref<unknown> {
  readonly [target]: Target<unknown>;

  constructor(action: AnyAction, field: string) {
    this[target] = Object.freeze({ action, field });
    Object.freeze(this);
  }

  /** A reference has no text before its run: better an error than a wrong request. */
  toString(): string {
    throw new TypeError(
      'A reference was used as text. References work in path parameters and bodies of batch ' +
        'builders, and are resolved by batch.run().',
    );
  }

  toJSON(): never {
    throw new TypeError(
      'An action that holds a reference cannot be sent by itself: pass it to batch.run(), which resolves it.',
    );
  }
}
