// @ts-nocheck
import { offlineOptions } from '../access/client-options.js';
import { readPlanFile } from '../bulk/plan-file.js';
import { approve } from '../run/approve.js';
import { loadBatch, planOf } from '../run/client-batch.js';
import { destroys } from '../run/destroys.js';
import { emit, say } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { type FleetCommand, withFleet } from './client-fleet.js';
import type { SubmitFlags } from './fleet-flags.js';

/** `fleet submit PLAN`: stores a run of what `batch plan` wrote; prints its id. It needs no credentials. */
export async function submitPlan(
  path: string,
  flags: SubmitFlags,
  { api, console }: Omit<FleetCommand, 'flags'>,
): Promise<void> {
  const file = await readPlanFile(path, api);
  const unit = api.batch?.scope.length === 0 ? unitOf(flags) : {};
  const batch = await loadBatch(api, offlineOptions(api));
  const plan = await planOf(api, batch, file);
  say(console, String(plan));
  // Counted in what will be sent: whoever wrote the file may have left it out.
  const rows = plan.actions.map((action) => ({ destroys: destroys(action) || undefined }));
  await approve({ rows }, flags, console);
  const { onError, concurrency, capture, startAfter, priority, key } = flags;
  const options = { onError, concurrency, capture };
  const submission = { ...file.scope, ...unit, plan, options, startAfter, priority, key };
  const run = await withFleet({ api, console, flags }, (fleet) => fleet.submit(submission));
  await emit(console, `${run}\n`);
  say(console, `Next: ${api.bin} fleet status ${run} --watch`);
}

function unitOf({ unit }: SubmitFlags): { readonly unit: string } {
  if (unit === undefined) throw new CommandError('--unit is missing: the device, or the account.');
  return { unit };
}
