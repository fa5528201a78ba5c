/** Does some work as part of a stage, and tells how long it took. */
export type Stopwatch<Stage> = <Result>(
  stage: Stage,
  work: () => Result | Promise<Result>,
) => Promise<Result>;

export function stopwatch<Stage>(
  report: ((stage: Stage, milliseconds: number) => void) | undefined,
): Stopwatch<Stage> {
  if (!report) return async (_, work) => work();
  return async (stage, work) => {
    // The global `performance` loads a module of Node.js.
    const start = process.uptime();
    const result = await work();
    report(stage, 1000 * (process.uptime() - start));
    return result;
  };
}
