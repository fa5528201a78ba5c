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
    const start = performance.now();
    const result = await work();
    report(stage, performance.now() - start);
    return result;
  };
}
