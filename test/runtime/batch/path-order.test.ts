import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Footprint, Order } from '../../../templates/runtime/batch/plan/path-order.ts';

interface Touch {
  readonly path: string;
  readonly isRead: boolean;
}

function edgesOf(touches: readonly Touch[]): readonly (readonly number[])[] {
  const order = new Order(touches.map(({ path }) => path));
  return touches.map(({ isRead }, item) => order.add(item, item, isRead));
}

function count(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function isRelated(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** For each item, all that come before it. */
function closure(edges: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  const found: Set<number>[] = [];
  for (const [item, before] of edges.entries()) {
    found[item] = new Set(before.flatMap((one) => [one, ...found[one]!]));
  }
  return found;
}

const below = (n: number, isRead = false): Touch => ({ path: `/n/1/vlans/${n}`, isRead });
const above = (isRead: boolean): Touch => ({ path: '/n/1', isRead });
const many = Array.from({ length: 2_000 }, (_, n) => n);

test.for([
  ['reads above writes', many.map((n) => (n % 2 ? above(true) : below(n)))],
  ['writes, and then reads above', [...many.map((n) => below(n)), ...many.map(() => above(true))]],
  ['reads above, and then writes', [...many.map(() => above(true)), ...many.map((n) => below(n))]],
  ['reads below a path that is written', many.map((n) => (n % 2 ? above(false) : below(n, true)))],
] as const)('the order of many items takes few edges: %s', ([, touches]) => {
  expect(count(edgesOf(touches))).toBeLessThan(70 * touches.length);
});

test('whatever touches the same keeps its order, and only one read of many may wait for another', () => {
  const path = fc.constantFrom('/n/1', '/n/1/vlans', '/n/1/vlans/1', '/n/1/vlans/2', '/n/2');
  const touch = fc.record({ path, isRead: fc.boolean() });
  fc.assert(
    fc.property(fc.array(touch, { maxLength: 400, size: 'max' }), (touches) => {
      const before = closure(edgesOf(touches));
      for (const [later, two] of touches.entries()) {
        for (const [earlier, one] of touches.slice(0, later).entries()) {
          const isBound = isRelated(one.path, two.path) && !(one.isRead && two.isRead);
          if (isBound) expect(before[later]!.has(earlier)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('few reads keep no order among themselves', () => {
  const touches = [below(1), above(true), above(true), below(2, true)];
  expect(edgesOf(touches)).toEqual([[], [0], [0], []]);
});

test('a path knows one that touched it, above it or below it', () => {
  const prints = new Footprint();
  prints.add('/n/1/vlans/1', 7, false);
  expect(
    ['/n/1', '/n/1/vlans/1', '/n/1/vlans/1/x', '/n/2'].map((path) => prints.first(path)),
  ).toEqual([7, 7, 7, undefined]);
});
