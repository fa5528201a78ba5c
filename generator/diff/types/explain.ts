import { type Assumed, isAssignable, unionMembers } from './assignable.ts';
import { resolved, type Typed } from './declared.ts';
import { type Members, membersOf } from './members.ts';
import type { TypeRule } from './type-rules.ts';

/** Which way values of a type go: into a function, or out of it. */
export type Use = 'input' | 'output';

/** A difference between two types, with the way to it: `body`, `items`, `status`. */
export interface TypeDifference {
  readonly rule: TypeRule;
  readonly way: readonly string[];
  readonly text: string;
}

export interface Explanation {
  readonly use: Use;
  readonly assumed: Assumed;
  readonly say: (difference: TypeDifference) => void;
  /** Pairs of declared types that were explained: a type may hold itself. */
  readonly explained: Set<string>;
}

/**
 * What differs between an old type and its successor, member by member. An input breaks where the old
 * type is not taken any more, or a member that people write has no name there; an output where the
 * new type is not what people expect, or a member that they read is gone.
 */
export function explain(
  explanation: Explanation,
  old: Typed,
  now: Typed,
  way: readonly string[] = [],
): void {
  const { type: a } = old;
  const { type: b } = now;
  // A declared type is explained where it is declared.
  if (a.kind === 'named' && b.kind === 'named') {
    const pair = `${a.name} ${b.name}`;
    if (a.name === b.name || explanation.explained.has(pair)) return;
    explanation.explained.add(pair);
  }
  const from = resolved(old);
  const to = resolved(now);
  const before = membersOf(from);
  const after = membersOf(to);
  if (before && after) return explainMembers(explanation, before, after, way);
  if (from.type.kind === 'array' && to.type.kind === 'array')
    return explain(
      explanation,
      { ...from, type: from.type.items, isInterface: false },
      { ...to, type: to.type.items, isInterface: false },
      [...way, 'items'],
    );
  if (from.type.kind === 'union' || to.type.kind === 'union')
    return explainUnion(explanation, from, to, way);
  explainWhole(explanation, from, to, way);
}

function explainWhole(
  explanation: Explanation,
  old: Typed,
  now: Typed,
  way: readonly string[],
): void {
  const { assumed } = explanation;
  report(explanation, isAssignable(old, now, assumed), isAssignable(now, old, assumed), way);
}

/** Says what follows from whether the old type fits where the new one is wanted, and the other way. */
function report(
  { use, say }: Explanation,
  forth: boolean,
  back: boolean,
  way: readonly string[],
): void {
  const [safe, same] = use === 'input' ? [forth, back] : [back, forth];
  if (!safe) say({ rule: `${use}-type-changed`, way, text: 'has another type' });
  else if (!same && use === 'input') say({ rule: 'input-type-widened', way, text: 'takes more' });
  else if (!same) say({ rule: 'output-type-narrowed', way, text: 'is narrower' });
}

/** The only object of a union is compared with the only object of the other, as in `Pet | null`. */
function explainUnion(
  explanation: Explanation,
  old: Typed,
  now: Typed,
  way: readonly string[],
): void {
  const before = unionMembers(old);
  const after = unionMembers(now);
  const oldObjects = before.filter(isObject);
  const newObjects = after.filter(isObject);
  const [from] = oldObjects;
  const [to] = newObjects;
  if (!from || !to || oldObjects.length > 1 || newObjects.length > 1) {
    explainWhole(explanation, old, now, way);
    explainNames(explanation, oldObjects.map(resolved), newObjects.map(resolved), way);
    return;
  }
  explain(explanation, from, to, way);
  const { assumed } = explanation;
  const covered = (list: readonly Typed[], object: Typed, by: readonly Typed[]): boolean =>
    list.every((each) => each === object || by.some((other) => isAssignable(each, other, assumed)));
  report(explanation, covered(before, from, after), covered(after, to, before), way);
}

function isObject(typed: Typed): boolean {
  const whole = resolved(typed);
  return whole.type.kind === 'array' || membersOf(whole) !== undefined;
}

/**
 * Members of a union that people write or read must have a name in it still: in one of its objects,
 * or in all where people read it without asking which it is.
 */
function explainNames(
  explanation: Explanation,
  old: readonly Typed[],
  now: readonly Typed[],
  way: readonly string[],
): void {
  const { use, say } = explanation;
  const after = now.map(membersOf).filter((members) => members !== undefined);
  if (after.length === 0) return;
  const has = ({ properties, rest }: Members, name: string): boolean =>
    rest !== undefined || properties.has(name) || (use === 'input' && properties.size === 0);
  const isRead = use === 'output' && old.length === 1;
  for (const each of old)
    for (const name of membersOf(each)?.properties.keys() ?? []) {
      const isKnown = isRead
        ? after.every((one) => has(one, name))
        : after.some((one) => has(one, name));
      if (!isKnown) say({ rule: `${use}-member-removed`, way: [...way, name], text: 'is gone' });
    }
}

function explainMembers(
  explanation: Explanation,
  old: Members,
  now: Members,
  way: readonly string[],
): void {
  const { use, say } = explanation;
  for (const [name, before] of old.properties) {
    const here = [...way, name];
    const after = now.properties.get(name);
    if (!after) {
      explainGone(explanation, before.value, before.required, now, here);
      continue;
    }
    if (before.required && !after.required)
      say({ rule: `${use}-member-optional`, way: here, text: 'is optional' });
    if (after.required && !before.required)
      say({ rule: `${use}-member-required`, way: here, text: 'is required' });
    explain(explanation, before.value, after.value, here);
  }
  for (const [name, { required }] of now.properties) {
    if (old.properties.has(name)) continue;
    const here = [...way, name];
    if (use === 'input' && required)
      say({ rule: 'input-member-required', way: here, text: 'is new and required' });
    else say({ rule: `${use}-member-added`, way: here, text: 'is new' });
  }
  explainRest(explanation, old, now, way);
}

function explainGone(
  { use, say, assumed }: Explanation,
  value: Typed,
  required: boolean,
  now: Members,
  way: readonly string[],
): void {
  const { rest } = now;
  if (!rest) return say({ rule: `${use}-member-removed`, way, text: 'is gone' });
  // Among other properties, it may still be written, and read as something that may be absent.
  if (use === 'input') {
    if (!isAssignable(value, rest, assumed))
      say({ rule: 'input-type-changed', way, text: 'has another type' });
  } else if (required)
    say({ rule: 'output-member-removed', way, text: 'has no name of its own any more' });
  else if (!isAssignable(rest, value, assumed))
    say({ rule: 'output-type-changed', way, text: 'has another type' });
}

function explainRest(
  explanation: Explanation,
  old: Members,
  now: Members,
  way: readonly string[],
): void {
  const { use, say, assumed } = explanation;
  const here = [...way, 'other properties'];
  if (old.rest && now.rest) {
    explain(explanation, old.rest, now.rest, here);
  } else if (old.rest) {
    // People write, and read, whatever an index signature allows.
    say({ rule: `${use}-type-changed`, way: here, text: 'are gone' });
  } else if (now.rest && use === 'input') {
    const wanted = now.rest;
    const fits =
      !old.isInterface &&
      [...old.properties.values()].every(({ value }) => isAssignable(value, wanted, assumed));
    if (!fits)
      say({ rule: 'input-type-changed', way: here, text: 'have a type that is demanded of all' });
  }
}
