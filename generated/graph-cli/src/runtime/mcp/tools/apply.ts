// @ts-nocheck
import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ServerContext,
} from '@modelcontextprotocol/server';
import { callPlan, callsThrough } from '../../calls/call-batch.js';
import { CallJournal } from '../../calls/call-journal.js';
import { openJournal, type Run } from '../../run/client-batch.js';
import { batches } from '../../run/run-kind.js';
import { nextUndoJournal } from '../../run/undo-journal.js';
import { OldValues } from '../../run/old-values.js';
import { findRun, makeRun, type RunFolder, runsFolder } from '../../run/run-folder.js';
import { CommandError } from '../../terminal/exit-code.js';
import { checkAccount } from '../account.js';
import type { ApiSession } from '../api-session.js';
import type { Elicitation } from '../elicitation.js';
import { type Approval, hasExpired, rowsOf, type StoredPlan } from '../plan-store.js';
import type { FollowedRun, TrackedRun } from '../run-tracker.js';
import { showPlan, type ShownPlan } from '../shown-plan.js';
import { showing } from './plan.js';
import { runAnswer } from './status.js';

export interface ApplyInput {
  readonly plan: string;
  readonly hash: string;
}

/** What stands around a call: whom the client can ask, and how it is kept waiting. */
export interface Asking {
  readonly server: McpServer;
  readonly context: ServerContext;
  readonly elicitation: Elicitation;
}

const POLL_MS = 300;

/** `apply`: applies a plan once a person has approved it. Nothing that a model says approves it. */
export async function apply(
  session: ApiSession,
  { plan: id, hash }: ApplyInput,
  asking: Asking,
): Promise<CallToolResult | InputRequiredResult> {
  const { options, plans, answers, api } = session;
  if (!options.allowWrites)
    throw new CommandError('This server only reads: it was started without --allow-writes.');
  const stored = await readOpen(session, id, hash);
  const shown = await showPlan(showing(session), stored);
  const approval = await approvalOf(session, stored, shown, asking);
  if (approval && 'inputRequests' in approval) return approval;
  if (!approval)
    return answers.result({
      notes: [
        `Not approved yet, and nothing was sent. A person has to run \`${api.bin} approve ${id}\` in a terminal. Ask them, and then call apply again with the same plan and hash.`,
      ],
    });
  if (approval.seen !== undefined && approval.seen !== shown.seen)
    throw new CommandError(
      'What is there has changed since the plan was approved. Nothing was sent: plan again.',
    );
  // The person may have taken their time.
  await readOpen(session, id, hash);
  if (!(await plans.end(id, 'applied')))
    throw new CommandError(`The plan ${id} was used before. Plan again.`);
  const run = await begin(session, stored, shown);
  await Promise.race([run.ended, after(options.waitMs)]);
  return answers.result(await runAnswer(session, run.id));
}

/** A plan that can be applied: ours, whole, not used, and allowed. */
async function readOpen(session: ApiSession, id: string, hash: string): Promise<StoredPlan> {
  const stored = await session.plans.read(id);
  const { record, ending } = stored;
  if (record.hash !== hash)
    throw new CommandError('The hash is not that of the plan. Take both from the result of plan.');
  checkAccount(session.account, record.account);
  if (ending)
    throw new CommandError(
      ending.ending === 'declined'
        ? 'A person has declined this plan. Do not plan the same again unasked.'
        : `The plan ${id} was used before. Plan again.`,
    );
  if (hasExpired(record)) throw new CommandError(`The plan ${id} has expired. Plan again.`);
  await checkAllowed(session, stored);
  return stored;
}

/** The lists of this server hold, whichever server made the plan. */
async function checkAllowed(session: ApiSession, stored: StoredPlan): Promise<void> {
  const { record, text } = stored;
  session.allowed.scope(record.scope);
  if (record.kind === 'undo') {
    const actions = text
      .trimEnd()
      .split('\n')
      .map((line): object => JSON.parse(line));
    return session.allowed.undoing(actions);
  }
  for (const { operation, input } of rowsOf(stored).rows)
    await session.allowed.check(await session.operation(operation), input);
}

async function approvalOf(
  session: ApiSession,
  stored: StoredPlan,
  shown: ShownPlan,
  { server, context, elicitation }: Asking,
): Promise<Pick<Approval, 'seen'> | InputRequiredResult | undefined> {
  const { record } = stored;
  const { plans, options, api } = session;
  const given = await plans.approval(record);
  if (given) return given;
  if (options.approveIn === 'any') {
    const answered = elicitation.answered(record, context);
    switch (answered?.said) {
      case 'yes':
        return { seen: answered.seen };
      case 'no':
        await plans.end(record.id, 'declined');
        throw new CommandError('The person has declined. Nothing was sent.');
      case 'nothing':
        throw new CommandError(
          'The person has not approved. Nothing was sent. Ask them before you call apply again.',
        );
      case undefined:
        if (elicitation.canAsk(server, context, shown))
          return elicitation.ask(record, shown, api.bin);
    }
  }
  return waitFor(session, stored, context);
}

/** Waits a while for a person at a terminal. */
async function waitFor(
  { plans, options, api }: ApiSession,
  { record }: StoredPlan,
  { mcpReq }: ServerContext,
): Promise<Approval | undefined> {
  const progressToken = mcpReq._meta?.progressToken;
  const end = Date.now() + options.waitMs;
  for (let round = 1; Date.now() < end && !mcpReq.signal.aborted; round++) {
    await after(Math.min(POLL_MS, Math.max(0, end - Date.now())));
    const found = await plans.approval(record);
    if (found) return found;
    // Clients give a call more time where it says that it is alive.
    if (progressToken === undefined || round % 10 !== 1) continue;
    const message = `waiting for ${api.bin} approve ${record.id}`;
    const params = { progressToken, progress: round, message };
    await mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  }
  return undefined;
}

async function begin(
  session: ApiSession,
  stored: StoredPlan,
  { plan, changes }: ShownPlan,
): Promise<TrackedRun> {
  const { api, console, runs } = session;
  const { record, text } = stored;
  const { onError, scope, kind } = record;
  const folder = runsFolder(api, undefined, console);
  if (kind === 'undo') {
    const taken: RunFolder = await findRun(folder, record.run ?? '', false);
    const batch = await session.batch();
    const journal = await openJournal(api, await nextUndoJournal(batches(api), taken));
    const run = batch.run(needed(plan), { ...scope, journal, onError: 'continue' });
    return runs.start(following(run), { ...taken, id: `${taken.id}-undo` }, changes, undefined);
  }
  const file = rowsOf(stored);
  if (kind === 'calls') {
    // What depends on what, nobody can see: a model may have meant this order.
    const options = { plan: record.id, calls: true, onError, concurrency: 1 };
    const made = await makeRun(folder, { plan: text, options });
    const journal = new CallJournal(made.journal);
    const run = callsThrough(api, await session.client()).run(await callPlan(api, file), {
      ...options,
      journal,
    });
    return runs.start(following(run), made, changes, file);
  }
  const batch = await session.batch();
  const options = { ...scope, onError, ...(batch.undo && { capture: true }) };
  const made = await makeRun(folder, { plan: text, options });
  const old = new OldValues(batch, needed(plan));
  const journal = old.noting(await openJournal(api, made.journal));
  const run = batch.run(needed(plan), { ...options, journal });
  return runs.start(following(run), made, changes, file, old);
}

function following(run: Run): FollowedRun {
  return { progress: run, outcomes: async () => run, stop: () => run.stop() };
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A plan of batches has a plan of the client.');
  return value;
}

/** Some time; it does not keep the process alive. */
function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
