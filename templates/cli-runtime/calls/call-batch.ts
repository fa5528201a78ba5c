import { type Client, createClient, loadCall } from '../call/client-module.js';
import type { ClientOptions } from '../access/client-options.js';
import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Batch, Plan } from '../run/client-batch.js';
import type { RunKind } from '../run/run-kind.js';
import { count } from '../terminal/count.js';
import { type CallAction, actionsOf } from './call-action.js';
import { CallJournal } from './call-journal.js';
import { previewOf } from './call-preview.js';
import { reportOf } from './call-report.js';
import { verifyCalls } from './verify-calls.js';
import { CallRun, type CallRunOptions } from './call-run.js';

/** Changes call by call: for an API without batches, and for what does not go into them. */
export function plainCalls(api: GeneratedApi): RunKind {
  return {
    name: 'bulk',
    description: 'many changes, from a file, call by call',
    hasDrafts: false,
    canUndo: false,
    canVerify: true,
    scope: [],
    load: (options) => loadCalls(api, options),
    plan: (_, file) => callPlan(api, file),
    hasBegun: async (path) => (await new CallJournal(path).read()).calls.size > 0,
    openJournal: async (path) => new CallJournal(path),
  };
}

/** The calls of a plan's rows, in their order. */
export async function callPlan(
  api: GeneratedApi,
  file: Pick<PlanFile, 'rows'>,
): Promise<Plan & { readonly actions: readonly CallAction[] }> {
  const actions = await actionsOf(api, file);
  return { actions, toString: () => textOf(actions) };
}

async function loadCalls(api: GeneratedApi, options: ClientOptions): Promise<Batch> {
  return callsThrough(api, await createClient(api, options));
}

/** What of the client's batches can be done by plain calls, too. */
export function callsThrough(api: GeneratedApi, client: Client): Batch {
  const perform = async ({ group, operation, input }: CallAction): Promise<unknown> => {
    const call = await loadCall(api, group, operation);
    return call(client, ...(Object.keys(input).length > 0 ? [input] : []));
  };
  return {
    run: (plan, given) =>
      // The plan and the options are those of this kind, as the caller made them by it.
      new CallRun(
        plan.actions as readonly CallAction[],
        perform,
        given as unknown as CallRunOptions,
      ),
    preview: (plan) => previewOf(api, client, plan.actions as readonly CallAction[]),
    verify: (plan, outcomes) =>
      verifyCalls(api, client, plan.actions as readonly CallAction[], outcomes),
    readJournal: (journal, plan) =>
      reportOf(journal as CallJournal, plan.actions as readonly CallAction[]),
    retry: (journal, plan, given) =>
      new CallRun(plan.actions as readonly CallAction[], perform, {
        ...(given as unknown as CallRunOptions),
        retried: journal as CallJournal,
      }),
  };
}

function textOf(actions: readonly CallAction[]): string {
  const counts = new Map<string, number>();
  for (const { operation, method } of actions) {
    const key = `${operation} (${method})`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].map(([name, number]) => `  ${number} ${name}`);
  return [`${count(actions.length, 'call')}:`, ...lines].join('\n');
}
