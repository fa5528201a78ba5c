/**
 * When all of these have ended, on so many places: each takes the next one as soon as it is free, and that one may
 * begin.
 */
export function makespan(
  durations: readonly number[],
  places: number,
  earliest: (index: number) => number = () => 0,
): number {
  const free = Array.from({ length: places }, () => 0);
  for (const [index, duration] of durations.entries()) {
    const first = free.indexOf(Math.min(...free));
    free[first] = Math.max(free[first] ?? 0, earliest(index)) + duration;
  }
  return Math.max(...free);
}
