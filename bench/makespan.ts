/** When all of these have ended, on so many places: each takes the next one as soon as it is free. */
export function makespan(durations: readonly number[], places: number): number {
  const free = Array.from({ length: places }, () => 0);
  for (const duration of durations) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + duration;
  }
  return Math.max(...free);
}
