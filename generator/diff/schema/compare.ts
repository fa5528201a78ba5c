import { compareAnnotations } from './annotations.ts';
import { compareArrays } from './arrays.ts';
import { compareConditions } from './conditions.ts';
import { type Conjunction, conjunctionOf } from './conjunction.ts';
import { sameText } from './same-text.ts';
import type { Context } from './context.ts';
import { compareDefaults } from './defaults.ts';
import { compareDiscriminators } from './discriminators.ts';
import { compareHeirs } from './heirs.ts';
import { compareNumbers } from './numbers.ts';
import { compareObjects } from './objects.ts';
import { kinds, shapeOf, type Typed } from './shape.ts';
import { compareStrings } from './strings.ts';
import { compareTypes } from './types.ts';
import { compareValues } from './values.ts';
import { compareVariants } from './variants.ts';
import { compareXml } from './xml.ts';

/**
 * Compares what two schemas let pass. A pair that was compared before is not compared again, and a
 * pair that is being compared counts as the same: schemas may contain themselves.
 */
export function compareSchemas(context: Context, old: Conjunction, now: Conjunction): void {
  const pair = `${context.direction} ${context.writtenAs} ${idsOf(old)} ${idsOf(now)}`;
  const { compared } = context;
  compareDefaults(context, pair, old, now);
  if (compared.pairs.has(pair)) return;
  if (context.isTrial && isSameComponent(old, now)) return;
  if (compared.depth >= deepest) {
    compared.later.push(() => compareSchemas(context, old, now));
    return;
  }
  compared.pairs.add(pair);
  compared.depth++;
  compareOnce(context, old, now);
  compared.depth--;
  if (compared.depth > 0) return;
  for (let next = compared.later.pop(); next; next = compared.later.pop()) next();
}

/** How many schemas within schemas are compared before the rest has to wait. */
const deepest = 30;

/** Whether two schemas are components of the same name: what changed in them is reported with them. */
function isSameComponent(old: Conjunction, now: Conjunction): boolean {
  const [from] = old;
  const [to] = now;
  return (
    old.length === 1 &&
    now.length === 1 &&
    from?.parent?.key === 'schemas' &&
    to?.parent?.key === 'schemas' &&
    from.key === to.key
  );
}

function compareOnce(context: Context, old: Conjunction, now: Conjunction): void {
  const [from] = old;
  const [to] = now;
  const same = old.length === 1 && now.length === 1 && from && to && sameText(from, to);
  compareHeirs(context, old, now);
  if (same) {
    for (const [one, other] of same.references)
      compareSchemas(context, conjunctionOf(one), conjunctionOf(other));
    return;
  }
  compareAnnotations(context, old, now);
  compareXml(context, old, now);
  compareDiscriminators(context, old, now);
  compareConditions(context, old, now);
  const before = shapeOf(old);
  const after = shapeOf(now);
  compareTypes(context, before, after, old, now);
  for (const kind of kinds) {
    const from = before.get(kind);
    const to = after.get(kind);
    if (from && to) compareAlternatives(context, from, to);
  }
}

function compareAlternatives(context: Context, old: readonly Typed[], now: readonly Typed[]): void {
  const [before] = old;
  const [after] = now;
  if (!before || !after) return;
  if (old.length === 1 && now.length === 1) compareTyped(context, before, after);
  else compareVariants(context, old, now, compareTyped);
}

function compareTyped(context: Context, old: Typed, now: Typed): void {
  compareValues(context, old, now);
  switch (old.kind) {
    case 'null':
    case 'boolean':
      return;
    case 'number':
      return compareNumbers(context, old, now);
    case 'string':
      return compareStrings(context, old, now);
    case 'array':
      return compareArrays(context, old.schemas, now.schemas);
    case 'object':
      return compareObjects(context, old.schemas, now.schemas);
  }
}

function idsOf(schemas: Conjunction): string {
  return schemas.map(({ id }) => id).join(',');
}
