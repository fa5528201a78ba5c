// @ts-nocheck
import { nameOf, PlanError, type PlanInput } from './units.js';

/** The wave of each unit: one later than what it refers to, not earlier than what it must follow. */
export function wavesOf(
  input: PlanInput,
  before: readonly (readonly number[])[],
  needs: readonly (readonly number[])[],
): Int32Array {
  const { units } = input;
  const wave = new Int32Array(units.length);
  if (needs.every((list) => list.length === 0)) return wave;

  const waiting = Int32Array.from(units, (_, unit) => before[unit]!.length + needs[unit]!.length);
  const { followers, from } = followersOf(before, needs);
  const ready = [...units.keys()].filter((unit) => waiting[unit] === 0);
  for (const unit of ready) {
    for (const needed of needs[unit]!) wave[unit] = Math.max(wave[unit]!, wave[needed]! + 1);
    for (const earlier of before[unit]!) wave[unit] = Math.max(wave[unit]!, wave[earlier]!);
    for (let at = from[unit]!; at < from[unit + 1]!; at += 1) {
      const follower = followers[at]!;
      waiting[follower]! -= 1;
      if (waiting[follower] === 0) ready.push(follower);
    }
  }
  if (ready.length === units.length) return wave;

  const stuck = cycle(waiting, (unit) => [...before[unit]!, ...needs[unit]!]);
  const names = stuck.map((unit) => nameOf(units[unit]!, input));
  throw new PlanError(
    `These wait for one another, by a reference or because they touch the same resource: ${names.join(' → ')}. ` +
      'List what is referred to first, or drop a reference.',
  );
}

/** Who follows each unit: the followers of all units in one list, and where those of each begin. */
function followersOf(...edges: readonly (readonly (readonly number[])[])[]): {
  readonly followers: Int32Array;
  readonly from: Int32Array;
} {
  const [{ length } = []] = edges;
  const from = new Int32Array(length + 1);
  for (const lists of edges) for (const list of lists) for (const one of list) from[one + 1]! += 1;
  for (let unit = 0; unit < length; unit += 1) from[unit + 1]! += from[unit]!;
  const next = from.slice();
  const followers = new Int32Array(from[length]!);
  for (const lists of edges) {
    for (const [unit, list] of lists.entries()) {
      for (const one of list) {
        followers[next[one]!] = unit;
        next[one]! += 1;
      }
    }
  }
  return { followers, from };
}

/** A round of units that wait for one another, the first of them again at the end. */
function cycle(waiting: Int32Array, needed: (unit: number) => number[]): number[] {
  const trail: number[] = [];
  let unit = waiting.findIndex((count) => count > 0);
  while (!trail.includes(unit)) {
    trail.push(unit);
    unit = needed(unit).find((earlier) => waiting[earlier]! > 0)!;
  }
  return [...trail.slice(trail.indexOf(unit)), unit];
}
