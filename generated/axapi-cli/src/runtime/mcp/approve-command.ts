// @ts-nocheck
import { Command } from 'commander';
import { clientOptions } from '../access/client-options.js';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { addAccountOptions } from '../call/call-command.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { approve } from '../run/approve.js';
import { loadBatch } from '../run/client-batch.js';
import { type Console, say } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';

interface ApproveFlags extends AccountFlags {
  /** False with `--no-preview`. */
  readonly preview: boolean;
}

/** `approve PLAN`: shows a plan that a model made, and lets a person at a terminal approve it. */
export function approveCommand(api: GeneratedApi, console: Console): Command {
  const command = new Command('approve')
    .argument('<plan>', 'its id')
    .option('--no-preview', 'do not compare it with what is there');
  addAccountOptions(command, api);
  return command.action(async (id: string, flags: ApproveFlags) => {
    if (!console.stdin.isTTY || !console.stderr.isTTY)
      throw new CommandError('A plan is approved by a person, at a terminal.');
    const { PlanStore, hasExpired } = await import('./plan-store.js');
    const { accountOf, checkAccount } = await import('./account.js');
    const { showPlan } = await import('./shown-plan.js');
    const plans = await PlanStore.open(api, console);
    const stored = await plans.read(id);
    const { record, ending } = stored;
    if (ending) throw new CommandError(`This plan has been ${ending.ending} already.`);
    if (hasExpired(record)) throw new CommandError('This plan has expired.');
    const settings = await readSettings(api, flags, console);
    checkAccount(accountOf(api, flags, settings), record.account);
    const batch = (): ReturnType<typeof loadBatch> => loadBatch(api, clientOptions(api, settings));
    const shown = await showPlan({ api, console, settings, batch }, stored, flags);
    say(console, shown.text);
    for (const [name, value] of Object.entries(record.scope)) say(console, `${name}: ${value}`);
    say(console, `Profile ${record.account.profile} at ${record.account.baseUrl}`);
    await approve({ rows: rowsLike(shown) }, {}, console);
    if (!(await plans.approve(record, shown.seen)))
      throw new CommandError('This plan has been approved already.');
    say(console, `Approved: plan ${id}. It is applied once, by the server that waits for it.`);
  });
}

/** As many rows as a plan changes things, of which some destroy. */
function rowsLike({
  changes,
  destroys,
}: {
  readonly changes: number;
  readonly destroys: number;
}): Parameters<typeof approve>[0]['rows'] {
  return Array.from({ length: changes }, (_, index) => ({
    row: index + 1,
    group: '',
    operation: '',
    ...(index < destroys && { destroys: true as const }),
    input: {},
    cells: [],
  }));
}
