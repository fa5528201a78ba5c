// @ts-nocheck
import { type PlanFile, readPlanFile } from '../../bulk/plan-file.js';
import { plainCalls } from '../../calls/call-batch.js';
import { readRun } from '../../run/read-run.js';
import { findRun, listRuns, runsFolder } from '../../run/run-folder.js';
import { batches, type RunKind } from '../../run/run-kind.js';
import type { Answer } from '../answers.js';
import { checkAccount } from '../account.js';
import type { ApiSession } from '../api-session.js';
import { hasExpired, type StoredPlan } from '../plan-store.js';

export interface StatusInput {
  readonly plan?: string;
  readonly run?: string;
}

const MOST_LISTED = 20;

/** `status`: what became of a plan or a run; without either, those of this account. */
export async function status(session: ApiSession, { plan, run }: StatusInput): Promise<Answer> {
  if (run !== undefined) return runAnswer(session, run);
  if (plan === undefined) return list(session);
  const stored = await session.plans.read(plan);
  checkAccount(session.account, stored.record.account);
  return { notes: [`plan ${plan}: ${await stateOf(session, stored)}`] };
}

/** What is known of a run: of this process, or of its folder. */
export async function runAnswer(session: ApiSession, id: string): Promise<Answer> {
  const tracked = session.runs.get(id);
  if (tracked?.hasEnded === false)
    return {
      notes: [
        `run ${id}: ${tracked.done} of ${tracked.total} done; it goes on. Call status again.`,
      ],
    };
  const failure = tracked?.failure === undefined ? [] : [`It ended early: ${tracked.failure}`];
  const early = failure.length > 0 ? ['It ended early.'] : [];
  const counts = tracked && countsText(tracked.counts);
  // What takes a run back has no folder of its own.
  if (tracked && id.endsWith('-undo'))
    return { notes: [`run ${id}: ${counts}.`, ...early], data: failure };
  const folder = await runOf(session, id);
  const file = await readPlanFile(folder.plan, session.api, 'any');
  const { results, report } = await readRun(session.api, kindOf(session, file), folder, file);
  const left = results.filter(({ status: each }) => each !== 'applied');
  const kind = file.calls ? 'bulk' : 'batch';
  const goOn =
    left.length > 0
      ? [`A person can go on: \`${session.api.bin} ${kind} resume ${id}\`, or retry.`]
      : [];
  return {
    notes: [`run ${id}: ${counts ?? countsText(countsOf(results))}.`, ...early, ...goOn],
    data: [
      ...failure,
      ...left.map((row) => JSON.stringify(row)),
      ...(tracked || file.calls || !report ? [] : [String(report)]),
      ...results
        .filter(({ status: each, id: made }) => each === 'applied' && made !== '')
        .map(({ row, id: made }) => JSON.stringify({ row, created: made })),
    ],
  };
}

/** A run of this machine that the lists of this server allow. */
export async function runOf(
  session: ApiSession,
  id: string,
): Promise<Awaited<ReturnType<typeof findRun>>> {
  const { api, console } = session;
  const folder = await findRun(runsFolder(api, undefined, console), id, false);
  const { scope, rows } = await readPlanFile(folder.plan, api, 'any');
  session.allowed.scope(scope);
  for (const { operation, input } of rows)
    await session.allowed.check(await session.operation(operation), input);
  return folder;
}

function kindOf({ api }: ApiSession, { calls }: PlanFile): RunKind {
  return calls ? plainCalls(api) : batches(api);
}

async function list(session: ApiSession): Promise<Answer> {
  const { api, console, plans } = session;
  const stored = await Promise.all(
    (await plans.ids()).map((id) => plans.read(id).catch(() => undefined)),
  );
  const own = stored.flatMap((plan) => {
    const { profile, baseUrl } = plan?.record.account ?? {};
    const isOwn = profile === session.account.profile && baseUrl === session.account.baseUrl;
    return plan && isOwn ? [plan] : [];
  });
  const latest = own.toSorted((a, b) => (a.record.created < b.record.created ? 1 : -1));
  const runs = (await listRuns(runsFolder(api, undefined, console))).slice(-MOST_LISTED);
  const states = latest
    .slice(0, MOST_LISTED)
    .map(async (plan) => `plan ${plan.record.id}: ${await stateOf(session, plan)}`);
  return {
    notes: [
      ...(await Promise.all(states)),
      ...runs.toReversed().map((run) => `run ${run}`),
      ...(own.length + runs.length === 0 ? ['There are no plans and no runs.'] : []),
    ],
  };
}

async function stateOf(
  { plans, api }: ApiSession,
  { record, ending }: StoredPlan,
): Promise<string> {
  if (ending) return ending.ending;
  if (hasExpired(record)) return 'expired';
  if (await plans.approval(record)) return 'approved: call apply';
  return `waits for a person: \`${api.bin} approve ${record.id}\``;
}

function countsOf(
  results: readonly { readonly status: string }[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status: each } of results) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return parts.length > 0 ? parts.join(', ') : 'nothing is known yet';
}
