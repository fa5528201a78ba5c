// @ts-nocheck
import { printValue } from '../output/print-rows.js';
import { count } from '../terminal/count.js';
import { say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type FleetCommand, type Fleet, type RunStatus, withFleet } from './client-fleet.js';
import type { StatusFlags } from './fleet-flags.js';

type World = Omit<FleetCommand, 'flags'>;

/** `fleet status [RUN]`: how the fleet fares, or how a run goes; ends as the run did. */
export async function showStatus(
  run: string | undefined,
  flags: StatusFlags,
  world: World,
): Promise<void> {
  const { console } = world;
  const format = flags.output ?? (console.stdout.isTTY ? 'table' : 'json');
  const print = (value: unknown): Promise<void> =>
    printValue(value, { format, fields: [] }, console);
  await withFleet({ ...world, flags }, async (fleet) => {
    if (run === undefined) {
      const health = await fleet.health();
      await print(health);
      if (health.state === 'without-workers') say(console, 'Runs wait, and no worker lives.');
      if (health.state === 'without-database')
        throw new CommandError('The database cannot be reached.', exitCode.failed);
      return;
    }
    const status = flags.watch ? await watched(fleet, run, world) : await fleet.status(run);
    await print(status);
    judge(status);
  });
}

async function watched(fleet: Fleet, run: string, { console }: World): Promise<RunStatus> {
  for await (const { state, settled, actions } of fleet.watch(run))
    say(console, `${state}: ${settled} of ${actions}`);
  return fleet.status(run);
}

/** Ends with what became of the actions of a run that has ended. */
function judge({ id, state, counts, error }: RunStatus): void {
  if (state === 'failed')
    throw new CommandError(`Run ${id} has failed: ${error ?? ''}`, exitCode.failed);
  if (state === 'queued' || state === 'running') return;
  const { unknown = 0, failed = 0, rolledBack = 0, skipped = 0 } = counts;
  if (unknown > 0)
    throw new CommandError(
      `Of ${count(unknown, 'action')} it is unknown what they did.`,
      exitCode.unknown,
    );
  const left = failed + rolledBack + skipped;
  if (left > 0)
    throw new CommandError(
      `${count(left, 'action')} ${left === 1 ? 'was' : 'were'} not applied.`,
      exitCode.rowsFailed,
    );
}
