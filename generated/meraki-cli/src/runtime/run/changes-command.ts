// @ts-nocheck
import { Command, Option } from 'commander';
import { planCommand } from '../bulk/plan-command.js';
import { addAccountOptions } from '../call/call-command.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { Commands, type RunFlags } from './commands.js';
import { listCommand } from './list-command.js';
import { previewCommand } from './preview-command.js';
import type { RunKind } from './run-kind.js';
import { type FolderFlags, type KindOf, RunReports } from './run-reports.js';
import { showCommand } from './journal-command.js';

/** `batch …`, `bulk …`: many changes, resumable, with results by row. */
export function changesCommand(
  api: GeneratedApi,
  table: OperationTable,
  kind: RunKind,
  kindOf: KindOf,
  console: Console,
): Command {
  const batch = new Command(kind.name);
  const commands = new Commands(api, kind, console);
  const reports = new RunReports(api, kindOf, console);
  const running = (name: string, text: string): Command => {
    const command = new Command(name).description(text);
    addAccountOptions(command, api);
    command.option('--dir <folder>', 'where the runs are kept');
    batch.addCommand(command);
    return command;
  };
  const ofRun = (name: string, text: string): Command =>
    running(name, text).argument('[run]', 'its id').option('--last', 'the last run');

  batch.addCommand(planCommand(api, table, kind, console));
  batch.addCommand(previewCommand(api, commands, kind, console));
  const own = kind.name === 'batch' ? (api.batch?.options ?? []) : [];
  const apply = following(approvable(running('apply', 'apply a plan')))
    .argument('<plan>', `what \`${kind.name} plan\` wrote`)
    .addOption(onError())
    .option('--option <name=value>', 'a further option of the run: configVersion=3', collect)
    .option('--preview', 'first compare the plan with what is there, where the API can be read')
    .action((path: string, flags: RunFlags) => commands.apply(path, withOwn(flags, own)));
  addOwn(apply, own);
  if (kind.name === 'bulk')
    apply
      .option('--concurrency <count>', 'calls at the same time; 4 by default', above0)
      .option('--rate <count>', 'calls that begin in a second', above0);
  following(ofRun('resume', 'take up a run that did not end')).action(
    (id: string | undefined, flags: RunFlags) => commands.resume(id, flags),
  );
  if (kind.hasDrafts) {
    apply.option(
      '--confirm-within <time>',
      'undo the changes after this time, such as 10m, unless `batch keep` comes first',
    );
    running('draft', 'make drafts of a plan, which the server checks; nothing is changed')
      .argument('<plan>', `what \`${kind.name} plan\` wrote`)
      .action((path: string, flags: RunFlags) => commands.draft(path, flags));
    following(approvable(ofRun('confirm', 'apply the drafts of a run'))).action(
      (id: string | undefined, flags: RunFlags) => commands.confirm(id, flags),
    );
    ofRun('discard', 'throw the drafts of a run away; nothing is changed').action(
      (id: string | undefined, flags: RunFlags) => commands.discard(id, flags),
    );
    ofRun('keep', 'let the changes of a run stay that --confirm-within holds')
      .option('--for <time>', 'only for so much longer: 10m')
      .action((id: string | undefined, flags) => commands.keep(id, flags));
  }
  if (kind.canVerify)
    ofRun('verify', 'look whether the changes of a run are there; it only reads').action(
      (id: string | undefined, flags: RunFlags) => commands.verify(id, flags),
    );
  if (!kind.canUndo) batch.addCommand(noUndo(kind), { hidden: true });
  else {
    const undo = following(approvable(ofRun('undo', 'take the changes of a run back')));
    addOwn(undo, own);
    undo.action((id: string | undefined, flags: RunFlags) =>
      commands.undo(id, withOwn(flags, own)),
    );
  }
  const retry = following(
    approvable(ofRun('retry', 'apply the rows of a run again that were not applied')),
  );
  addOwn(retry, own);
  retry
    .requiredOption('--failed', 'those that failed, were rolled back or skipped')
    .addOption(onError())
    .action((id: string | undefined, flags: RunFlags) => commands.retry(id, withOwn(flags, own)));
  const asked = (name: string, text: string): Command =>
    batch.command(name).description(text).option('--dir <folder>', 'where the runs are kept');
  asked('runs', 'list the runs on this machine').action((flags: FolderFlags) =>
    reports.list(flags),
  );
  const list = kind.name === 'batch' ? api.batch?.list : undefined;
  if (list) batch.addCommand(listCommand(api, kind.scope, list, console));
  asked('status', 'say what the journal of a run says; nothing is sent')
    .argument('[run]', 'its id')
    .option('--last', 'the last run')
    .action((id: string | undefined, flags: FolderFlags) => reports.status(id, flags));
  batch.addCommand(showCommand(reports));
  return batch;
}

/** Adds options of a run that only this API has, unless the command has one of that name. */
function addOwn(command: Command, names: readonly string[]): void {
  for (const name of names) {
    const long = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (command.options.some((option) => option.long === long)) continue;
    const option = new Option(`${long} <value>`, `${name} of the run, as in --option ${name}=…`);
    option.attributeName = () => `own_${name}`;
    command.addOption(option);
  }
}

/** The same, with own options among those that `--option` gives. */
function withOwn(flags: RunFlags, names: readonly string[]): RunFlags {
  const values = new Map<string, unknown>(Object.entries(flags));
  const given = names.flatMap((name) => {
    const value = values.get(`own_${name}`);
    return typeof value === 'string' ? [`${name}=${value}`] : [];
  });
  return { ...flags, option: [...(flags.option ?? []), ...given] };
}

/** Who looks for it learns why it is not there. */
function noUndo({ name }: RunKind): Command {
  return new Command('undo')
    .argument('[words...]')
    .allowUnknownOption()
    .action(() => {
      throw new CommandError(
        `${name} takes nothing back: calls keep no old values. A preview shows them before a run.`,
      );
    });
}

function onError(): Option {
  return new Option('--on-error <what>', 'after a failure').choices(['stop', 'continue']);
}

function approvable(command: Command): Command {
  return command
    .option('--yes', 'ask nothing')
    .option('--destroys <count>', 'with --yes: how many rows destroy something', Number);
}

function following(command: Command): Command {
  return command.addOption(
    new Option('--progress <format>', 'what is said on standard error').choices(['text', 'json']),
  );
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function above0(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1_000) return value;
  throw new CommandError(`${text} must be a number above 0, and 1,000 at most.`);
}
