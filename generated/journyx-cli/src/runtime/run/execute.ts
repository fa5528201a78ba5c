import type { Console } from '../terminal/console.js';
import { say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Outcome, Run } from './client-batch.js';
import type { ResultsFile } from './results.js';

/** How many rows came to what. */
export type Counts = Readonly<Record<string, number>>;

/** Follows a run to its end. The first signal ends it in order, a second at once. */
export async function execute(
  start: (signal: AbortSignal) => Run,
  results: ResultsFile,
  console: Console,
  howToResume: string,
): Promise<Counts> {
  const control = new AbortController();
  let signals = 0;
  const interrupt = (): void => {
    signals += 1;
    if (signals > 1) process.exit(exitCode.interrupted);
    say(console, 'Stopping: what is under way is given up. Once more ends at once.');
    control.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const run = start(control.signal);
  const seen: (Outcome | undefined)[] = [];
  try {
    for await (const { done, total, remaining, settled } of run) {
      for (const [index, outcome] of settled) seen[index] = outcome;
      results.add(settled);
      showProgress(console, done, total, remaining);
    }
    const outcomes = await run;
    await results.finish(outcomes);
    if (console.stderr.isTTY) console.stderr.write('\n');
    const counts = countsOf(outcomes);
    say(console, summaryOf(counts));
    if (signals > 0) {
      say(console, howToResume);
      throw new CommandError('interrupted', exitCode.interrupted);
    }
    if (counts['unknown']) say(console, howToResume);
    return counts;
  } catch (error) {
    await results.finish(seen);
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** Ends with what became of the rows. */
export function judge({ failed = 0, rolledBack = 0, skipped = 0, unknown = 0 }: Counts): void {
  if (unknown > 0)
    throw new CommandError(`Of ${unknown} rows it is unknown what they did.`, exitCode.unknown);
  const left = failed + rolledBack + skipped;
  if (left > 0) throw new CommandError(`${left} rows were not applied.`, exitCode.rowsFailed);
}

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function summaryOf(counts: Counts): string {
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}

/** One line that is written over, on a terminal only. */
function showProgress(
  { stderr }: Console,
  done: number,
  total: number,
  remaining: number | undefined,
): void {
  if (!stderr.isTTY) return;
  const left = remaining === undefined ? '' : `, ${Math.ceil(remaining / 1000)} s left`;
  stderr.write(`\r\u001B[K${done} of ${total}${left}`);
}
