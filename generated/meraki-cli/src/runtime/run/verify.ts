// @ts-nocheck
import type { PlanFile } from '../bulk/plan-file.js';
import { type Console, emit, say } from '../terminal/console.js';
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Batch, Outcome, Plan, Verification } from './client-batch.js';
import { reportOf } from './read-run.js';
import { readOptions, type RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

interface Verified {
  readonly kind: RunKind;
  readonly batch: Batch;
  readonly folder: RunFolder;
  readonly file: PlanFile;
  readonly plan: Plan;
}

/**
 * Says whether the changes of a run are there: only reads, so that its journal is only read, too.
 *
 * @throws CommandError where the run has not ended, or something differs.
 */
export async function verify(
  { kind, batch, folder, file, plan }: Verified,
  console: Console,
): Promise<void> {
  if (!batch.verify) throw new CommandError('This API shows nothing of what was changed.');
  const open = (): Promise<object> => kind.openJournal(folder.journal, { readOnly: true });
  const report = await reportOf(batch, await open(), plan);
  if (!report || report.outcomes.some(isOpen))
    throw new CommandError(`Run ${folder.id} has not ended: resume it first.`, exitCode.failed);
  const options = { ...(await readOptions(folder)), journal: await open() };
  const found = await batch.verify(plan, report.outcomes, options);
  const counts = { same: 0, different: 0, unverified: 0 };
  for (const [index, verification] of found.entries()) {
    if (!verification) continue;
    counts[verification.state] += 1;
    for (const line of linesOf(verification, batch, plan))
      await emit(console, `row ${file.rows[index]?.row}: ${line}\n`);
  }
  const { same, different, unverified } = counts;
  say(console, `${same} same, ${different} different, ${unverified} not verified.`);
  if (different > 0)
    throw new CommandError(`${count(different, 'row')} differ.`, exitCode.rowsFailed);
}

function isOpen({ status, reason }: Outcome): boolean {
  return status === 'unknown' || (status === 'skipped' && reason === 'aborted');
}

function linesOf(verification: Verification, { shownBy }: Batch, plan: Plan): readonly string[] {
  switch (verification.state) {
    case 'same':
      return [];
    case 'unverified':
      return [`not verified: ${verification.reason}`];
    case 'different':
      return verification.differences.map(({ pointer, intended, actual }) => {
        // Members that bear secrets are not shown.
        const name = pointer.split('/')[1] ?? '';
        const shown = (value: unknown): string =>
          JSON.stringify(shownBy ? shownBy(plan, { [name]: value })[name] : value) ?? 'absent';
        return `${pointer === '' ? 'it' : pointer} is ${shown(actual)}, and not ${shown(intended)}`;
      });
  }
}
