// @ts-nocheck
import { exitCode } from '../terminal/exit-code.js';
import { say } from '../terminal/console.js';
import { type FleetCommand, withFleet, type Worker } from './client-fleet.js';
import type { WorkFlags } from './fleet-flags.js';
import { unitClient, unitOptions } from './unit-client.js';

/** `fleet work`: carries runs out until it is drained, by a signal or by `fleet drain`. */
export async function workUnits(
  flags: WorkFlags,
  { api, console }: Omit<FleetCommand, 'flags'>,
): Promise<void> {
  // What no unit could work with is said at once.
  await unitOptions(api, flags, console, 'unit');
  const { organizations, address, name, slice } = flags;
  await withFleet(
    { api, console, flags },
    async (fleet) => {
      const worker = await fleet.work({ organizations, address, name, slice });
      const drained = untilDrained(worker, () =>
        say(console, 'Draining: nothing new begins. Once more ends at once.'),
      );
      // Once it is said, a signal drains it.
      say(console, `${worker.name} is at work. Ctrl-C drains it.`);
      await drained;
      say(console, `${worker.name} is drained.`);
    },
    (unit, context) => unitClient(api, flags, console, { unit, context }),
  );
}

/** The first signal drains the worker, a second ends it: its runs go on elsewhere after its lease. */
async function untilDrained(worker: Worker, begins: () => void): Promise<void> {
  let isDraining = false;
  const drain = (): void => {
    if (isDraining) process.exit(exitCode.interrupted);
    isDraining = true;
    begins();
    void worker.drain();
  };
  process.on('SIGINT', drain);
  process.on('SIGTERM', drain);
  try {
    await worker.drained;
  } finally {
    process.off('SIGINT', drain);
    process.off('SIGTERM', drain);
  }
}
