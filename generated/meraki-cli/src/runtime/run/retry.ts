// @ts-nocheck
import { type PlanFile, planText, readPlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Batch, JournalReport, Plan, Run, RunOptions } from './client-batch.js';
import { readSent } from './read-run.js';
import { findRun, listRuns, readRetry, type RetryOf, type RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

/** A plan of what is left of a run. */
export interface RestPlan {
  readonly file: PlanFile;
  readonly retry: RetryOf;
}

/**
 * What is left of a run, as its journal says.
 *
 * @throws CommandError where nothing is, or where a retry has sent it.
 */
export async function restOf(
  kind: RunKind,
  batch: Batch,
  folder: RunFolder,
  file: PlanFile,
): Promise<RestPlan> {
  const { plan, report } = await readSent(kind, batch, folder, file);
  if (!report)
    throw new CommandError(`Nothing of run ${folder.id} was sent: take it up by resume.`);
  if (report.isRetried)
    throw new CommandError(`What was left of run ${folder.id} was sent by a retry before.`);
  const rows = rowsOf(file, plan, report);
  if (rows.length === 0) throw new CommandError(`No row of run ${folder.id} is to be sent again.`);
  // Calls have no arrangement.
  const { mode, ordered, concurrency } = report.plan ?? {};
  const arrangement =
    mode === undefined || ordered === undefined || concurrency === undefined
      ? {}
      : { mode, ordered, concurrency };
  return {
    file: { ...file, rows, text: planText(file, rows) },
    retry: { run: folder.id, ...arrangement },
  };
}

/** The rows that are left. What is approved by the file must be what the journal sends. */
function rowsOf(file: PlanFile, plan: Plan, report: JournalReport): PlanFile['rows'] {
  return report.retryable.map((index) => {
    const row = file.rows[index];
    const recorded = report.plan?.actions[index];
    const isSame =
      recorded === undefined || JSON.stringify(recorded) === JSON.stringify(plan.actions[index]);
    if (row && isSame) return row;
    throw new CommandError('The plan of the run has changed: its journal is of another plan.');
  });
}

interface Resumption {
  readonly api: GeneratedApi;
  readonly kind: RunKind;
  readonly batch: Batch;
  readonly runs: string;
  readonly folder: RunFolder;
  readonly file: PlanFile;
  readonly plan: Plan;
  readonly options: RunOptions;
}

/**
 * What takes up a retry. Where its process was killed before it began, it begins now, unless another retry of the
 * same run has: no row is sent twice.
 */
export async function resumeRetry(
  { run }: RetryOf,
  { api, kind, batch, runs, folder, file, plan, options }: Resumption,
): Promise<() => Run> {
  const goOn = (): Run => batch.run(plan, { ...options, resume: true });
  if (await kind.hasBegun(folder.journal)) return goOn;
  const before = await findRun(runs, run, false);
  const whole = await readPlanFile(before.plan, api, kind.name);
  const { plan: wholePlan, report } = await readSent(kind, batch, before, whole);
  const left = report ? rowsOf(whole, wholePlan, report) : [];
  const isSame =
    left.length === file.rows.length && left.every(({ row }, at) => row === file.rows[at]?.row);
  if (!isSame)
    throw new CommandError(`Run ${run} has gone on since: retry that one.`, exitCode.failed);
  if (!report?.isRetried) {
    const own = await kind.openJournal(before.journal);
    return () => batch.retry(own, plan, options);
  }
  for (const id of await listRuns(runs)) {
    const other = await findRun(runs, id, false);
    if (id === folder.id || (await readRetry(other))?.run !== run) continue;
    if (await kind.hasBegun(other.journal))
      throw new CommandError(`Run ${id} has sent these rows.`, exitCode.failed);
  }
  return goOn;
}
