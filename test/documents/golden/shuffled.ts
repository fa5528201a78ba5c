/** A copy whose objects have their keys in another order; arrays keep theirs, as their order means something. */
export function shuffled(value: unknown, seed: number): unknown {
  let state = seed;
  const random = (): number => {
    // A linear congruential generator (Numerical Recipes): the same order at every run.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const visit = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(visit);
    if (typeof inner !== 'object' || inner === null) return inner;
    const entries = Object.entries(inner).map(([key, member]) => ({ key, member, at: random() }));
    return Object.fromEntries(
      entries.toSorted((a, b) => a.at - b.at).map(({ key, member }) => [key, visit(member)]),
    );
  };
  return visit(value);
}
