// @ts-nocheck
import { readPlanFile } from '../../bulk/plan-file.js';
import { CommandError } from '../../terminal/exit-code.js';
import type { Answer } from '../answers.js';
import type { ApiSession } from '../api-session.js';
import { showPlan, undoOf, undoText } from '../shown-plan.js';
import { planned, showing } from './plan.js';
import { runOf } from './status.js';

/** `undo`: plans what takes a run back; it is applied, and approved, as any plan. */
export async function undo(
  session: ApiSession,
  { run }: { readonly run: string },
): Promise<Answer> {
  const { api, account, options, plans } = session;
  if (!api.modules.batch)
    throw new CommandError('This API has no batches, and takes nothing back.');
  const folder = await runOf(session, run);
  const plan = await undoOf(showing(session), run);
  if (plan.actions.length === 0) return { notes: ['There is nothing to take back.'] };
  session.allowed.undoing(plan.actions);
  const { scope } = await readPlanFile(folder.plan, api);
  const facts = { kind: 'undo' as const, run, account, scope, onError: 'continue' as const };
  const record = await plans.add(facts, undoText(plan), options.planMs);
  return planned(session, record, await showPlan(showing(session), await plans.read(record.id)));
}
