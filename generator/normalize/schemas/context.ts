import { type Diagnostics } from '../../diagnostics/diagnostics.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Type } from '../../ir/ir.ts';
import { isObject, listOf, objectOf, own } from '../../json/narrow.ts';
import type { Families } from './families.ts';
import type { References } from '../references.ts';

/**
 * Whether a value is sent or received: `readOnly` properties are not sent, `writeOnly` ones not
 * received. What is received as `json` stays as JSON has it, dates and long integers included: the
 * bodies of errors, and what the API sends by itself.
 */
export type Direction = 'input' | 'result' | 'json';

/** What values of some formats are in the client, where a target asks for it. */
export interface ValueTypes {
  readonly dates?: 'Date' | 'Temporal' | undefined;
  readonly int64?: 'bigint' | undefined;
}

/** Whether a property does not travel in that direction: it, what it refers to, or what it is made of says so. */
export function isHidden(
  schema: unknown,
  direction: Direction,
  references: References,
  depth = 0,
): boolean {
  const key = direction === 'input' ? 'readOnly' : 'writeOnly';
  const said = own(objectOf(schema), key);
  if (typeof said === 'boolean' || depth > deepest) return said === true;
  if (!isObject(schema) || !(Object.hasOwn(schema, '$ref') || Object.hasOwn(schema, 'allOf')))
    return false;
  const target = objectOf(references.follow(schema, '').value);
  return (
    own(target, key) === true ||
    listOf(own(target, 'allOf')).some((part) => isHidden(part, direction, references, depth + 1))
  );
}

/** No one makes a property of more parts in parts. */
const deepest = 10;

/** What converting one schema needs: where it stands, and how to go on with those inside it. */
export interface Context {
  readonly shared: Shared;
  readonly direction: Direction;
  readonly pointer: string;
  /**
   * Whether what is converted is a rule and no type of the code: then a keyword says nothing of values
   * of another kind, where else it tells what kind is meant.
   */
  readonly isExact?: boolean | undefined;
}

export interface Shared {
  readonly diagnostics: Diagnostics;
  readonly references: References;
  readonly values: ValueTypes;
  /** Whether keywords beside a reference count: since OpenAPI 3.1. */
  readonly isModern: boolean;
  readonly typeOf: (
    schema: unknown,
    pointer: string,
    direction: Direction,
    isExact?: boolean,
  ) => Type;
  readonly declare: (pointer: string, direction: Direction) => Type;
  /** What a schema says itself, where its name stands for all that extend it. */
  readonly declareBase: (pointer: string, direction: Direction) => Type;
  readonly families: Families;
}

/** The type of a schema that stands under `key`, or under the `name` there. */
export function nested(
  context: Context,
  schema: unknown,
  key: string,
  name?: string | number,
): Type {
  const place =
    name === undefined
      ? `${context.pointer}/${key}`
      : `${context.pointer}/${key}${pointerTo(name)}`;
  return context.shared.typeOf(schema, place, context.direction, context.isExact);
}
