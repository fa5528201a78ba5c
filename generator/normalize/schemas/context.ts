import { type Diagnostics } from '../../diagnostics/diagnostics.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Type } from '../../ir/ir.ts';
import { objectOf, own } from '../../json/narrow.ts';
import type { References } from '../references.ts';

/** Whether a value is sent or received: `readOnly` properties are not sent, `writeOnly` ones not received. */
export type Direction = 'input' | 'result';

/** Whether a property does not travel in that direction. */
export function isHidden(schema: unknown, direction: Direction): boolean {
  return own(objectOf(schema), direction === 'input' ? 'readOnly' : 'writeOnly') === true;
}

/** What converting one schema needs: where it stands, and how to go on with those inside it. */
export interface Context {
  readonly shared: Shared;
  readonly direction: Direction;
  readonly pointer: string;
}

export interface Shared {
  readonly diagnostics: Diagnostics;
  readonly references: References;
  readonly typeOf: (schema: unknown, pointer: string, direction: Direction) => Type;
  readonly declare: (pointer: string, direction: Direction) => Type;
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
  return context.shared.typeOf(schema, place, context.direction);
}
