import type { ChangeName } from './changes.ts';
import type { Conjunction } from './conjunction.ts';
import { keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';
import { type Kind, kinds, type Shape, typeText } from './shape.ts';

/** Compares the kinds of values that pass. */
export function compareTypes(
  context: Context,
  before: Shape,
  after: Shape,
  old: Conjunction,
  now: Conjunction,
): void {
  const gone = kinds.filter((kind) => before.has(kind) && !after.has(kind));
  const added = kinds.filter((kind) => after.has(kind) && !before.has(kind));
  const from = keyword(old, 'type').at(-1) ?? old.at(-1);
  const to = keyword(now, 'type').at(-1) ?? now.at(-1);
  const text = `type is ${typeText(after)} instead of ${typeText(before)}`;

  const others = (list: readonly Kind[]) => list.filter((kind) => kind !== 'null');
  const change = typeChange(context, others(gone), others(added), after);
  if (change) report(context, change, text, from, to);
  // Whether a schema without a type allows null, OpenAPI 3.0 leaves open.
  if (isUntyped(before) || isUntyped(after) || before.size === 0 || after.size === 0) return;
  if (gone.includes('null')) report(context, 'null-removed', 'null is no longer allowed', from, to);
  if (added.includes('null')) report(context, 'null-added', 'null is allowed', from, to);
}

function typeChange(
  context: Context,
  gone: readonly Kind[],
  added: readonly Kind[],
  after: Shape,
): ChangeName | undefined {
  if (gone.length > 0 && added.length > 0)
    return passesAsText(context, gone, after) ? 'type-widened' : 'type-changed';
  if (gone.length > 0) return passesAsText(context, gone, after) ? undefined : 'type-narrowed';
  if (added.length > 0) return 'type-widened';
  return undefined;
}

/**
 * In a query, a form or a header, a number is written as any other word: who sent one still may where
 * any text passes now. A value alone is also a list of one, where the items of a list repeat the name.
 */
function passesAsText(
  { direction, writtenAs }: Context,
  gone: readonly Kind[],
  after: Shape,
): boolean {
  if (direction !== 'request' || writtenAs === 'json') return false;
  const free = after.get('string')?.some(isFreeText) ?? false;
  const isPlain = (kind: Kind) => kind === 'number' || kind === 'boolean';
  if (free && gone.every(isPlain)) return true;
  return false;
}

function isFreeText(typed: { readonly schemas: Conjunction; readonly values: unknown }): boolean {
  if (typed.values) return false;
  return ['format', 'pattern', 'minLength', 'maxLength'].every(
    (name) => keyword(typed.schemas, name).length === 0,
  );
}

function isUntyped(shape: Shape): boolean {
  return kinds.every((kind) => shape.get(kind)?.every(({ untyped }) => untyped));
}
