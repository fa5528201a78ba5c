import { Command, Option } from 'commander';
import { clientOptions } from '../access/client-options.js';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { planCommand } from '../bulk/plan-command.js';
import { type PlanFile, readPlanFile } from '../bulk/plan-file.js';
import { addAccountOptions } from '../call/call-command.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';
import { printRows } from '../output/print-rows.js';
import { type Console, emit, say } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { approve, type ApprovalFlags } from './approve.js';
import {
  type Batch,
  loadBatch,
  openJournal,
  planOf,
  type Run,
  type RunOptions,
} from './client-batch.js';
import { countsOf, execute, judge } from './execute.js';
import {
  findRun,
  listRuns,
  makeRun,
  readOptions,
  type RunFolder,
  runsFolder,
} from './run-folder.js';
import { readResults, ResultsFile } from './results.js';

interface FolderFlags {
  readonly dir?: string;
  readonly last?: boolean;
}

interface RunFlags extends AccountFlags, ApprovalFlags, FolderFlags {
  readonly onError?: string;
  readonly option?: readonly string[];
  readonly failed?: boolean;
}

/** `batch …`: many changes as batches of the API, resumable, with results by row. */
export function batchCommand(api: GeneratedApi, table: OperationTable, console: Console): Command {
  const batch = new Command('batch').description('many changes, from a file, as batches');
  const commands = new Commands(api, console);
  batch.addCommand(planCommand(api, table, console));
  const running = (name: string, text: string): Command => {
    const command = new Command(name).description(text);
    addAccountOptions(command, api);
    command.option('--dir <folder>', 'where the runs are kept');
    batch.addCommand(command);
    return command;
  };
  const ofRun = (name: string, text: string): Command =>
    running(name, text).argument('[run]', 'its id').option('--last', 'the last run');
  approvable(running('apply', 'apply a plan'))
    .argument('<plan>', 'what `batch plan` wrote')
    .addOption(new Option('--on-error <what>', 'after a failure').choices(['stop', 'continue']))
    .option('--option <name=value>', 'a further option of the run: configVersion=3', collect)
    .action((path: string, flags: RunFlags) => commands.apply(path, flags));
  ofRun('resume', 'take up a run that did not end').action((id: string | undefined, flags) =>
    commands.resume(id, flags, {}),
  );
  if (api.batch?.kind === 'draft') {
    ofRun('verify', 'look whether the changes of a run are there').action(
      (id: string | undefined, flags) => commands.resume(id, flags, { verify: true }),
    );
    approvable(ofRun('undo', 'take the changes of a run back')).action(
      (id: string | undefined, flags: RunFlags) => commands.undo(id, flags),
    );
  }
  approvable(ofRun('retry', 'apply the rows of a run again that were not applied'))
    .requiredOption('--failed', 'those that failed, were rolled back or skipped')
    .action((id: string | undefined, flags: RunFlags) => commands.retry(id, flags));
  running('runs', 'list the runs on this machine').action((flags: FolderFlags) =>
    commands.list(flags),
  );
  ofRun('show', 'print the results of a run; nothing is sent')
    .option('--failed', 'only the rows that were not applied')
    .option('--output <format>', 'json, jsonl, csv, yaml or table', 'csv')
    .action((id: string | undefined, flags) => commands.show(id, flags));
  return batch;
}

