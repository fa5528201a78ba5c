import { isObject } from '../../json/narrow.ts';
import { child, items, members, type Node } from '../node.ts';
import { type Conjunction, conjunctionOf, keyword } from './conjunction.ts';
import { type Context, inside, report } from './context.ts';

/** Compares `dependentRequired` and `dependentSchemas`. */
export function compareDependents(context: Context, old: Conjunction, now: Conjunction): void {
  compareRequired(context, old, now);
  const before = schemasOf(old);
  const after = schemasOf(now);
  for (const [name, from] of before) {
    const to = after.get(name);
    if (to) context.compare(inside(context, `beside \`${name}\``), from, to);
    else
      report(
        inside(context, `beside \`${name}\``),
        'dependent-schema-removed',
        'another schema no longer applies',
        from.at(-1),
        now.at(-1),
      );
  }
  for (const [name, to] of after)
    if (!before.has(name))
      report(
        inside(context, `beside \`${name}\``),
        'dependent-schema-added',
        'another schema applies',
        old.at(-1),
        to.at(-1),
      );
}

function compareRequired(context: Context, old: Conjunction, now: Conjunction): void {
  const before = pairsOf(old);
  const after = pairsOf(now);
  for (const [pair, at] of before)
    if (!after.has(pair))
      report(
        context,
        'dependent-required-removed',
        `${pair} is not demanded any more`,
        at,
        now.at(-1),
      );
  for (const [pair, at] of after)
    if (!before.has(pair))
      report(context, 'dependent-required-added', `${pair} is demanded`, old.at(-1), at);
}

function pairsOf(schemas: Conjunction): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const holder of keyword(schemas, 'dependentRequired'))
    for (const list of members(holder))
      for (const item of items(list))
        found.set(`\`${String(item.value)}\` beside \`${list.key}\``, item);
  return found;
}

function schemasOf(schemas: Conjunction): ReadonlyMap<string, Conjunction> {
  const found = new Map<string, Conjunction>();
  for (const holder of keyword(schemas, 'dependentSchemas')) {
    if (!isObject(holder.value)) continue;
    for (const key of Object.keys(holder.value).toSorted()) {
      const node = child(holder, key);
      if (node) found.set(key, conjunctionOf(...(found.get(key) ?? []), node));
    }
  }
  return found;
}
