// @ts-nocheck
import { approve } from '../run/approve.js';
import { emit, say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type FleetCommand, withFleet } from './client-fleet.js';
import type { FleetFlags, SubmitFlags } from './fleet-flags.js';

/** What is done with runs of a fleet that were submitted. */
export class ChangeRuns {
  readonly #world: Omit<FleetCommand, 'flags'>;

  constructor(world: Omit<FleetCommand, 'flags'>) {
    this.#world = world;
  }

  async cancel(run: string, flags: FleetFlags): Promise<void> {
    await withFleet({ ...this.#world, flags }, async (fleet) => {
      if (!(await fleet.cancel(run)))
        throw new CommandError(`Run ${run} had ended.`, exitCode.failed);
    });
    say(this.#world.console, `Run ${run} ends: nothing new is begun.`);
  }

  async resume(run: string, flags: FleetFlags): Promise<void> {
    await withFleet({ ...this.#world, flags }, async (fleet) => {
      if (!(await fleet.resume(run)))
        throw new CommandError(
          `Run ${run} was not cancelled, and has not failed.`,
          exitCode.failed,
        );
    });
    say(this.#world.console, `Run ${run} waits for a worker.`);
  }

  /** What the run created is destroyed, as its user asks for. */
  async undo(run: string, flags: SubmitFlags): Promise<void> {
    const { console } = this.#world;
    const undo = await withFleet({ ...this.#world, flags }, async (fleet) => {
      const { actions } = await fleet.status(run);
      await approve({ rows: Array.from({ length: actions }, () => ({})) }, flags, console);
      return fleet.undo(run);
    });
    await emit(console, `${undo}\n`);
  }
}
