// @ts-nocheck
import { Command, Option } from 'commander';
import { addAccountOptions } from '../call/call-command.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { formats } from '../output/print-rows.js';
import type { Console } from '../terminal/console.js';
import { ChangeRuns } from './change-runs.js';
import {
  countOf,
  type FleetFlags,
  sliceOf,
  type StatusFlags,
  type SubmitFlags,
  timeOf,
  wholeOf,
  type WorkFlags,
} from './fleet-flags.js';
import { drainWorkers } from './drain-workers.js';
import { showStatus } from './show-status.js';
import { submitPlan } from './submit-plan.js';
import { workUnits } from './work-units.js';

/** `fleet …`: runs in a database, which any machine submits and any worker carries out. */
export function fleetCommand(api: GeneratedApi, console: Console): Command {
  const fleet = new Command('fleet');
  const world = { api, console };
  const runs = new ChangeRuns(world);
  const add = (name: string, text: string): Command => {
    const command = new Command(name).description(text);
    addAccountOptions(command, api);
    command.option('--schema <name>', 'the schema of the tables; batchwright by default');
    fleet.addCommand(command);
    return command;
  };
  const submit = add('submit', 'store a run of a plan, and print its id; workers carry it out')
    .argument('<plan>', 'what `batch plan` wrote')
    .addOption(
      new Option('--on-error <what>', 'after a failure').choices(['stop', 'continue', 'rollback']),
    )
    .option('--concurrency <count>', 'batches at a time', countOf)
    .option('--capture', 'note what there was before, so that `fleet undo` can take it back')
    .option('--start-after <time>', 'not before this time: 2026-08-01T02:00Z', timeOf)
    .option('--priority <number>', 'runs with a higher one go first; 0 by default', wholeOf)
    .option('--key <text>', 'submitting again under it gives the run that is there');
  if (api.batch?.scope.length === 0)
    submit.option('--unit <name>', 'what the changes belong to: a device, an account');
  approvable(submit).action((plan: string, flags: SubmitFlags) => submitPlan(plan, flags, world));
  add('work', 'carry runs out, until a signal or `fleet drain`')
    .option('--organizations <count>', 'units that it acts for at a time; 10 by default', countOf)
    .option('--address <name>', 'the source address: workers of the same share its rate')
    .option('--name <name>', 'what it is called; host and process by default')
    .option('--slice <time>', 'how long a run keeps others waiting: 1m by default', sliceOf)
    .action((flags: WorkFlags) => workUnits(flags, world));
  add('status', 'say how the fleet fares, or how a run goes')
    .argument('[run]', 'its id')
    .option('--watch', 'wait for the end of the run')
    .addOption(new Option('--output <format>', 'how data is printed').choices(formats))
    .action((run: string | undefined, flags: StatusFlags) => showStatus(run, flags, world));
  add('drain', 'have workers end in order, on any machine: those of a name, or all')
    .argument('[worker]', 'its name')
    .option('--wait', 'until they have ended')
    .action((worker: string | undefined, flags) => drainWorkers(worker, flags, world));
  add('cancel', 'end a run: nothing new is begun')
    .argument('<run>', 'its id')
    .action((run: string, flags: FleetFlags) => runs.cancel(run, flags));
  add('resume', 'take up a run that was cancelled or has failed')
    .argument('<run>', 'its id')
    .action((run: string, flags: FleetFlags) => runs.resume(run, flags));
  approvable(add('undo', 'take back a run with --capture, as a run of its own'))
    .argument('<run>', 'its id')
    .action((run: string, flags: SubmitFlags) => runs.undo(run, flags));
  return fleet;
}

function approvable(command: Command): Command {
  return command
    .option('--yes', 'ask nothing')
    .option('--destroys <count>', 'with --yes: how many rows destroy something', Number);
}
