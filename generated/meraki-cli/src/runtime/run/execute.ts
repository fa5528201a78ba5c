// @ts-nocheck
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Outcome, Run } from './client-batch.js';
import type { Reporter } from './reporter.js';
import type { ResultsFile } from './results.js';

/** How many rows came to what. */
export type Counts = Readonly<Record<string, number>>;

interface Following {
  /** Where the rows are written; what takes a run back has none. */
  readonly results?: ResultsFile;
  readonly reporter: Reporter;
  /** How a run that did not end is taken up. */
  readonly howToResume: string;
  /** How changes are taken back; absent where they cannot be. */
  readonly howToUndo?: string | undefined;
  /** How the rows are seen that were not applied. */
  readonly howToSee?: string;
  /** Says what became of the rows; their counts, unless it is given. */
  readonly summary?: (outcomes: readonly Outcome[]) => string;
  /** How changes that are held are kept; absent where none are. */
  readonly howToKeep?: string | undefined;
}

/** Follows a run to its end. The first signal ends it in order, a second at once. */
export async function execute(run: Run, following: Following): Promise<readonly Outcome[]> {
  const { results, reporter, howToResume, howToUndo, howToSee, howToKeep } = following;
  const { summary = summaryOf } = following;
  let signals = 0;
  let isHeld = false;
  const interrupt = (): void => {
    signals += 1;
    if (signals > 1 || isHeld) {
      reporter.text(isHeld && howToKeep !== undefined ? howToKeep : howToResume);
      process.exit(exitCode.interrupted);
    }
    reporter.text('Stopping: nothing new begins. Once more ends at once.');
    void run.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const seen: (Outcome | undefined)[] = [];
  try {
    for await (const progress of run) {
      for (const [index, outcome] of progress.settled) seen[index] = outcome;
      results?.add(progress.settled);
      reporter.progress(progress);
    }
    const outcomes = await run;
    await results?.finish(outcomes);
    reporter.end();
    const counts = countsOf(outcomes);
    reporter.text(summary(outcomes));
    if (signals > 0) {
      reporter.text(howToResume);
      throw new CommandError('interrupted', exitCode.interrupted);
    }
    if (counts['unknown']) reporter.text(howToResume);
    else if (counts['applied'] !== outcomes.length && howToSee !== undefined)
      reporter.text(howToSee);
    if (counts['applied'] && howToUndo !== undefined) reporter.text(howToUndo);
    if (howToKeep !== undefined) {
      isHeld = true;
      reporter.text(howToKeep);
      await untilDecided(run, reporter);
    }
    return outcomes;
  } catch (error) {
    await results?.finish(seen);
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** Waits until the changes are kept. */
async function untilDecided(run: Run, reporter: Reporter): Promise<void> {
  const held = await run.held?.();
  if (held === 'undone' || held === 'partly')
    throw new CommandError(
      held === 'undone'
        ? 'The changes were not kept in time, and are undone.'
        : 'The changes were not kept in time, and are undone but for what nothing could undo.',
      exitCode.rowsFailed,
    );
  reporter.text('The changes are kept.');
}

/** Ends with what became of the rows. */
export function judge(outcomes: readonly Outcome[]): void {
  const { failed = 0, rolledBack = 0, skipped = 0, unknown = 0 } = countsOf(outcomes);
  if (unknown > 0)
    throw new CommandError(
      `Of ${count(unknown, 'row')} it is unknown what they did.`,
      exitCode.unknown,
    );
  const left = failed + rolledBack + skipped;
  if (left === 0) return;
  const text = `${count(left, 'row')} ${left === 1 ? 'was' : 'were'} not applied.`;
  const has = (reason: string): boolean => outcomes.some((outcome) => outcome.reason === reason);
  if (has('denied'))
    throw new CommandError(`${text} The server refuses the credentials.`, exitCode.authentication);
  if (has('unreachable') && left === outcomes.length)
    throw new CommandError(`${text} The server cannot be reached.`, exitCode.failed);
  throw new CommandError(text, exitCode.rowsFailed);
}

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function summaryOf(outcomes: readonly Outcome[]): string {
  return Object.entries(countsOf(outcomes))
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}
