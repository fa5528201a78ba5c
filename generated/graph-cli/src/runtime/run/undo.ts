// @ts-nocheck
import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { approve, type ApprovalFlags } from './approve.js';
import type { Batch, Outcome, Plan, Run } from './client-batch.js';
import { countsOf, execute, judge } from './execute.js';
import { givenOptions } from './given-options.js';
import { reporterFor } from './reporter.js';
import type { RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';
import { begunUndoJournals, nextUndoJournal } from './undo-journal.js';

/** A run that is taken back, and through what. */
interface Undoing {
  readonly api: GeneratedApi;
  readonly kind: RunKind;
  readonly batch: Batch;
  readonly folder: RunFolder;
  readonly file: PlanFile;
}

interface UndoFlags extends ApprovalFlags {
  readonly option?: readonly string[];
  readonly progress?: string;
}

/** Reasons that are named; a longer list is no help on a terminal. */
const mostReasons = 20;

/** Takes the changes of a run back; what an earlier undo of it has begun is ended first. */
export async function undo(undoing: Undoing, flags: UndoFlags, console: Console): Promise<void> {
  const { api, kind, batch, folder, file } = undoing;
  if (!batch.undo)
    throw new CommandError(
      `\`${api.bin} ${kind.name}\` takes nothing back: it keeps no old values.`,
    );
  const given = givenOptions(flags);
  await endEarlier(undoing, flags, console);
  const plan = await batch.undo(await kind.openJournal(folder.journal));
  const reporter = reporterFor(console, flags.progress);
  reporter.text(String(plan));
  if (plan.actions.length === 0) return;
  // What the run created is destroyed: its user sees the plan above.
  await approve(
    { rows: file.rows.map((row) => ({ ...row, destroys: undefined })) },
    flags,
    console,
  );
  const journal = await kind.openJournal(await nextUndoJournal(kind, folder));
  const options = { ...file.scope, ...given, journal, onError: 'continue' };
  const outcomes = await follow('Undone', batch.run(plan, options), undoing, flags, console);
  for (const reason of reasonsOf(plan, outcomes).slice(0, mostReasons)) reporter.text(reason);
  judge(outcomes);
}

/** Ends what earlier undos of a run have begun: what they sent may be under way still. */
async function endEarlier(undoing: Undoing, flags: UndoFlags, console: Console): Promise<void> {
  const { kind, batch, folder } = undoing;
  if (!batch.resume) return;
  for (const path of await begunUndoJournals(kind, folder)) {
    const run = batch.resume(await kind.openJournal(path), givenOptions(flags));
    try {
      await follow('Undone before', run, undoing, flags, console);
    } catch (error) {
      // It ended before its plan was written down, so nothing was sent.
      if (!(error instanceof Error && 'reason' in error && error.reason === 'empty')) throw error;
    }
  }
}

function follow(
  done: string,
  run: Run,
  { api, kind, folder }: Undoing,
  { progress }: UndoFlags,
  console: Console,
): Promise<readonly Outcome[]> {
  return execute(run, {
    reporter: reporterFor(console, progress),
    howToResume: `To go on: ${api.bin} ${kind.name} undo ${folder.id}`,
    summary: (outcomes) => `${done}: ${countsOf(outcomes)['applied'] ?? 0} of ${outcomes.length}.`,
  });
}

/** What was not taken back, and why. */
function reasonsOf({ actions }: Plan, outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ status, error, message, reason }, index) => {
    if (status === 'applied') return [];
    const { resource = `change ${index + 1}` } = (actions[index] ?? {}) as { resource?: string };
    return [`${resource}: ${status} (${error?.message ?? message ?? reason ?? 'no reason given'})`];
  });
}
