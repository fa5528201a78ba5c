import { isObject } from '../../json/narrow.ts';
import { items as itemsOf, type Node } from '../node.ts';
import { compareBound } from './bounds.ts';
import { type Conjunction, conjunctionOf, isSet, keyword, subschema } from './conjunction.ts';
import { type Context, inside, report } from './context.ts';

export function compareArrays(context: Context, old: Conjunction, now: Conjunction): void {
  compareBound(context, 'max-items', 'maxItems', old, now);
  compareBound(context, 'min-items', 'minItems', old, now);
  compareFlag(context, old, now);
  compareItems(context, old, now);
  compareContains(context, old, now);
  compareUnevaluated(context, 'unevaluated-items', 'unevaluatedItems', old, now);
}

function compareFlag(context: Context, old: Conjunction, now: Conjunction): void {
  const before = isSet(old, 'uniqueItems');
  if (before === isSet(now, 'uniqueItems')) return;
  const from = keyword(old, 'uniqueItems').at(-1) ?? old.at(-1);
  const to = keyword(now, 'uniqueItems').at(-1) ?? now.at(-1);
  if (before) report(context, 'unique-items-removed', 'items may repeat', from, to);
  else report(context, 'unique-items-added', 'items must differ', from, to);
}

/** Position by position, as far as one of the two tells positions apart, then the rest of the items. */
function compareItems(context: Context, old: Conjunction, now: Conjunction): void {
  const before = positionsOf(old);
  const after = positionsOf(now);
  const restBefore = subschema(old, 'items');
  const restAfter = subschema(now, 'items');
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const from = before[index] ?? restBefore;
    const to = after[index] ?? restAfter;
    compareSome(inside(context, `items[${index}]`), from, to, old, now);
  }
  compareSome(inside(context, 'items'), restBefore, restAfter, old, now);
}

function compareSome(
  context: Context,
  from: Conjunction | undefined,
  to: Conjunction | undefined,
  old: Conjunction,
  now: Conjunction,
): void {
  if (from && to) context.compare(context, from, to);
  else if (to && !isAnything(to))
    report(context, 'items-added', 'items have a schema', old.at(-1), to.at(-1));
  else if (from && !isAnything(from))
    report(context, 'items-removed', 'items have no schema any more', from.at(-1), now.at(-1));
}

function positionsOf(schemas: Conjunction): readonly Conjunction[] {
  const positions: Node[][] = [];
  for (const list of keyword(schemas, 'prefixItems'))
    for (const [index, item] of itemsOf(list).entries()) (positions[index] ??= []).push(item);
  return positions.map((nodes) => conjunctionOf(...nodes));
}

function compareContains(context: Context, old: Conjunction, now: Conjunction): void {
  const before = subschema(old, 'contains');
  const after = subschema(now, 'contains');
  if (before && after) context.compare(inside(context, 'contains'), before, after);
  else if (after)
    report(
      context,
      'contains-added',
      'an item must be as `contains` says',
      old.at(-1),
      after.at(-1),
    );
  else if (before)
    report(
      context,
      'contains-removed',
      'no item need be as `contains` said',
      before.at(-1),
      now.at(-1),
    );
  // Without `contains`, the counts have no meaning.
  if (!before || !after) return;
  compareBound(context, 'max-contains', 'maxContains', old, now);
  compareBound(context, 'min-contains', 'minContains', old, now);
}

/** What may evaluate properties that no `properties` names. */
const evaluating = ['oneOf', 'anyOf', 'if', 'dependentSchemas', 'additionalProperties'];

/** Whether a schema says of unevaluated properties what the other says of additional ones. */
export function isTranslated(schemas: Conjunction, others: Conjunction): boolean {
  const has = (of: Conjunction, name: string): boolean => keyword(of, name).length > 0;
  return (
    has(schemas, 'unevaluatedProperties') &&
    !evaluating.some((name) => has(schemas, name)) &&
    has(others, 'additionalProperties') &&
    !has(others, 'unevaluatedProperties')
  );
}

/** Compares `unevaluatedItems` or `unevaluatedProperties`. */
export function compareUnevaluated(
  context: Context,
  name: 'unevaluated-items' | 'unevaluated-properties',
  keywordName: string,
  old: Conjunction,
  now: Conjunction,
): void {
  const before = constraining(subschema(old, keywordName));
  const after = constraining(subschema(now, keywordName));
  if (before && after) context.compare(inside(context, keywordName), before, after);
  else if (after)
    report(
      context,
      `${name}-added`,
      `\`${keywordName}\` limits what is allowed`,
      old.at(-1),
      after.at(-1),
    );
  else if (before)
    report(
      context,
      `${name}-removed`,
      `\`${keywordName}\` no longer limits what is allowed`,
      before.at(-1),
      now.at(-1),
    );
}

function constraining(schemas: Conjunction | undefined): Conjunction | undefined {
  return schemas && !isAnything(schemas) ? schemas : undefined;
}

/** Whether schemas let everything pass: `true` and `{}`; to that, `nullable` adds nothing. */
export function isAnything(schemas: Conjunction): boolean {
  return schemas.every(
    ({ value }) =>
      value === true ||
      (isObject(value) && Object.keys(value).every((name) => name === 'nullable')),
  );
}