function approvable(command: Command): Command {
  return command
    .option('--yes', 'ask nothing')
    .option('--destroys <count>', 'with --yes: how many rows destroy something', Number);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

class Commands {
  readonly #api: GeneratedApi;
  readonly #console: Console;

  constructor(api: GeneratedApi, console: Console) {
    this.#api = api;
    this.#console = console;
  }

  async apply(path: string, flags: RunFlags): Promise<void> {
    const file = await readPlanFile(path, this.#api.bin);
    await this.#applyPlan(file, flags);
  }

  async resume(id: string | undefined, flags: RunFlags, further: RunOptions): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api.bin);
    const batch = await this.#batch(flags);
    const plan = await planOf(this.#api, batch, file);
    const journal = await openJournal(this.#api, folder.journal);
    const results = new ResultsFile(folder.results, file);
    const options = await readOptions(folder);
    // A process that was killed early may have written nothing: then the run begins.
    const start = (signal: AbortSignal): Run =>
      batch.run(plan, { ...options, ...further, journal, resume: true, signal });
    await this.#follow(start, results, folder);
  }

  async undo(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api.bin);
    const batch = await this.#batch(flags);
    if (!batch.undo) throw new CommandError('This API takes nothing back.');
    const plan = await batch.undo(await openJournal(this.#api, folder.journal));
    say(this.#console, String(plan));
    if (plan.actions.length === 0) return;
    // What the run created is destroyed: its user sees the plan above.
    await approve(
      { rows: file.rows.map((row) => ({ ...row, destroys: undefined })) },
      flags,
      this.#console,
    );
    const journal = await openJournal(this.#api, folder.undoJournal);
    const run = batch.run(plan, { ...file.scope, journal, onError: 'continue' });
    const outcomes = await run;
    const counts = countsOf(outcomes);
    say(this.#console, `Undone: ${counts['applied'] ?? 0} of ${outcomes.length}.`);
    judge(counts);
  }

  async retry(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api.bin);
    const again = new Set(
      (await readResults(folder.results))
        .filter(({ status }) => ['failed', 'rolledBack', 'skipped'].includes(status))
        .map(({ row }) => row),
    );
    const rows = file.rows.filter(({ row }) => again.has(String(row)));
    if (rows.length === 0) throw new CommandError('No row of this run failed.');
    const [head = ''] = file.text.split('\n');
    const text = [head, ...rows.map((row) => JSON.stringify(row)), ''].join('\n');
    await this.#applyPlan({ ...file, rows, text }, flags);
  }

  async list(flags: FolderFlags): Promise<void> {
    const runs = runsFolder(this.#api, flags.dir, this.#console);
    const rows = await Promise.all(
      (await listRuns(runs)).map(async (run) => {
        const folder = await findRun(runs, run, false);
        const results = await readResults(folder.results);
        const applied = results.filter(({ status }) => status === 'applied').length;
        return { run, rows: results.length, applied };
      }),
    );
    await printRows(rows, { format: 'table', fields: [] }, this.#console);
  }

  async show(
    id: string | undefined,
    flags: RunFlags & { readonly output?: 'json' | 'jsonl' | 'csv' | 'yaml' | 'table' },
  ): Promise<void> {
    const results = await readResults((await this.#find(id, flags)).results);
    const rows = flags.failed ? results.filter(({ status }) => status !== 'applied') : results;
    await printRows(rows, { format: flags.output ?? 'csv', fields: [] }, this.#console);
  }

  async #applyPlan(file: PlanFile, flags: RunFlags): Promise<void> {
    const batch = await this.#batch(flags);
    const plan = await planOf(this.#api, batch, file);
    say(this.#console, String(plan));
    await approve(file, flags, this.#console);
    const runs = runsFolder(this.#api, flags.dir, this.#console);
    const options = {
      ...file.scope,
      ...Object.fromEntries((flags.option ?? []).map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
      ...(flags.onError !== undefined && { onError: flags.onError }),
      ...(this.#api.batch?.kind === 'draft' && { capture: true }),
    };
    const folder = await makeRun(runs, file.text, options);
    say(this.#console, `Run ${folder.id}; results in ${folder.results}`);
    const journal = await openJournal(this.#api, folder.journal);
    const results = new ResultsFile(folder.results, file);
    const start = (signal: AbortSignal): Run => batch.run(plan, { ...options, journal, signal });
    await this.#follow(start, results, folder);
    await emit(this.#console, `${folder.results}\n`);
  }

  async #follow(
    start: Parameters<typeof execute>[0],
    results: ResultsFile,
    { id }: RunFolder,
  ): Promise<void> {
    const how = `To go on: ${this.#api.bin} batch resume ${id}`;
    judge(await execute(start, results, this.#console, how));
  }

  async #batch(flags: AccountFlags): Promise<Batch> {
    const settings = await readSettings(this.#api, flags, this.#console);
    return loadBatch(this.#api, clientOptions(this.#api, settings));
  }

  #find(id: string | undefined, flags: FolderFlags): Promise<RunFolder> {
    return findRun(runsFolder(this.#api, flags.dir, this.#console), id, flags.last);
  }
}
