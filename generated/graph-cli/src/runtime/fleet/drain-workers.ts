// @ts-nocheck
import { count } from '../terminal/count.js';
import { say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type FleetCommand, withFleet } from './client-fleet.js';
import type { FleetFlags } from './fleet-flags.js';

const lookMs = 500;

/** `fleet drain [WORKER]`: asks workers to end what they have begun, and to take nothing new. */
export async function drainWorkers(
  worker: string | undefined,
  flags: FleetFlags & { readonly wait?: boolean },
  { api, console }: Omit<FleetCommand, 'flags'>,
): Promise<void> {
  await withFleet({ api, console, flags }, async (fleet) => {
    const asked = await fleet.drain(worker);
    if (asked === 0 && worker !== undefined)
      throw new CommandError(`No worker ${worker} lives.`, exitCode.failed);
    say(console, `${count(asked, 'worker')} asked to end in order.`);
    const isThere = async (): Promise<boolean> => {
      const { state, workers } = await fleet.health();
      if (state === 'without-database') return true;
      return workers.some(({ name }) => worker === undefined || name === worker);
    };
    while (flags.wait && (await isThere()))
      await new Promise<void>((done) => {
        setTimeout(done, lookMs);
      });
    if (flags.wait) say(console, `${count(asked, 'worker')} ended.`);
  });
}
