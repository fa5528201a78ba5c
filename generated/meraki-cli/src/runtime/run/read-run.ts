// @ts-nocheck
import { offlineOptions } from '../access/client-options.js';
import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Batch, JournalReport, Plan } from './client-batch.js';
import { OldValues } from './old-values.js';
import { type Result, resultOf } from './results.js';
import { readRetry, type RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

/** A run as its journal has it. */
export interface RunRecord {
  readonly plan: Plan;
  /** Undefined where the run was killed before anything was sent. */
  readonly report: JournalReport | undefined;
  readonly results: readonly Result[];
}

/** Reads a run from its journal, also while another process goes on with it. Nothing is sent. */
export async function readRun(
  api: GeneratedApi,
  kind: RunKind,
  folder: RunFolder,
  file: PlanFile,
): Promise<RunRecord> {
  const batch = await kind.load(offlineOptions(api));
  const plan = await kind.plan(batch, file, await readRetry(folder));
  const old = new OldValues(batch, plan);
  const journal = old.noting(await kind.openJournal(folder.journal, { readOnly: true }));
  const report = await reportOf(batch, journal, plan);
  if (report && report.outcomes.length !== file.rows.length)
    throw new CommandError(
      `${folder.plan} has changed: its journal is of another plan.`,
      exitCode.failed,
    );
  const results = file.rows.map((row, index) =>
    resultOf(row, report?.outcomes[index], { old: old.of(index), created: api.batch?.created }),
  );
  return { plan, report, results };
}

/** What a run was to do, and what its journal says of it; no report where nothing was sent. */
export async function readSent(
  kind: RunKind,
  batch: Batch,
  folder: RunFolder,
  file: PlanFile,
): Promise<Pick<RunRecord, 'plan' | 'report'>> {
  const plan = await kind.plan(batch, file, await readRetry(folder));
  const journal = await kind.openJournal(folder.journal, { readOnly: true });
  return { plan, report: await reportOf(batch, journal, plan) };
}

/** What a journal says of its run; undefined where nothing was sent. */
export async function reportOf(
  batch: Batch,
  journal: object,
  plan: Plan,
): Promise<JournalReport | undefined> {
  try {
    return await batch.readJournal(journal, plan);
  } catch (error) {
    if (error instanceof Error && 'reason' in error && error.reason === 'empty') return undefined;
    throw error;
  }
}
