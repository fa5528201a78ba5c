import type { ApiDescription, Operation } from '../../ir/ir.ts';
import { pairApiOperations } from '../api/pair.ts';
import type { ApiDifference } from '../api/difference.ts';
import { type TypeRule, typeRules } from './type-rules.ts';

/** Compares the functions and builders of two packages, by the names under which code imports them. */
export function compareFunctions(
  old: ApiDescription,
  now: ApiDescription,
): readonly ApiDifference[] {
  const found: ApiDifference[] = [];
  const before = byName(old);
  const after = byName(now);
  const successors = new Map(pairApiOperations(old, now).pairs);
  for (const [name, from] of before) {
    const to = after.get(name);
    if (to) compareFunction(from, to, found);
    else reportGone(from, successors.get(from), found);
  }
  const predecessors = new Set(successors.values());
  for (const [name, to] of after) {
    if (before.has(name) || predecessors.has(to)) continue;
    found.push(difference('function-added', `is new in \`${to.group}\``, undefined, to));
  }
  return found;
}

function byName({ groups }: ApiDescription): ReadonlyMap<string, Operation> {
  return new Map(groups.flatMap(({ operations }) => operations.map((each) => [each.name, each])));
}

function reportGone(from: Operation, to: Operation | undefined, found: ApiDifference[]): void {
  if (to) found.push(difference('function-renamed', `is called \`${to.name}\``, from, to));
  else
    found.push(difference('function-removed', `is gone from \`${from.group}\``, from, undefined));
  if (from.batch) found.push(difference('builder-removed', 'has no builder any more', from, to));
}

function compareFunction(from: Operation, to: Operation, found: ApiDifference[]): void {
  const say = (rule: TypeRule, text: string): void =>
    void found.push(difference(rule, text, from, to));
  const moved = `is in \`${to.group}\` instead of \`${from.group}\``;
  if (from.group !== to.group) say('function-moved', moved);
  if (from.pagination && !to.pagination)
    say('promise-from-pages', 'gives a promise instead of pages');
  if (!from.pagination && to.pagination)
    say('pages-from-promise', 'gives pages instead of a promise');
  if (from.batch && !to.batch) say('builder-removed', 'has no builder any more');
  else if (!from.batch && to.batch) say('builder-added', 'has a builder');
  else if (from.batch && to.batch) {
    if (from.group !== to.group) say('builder-moved', moved);
  }
}

function difference(
  rule: TypeRule,
  text: string,
  old: Operation | undefined,
  now: Operation | undefined,
): ApiDifference {
  const { severity } = typeRules[rule];
  const one = old ?? now;
  return {
    rule,
    severity,
    text,
    place: one ? [`\`${one.name}\``] : [],
    operation: one?.id,
    old: old?.pointer,
    new: now?.pointer,
  };
}
