import { equal } from '../../json/equal.ts';

import { type Severity, weight } from '../finding.ts';
import { compareAnnotations } from './annotations.ts';
import { type Conjunction, subschema, values } from './conjunction.ts';
import { type Context, inside, report, weigh } from './context.ts';

import type { Typed } from './shape.ts';

type Compare = (context: Context, old: Typed, now: Typed) => void;

/** Finds for each variant of a union its successor: by name, by meaning, then by likeness. */
export function compareVariants(
  context: Context,
  old: readonly Typed[],
  now: readonly Typed[],
  compare: Compare,
): void {
  const pairs = pairsOf(context, old, now, compare);
  for (const [from, to] of pairs) {
    const where = inside(context, ...stepOf(from, to));
    if (from.at && to.at) compareAnnotations(where, [from.at], [to.at]);
    compare(where, from, to);
  }
  const successors = new Set(pairs.map(([, to]) => to));
  const followed = new Set(pairs.map(([from]) => from));

  for (const from of old) {
    if (followed.has(from)) continue;
    if (heirsOf(from, now, successors).some((to) => passes(context, 'request', from, to, compare)))
      continue;
    report(
      context,
      'variant-removed',
      `the variant ${titleOf(from)} is gone`,
      from.at,
      now[0]?.schemas.at(-1),
    );
  }
  for (const to of now) {
    if (successors.has(to)) continue;
    if (heirsOf(to, old, followed).some((from) => passes(context, 'response', from, to, compare)))
      continue;
    report(
      context,
      'variant-added',
      `the variant ${titleOf(to)} is new`,
      old[0]?.schemas.at(-1),
      to.at,
    );
  }
}

/**
 * The variants that may stand in for one without a successor. An object with a name of its own is
 * something of its own, though another lets the same properties pass.
 */
function heirsOf(
  typed: Typed,
  others: readonly Typed[],
  taken: ReadonlySet<Typed>,
): readonly Typed[] {
  if (typed.kind !== 'object' || typed.name === undefined) return others;
  return others.filter((other) => !taken.has(other) || other.name === undefined);
}

function pairsOf(
  context: Context,
  old: readonly Typed[],
  now: readonly Typed[],
  compare: Compare,
): readonly (readonly [Typed, Typed])[] {
  const pairs: [Typed, Typed][] = [];
  const left = new Set(now);
  const take = (from: Typed, to: Typed | undefined) => {
    if (!to) return false;
    pairs.push([from, to]);
    left.delete(to);
    return true;
  };
  const byName = new Map(
    now.flatMap((to) => (to.name === undefined ? [] : [[to.name, to] as const])),
  );
  const unnamed = old.filter((from) => {
    const to = from.name === undefined ? undefined : byName.get(from.name);
    return !take(from, to && left.has(to) ? to : undefined);
  });
  const strange = unnamed.filter((from) => !take(from, sameOf(context, from, left, compare)));
  // More than a few strangers on both sides: a reader would not pair them either.
  if (strange.length * left.size > 400) return pairs;
  const rest = strange.filter((from) => !take(from, likestOf(context, from, left, compare)));
  const [from] = rest;
  const [to] = left;
  if (from && to && rest.length === 1 && left.size === 1 && pairs.length > 0 && isLike(from, to))
    take(from, to);
  return pairs;
}

/** The variant that is the same value for value. */
function sameOf(
  context: Context,
  from: Typed,
  others: ReadonlySet<Typed>,
  compare: Compare,
): Typed | undefined {
  for (const to of others)
    if (
      equal(
        from.schemas.map(({ value }) => value),
        to.schemas.map(({ value }) => value),
      ) &&
      !worst(context, from, to, compare)
    )
      return to;
  return undefined;
}

/** The variant with which the comparison finds nothing that breaks, and as little as can be. */
function likestOf(
  context: Context,
  from: Typed,
  others: ReadonlySet<Typed>,
  compare: Compare,
): Typed | undefined {
  let best: Typed | undefined;
  let mildest = weight('breaking');
  for (const to of others) {
    const severity = worst(context, from, to, compare);
    if (!severity) return to;
    if (weight(severity) > mildest && isLike(from, to)) {
      best = to;
      mildest = weight(severity);
    }
  }
  return best;
}

function worst(context: Context, from: Typed, to: Typed, compare: Compare): Severity | undefined {
  return weigh(context, context.direction, (quiet) => compare(quiet, from, to));
}

/**
 * Whether the values that travel all pass on the other side: in a request, all of the old variant in
 * the new one; in an answer, all of the new variant in the old one.
 */
function passes(
  context: Context,
  direction: 'request' | 'response',
  from: Typed,
  to: Typed,
  compare: Compare,
): boolean {
  const severity = weigh(context, direction, (quiet) => compare(quiet, from, to));
  return severity !== 'breaking' && severity !== 'warning' && isLike(from, to);
}

/** Objects that share no property have nothing to do with each other, though each lets the other pass. */
function isLike(from: Typed, to: Typed): boolean {
  if (from.kind !== 'object') return true;
  const before = namesOf(from.schemas);
  const after = namesOf(to.schemas);
  if (before.size === 0 || after.size === 0) return before.size === after.size;
  const shared = [...before].filter((name) => after.has(name)).length;
  return shared * 2 >= Math.min(before.size, after.size);
}

function namesOf(schemas: Conjunction): ReadonlySet<string> {
  return new Set(values(schemas, 'properties').flatMap((list) => Object.keys(list ?? {})));
}

function stepOf(from: Typed, to: Typed): readonly string[] {
  const name = to.name ?? from.name;
  return name === undefined ? [] : [`variant ${name}`];
}

function titleOf(typed: Typed): string {
  if (typed.name !== undefined) return `\`${typed.name}\``;
  const names = [...namesOf(typed.schemas)].slice(0, 3).map((name) => `\`${name}\``);
  if (names.length > 0) return `with ${names.join(', ')}`;
  return subschema(typed.schemas, 'items') ? 'of a list' : `of type ${typed.kind}`;
}
