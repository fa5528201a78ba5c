// @ts-nocheck
import { rm } from 'node:fs/promises';
import { clientOptions, fetchKey, optionsWithoutCredentials } from '../access/client-options.js';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { type PlanFile, planText, readPlanFile } from '../bulk/plan-file.js';
import { pairOf } from '../bulk/plan-rows.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Format, printRows } from '../output/print-rows.js';
import { type Console, emit, say } from '../terminal/console.js';
import { durationOf } from '../terminal/duration.js';
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { approve, type ApprovalFlags } from './approve.js';
import { type Batch, type Plan, type Run, type RunOptions } from './client-batch.js';
import { destroys } from './destroys.js';
import { countsOf, execute, judge } from './execute.js';
import { OldValues } from './old-values.js';
import { reporterFor } from './reporter.js';
import {
  checkApproved,
  checkHasDrafts,
  findRun,
  listRuns,
  makeRun,
  readOptions,
  type RunFolder,
  runsFolder,
} from './run-folder.js';
import { readResults, ResultsFile } from './results.js';
import type { RunKind } from './run-kind.js';

export interface FolderFlags {
  readonly dir?: string;
  readonly last?: boolean;
}

export interface RunFlags extends AccountFlags, ApprovalFlags, FolderFlags {
  readonly onError?: string;
  readonly option?: readonly string[];
  readonly progress?: string;
  readonly preview?: boolean;
  readonly confirmWithin?: string;
  readonly concurrency?: number;
  readonly rate?: number;
}

export interface ShowFlags extends FolderFlags {
  readonly failed?: boolean;
  readonly output?: Format;
}

/** What the commands below `batch` and `bulk` do with runs. */
export class Commands {
  readonly #api: GeneratedApi;
  readonly #kind: RunKind;
  readonly #console: Console;

  constructor(api: GeneratedApi, kind: RunKind, console: Console) {
    this.#api = api;
    this.#kind = kind;
    this.#console = console;
  }

  async apply(path: string, flags: RunFlags): Promise<void> {
    await this.#applyPlan(await readPlanFile(path, this.#api, this.#kind.name), flags);
  }

  async resume(id: string | undefined, flags: RunFlags, further: RunOptions): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkApproved(this.#api.bin, folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    await this.#goOn(folder, file, batch, await this.#kind.plan(batch, file), flags, further);
  }

  async #goOn(
    folder: RunFolder,
    file: PlanFile,
    batch: Batch,
    plan: Plan,
    flags: RunFlags,
    further: RunOptions,
  ): Promise<void> {
    const journal = await this.#kind.openJournal(folder.journal);
    const options = await readOptions(folder);
    // A process that was killed early may have written nothing: then the run begins.
    const old = new OldValues(batch, plan);
    const run = batch.run(plan, {
      ...options,
      ...further,
      journal: old.noting(journal),
      resume: true,
    });
    await this.#follow(run, new ResultsFile(folder.results, file, old), folder, flags, options);
  }

  /** Makes drafts that the server checks; `confirm` applies them. */
  async draft(path: string, flags: RunFlags): Promise<void> {
    const file = await readPlanFile(path, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    if (!batch.draft) throw new CommandError('This API has no drafts.');
    const plan = await this.#kind.plan(batch, file);
    const options = { ...file.scope, ...(batch.undo && { capture: true }) };
    const runs = runsFolder(this.#api, flags.dir, this.#console);
    const folder = await makeRun(runs, file.text, options, false);
    const journal = await this.#kind.openJournal(folder.journal);
    const { ids, problems } = await batch.draft(plan, { ...options, journal });
    for (const { action, error } of problems) {
      const row = action === undefined ? undefined : file.rows[action]?.row;
      say(this.#console, `${row === undefined ? '' : `row ${row}: `}${error.message}`);
    }
    const made = ids.filter((one) => one !== undefined).length;
    say(this.#console, `${count(made, 'draft')}; nothing is changed yet.`);
    const command = `${this.#api.bin} ${this.#kind.name}`;
    say(this.#console, `Next: ${command} confirm ${folder.id}`);
    await emit(this.#console, `${folder.id}\n`);
    if (problems.length > 0) throw new CommandError('', exitCode.rowsFailed);
  }

  /** Applies the drafts of a run. */
  async confirm(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const plan = await this.#kind.plan(batch, file);
    await approve({ rows: destroying(file, plan) }, flags, this.#console);
    await rm(folder.unapproved, { force: true });
    await this.#goOn(folder, file, batch, plan, flags, {});
  }

  /** Throws away the drafts of a run that nobody has approved; nothing was changed. */
  async discard(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkHasDrafts(folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const journal = await this.#kind.openJournal(folder.journal);
    const options = { ...(await readOptions(folder)), journal, resume: true };
    const run = batch.run(await this.#kind.plan(batch, file), options);
    // A run that begins nothing takes its drafts away.
    await run.stop();
    const { unknown = 0 } = countsOf(await run);
    if (unknown > 0) throw new CommandError('Not all drafts could be discarded.', exitCode.unknown);
    await rm(folder.root, { recursive: true, force: true });
    say(this.#console, `The drafts of ${folder.id} are discarded; nothing was changed.`);
  }

  async undo(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    if (!batch.undo) throw new CommandError('This API takes nothing back.');
    const plan = await batch.undo(await this.#kind.openJournal(folder.journal));
    say(this.#console, String(plan));
    if (plan.actions.length === 0) return;
    // What the run created is destroyed: its user sees the plan above.
    await approve(
      { rows: file.rows.map((row) => ({ ...row, destroys: undefined })) },
      flags,
      this.#console,
    );
    const journal = await this.#kind.openJournal(folder.undoJournal);
    const outcomes = await batch.run(plan, { ...file.scope, journal, onError: 'continue' });
    const { applied = 0 } = countsOf(outcomes);
    say(this.#console, `Undone: ${applied} of ${outcomes.length}.`);
    judge(outcomes);
  }

  /** Lets the changes of a run stay, or stay for longer, while its own process waits. */
  async keep(id: string | undefined, flags: RunFlags & { readonly for?: string }): Promise<void> {
    const folder = await this.#find(id, flags);
    const batch = await this.batch(flags);
    const longer = flags.for === undefined ? {} : { confirmWithin: durationOf(flags.for, '--for') };
    await batch.keep?.(await this.#kind.openJournal(folder.journal), longer);
    say(this.#console, `The changes of ${folder.id} stay${flags.for ? ` for ${flags.for}` : ''}.`);
  }

  async retry(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const again = new Set(
      (await readResults(folder.results))
        .filter(({ status }) => ['failed', 'rolledBack', 'skipped'].includes(status))
        .map(({ row }) => row),
    );
    const rows = file.rows.filter(({ row }) => again.has(String(row)));
    if (rows.length === 0) throw new CommandError('No row of this run failed.');
    await this.#applyPlan({ ...file, rows, text: planText(file, rows) }, flags);
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

  async show(id: string | undefined, flags: ShowFlags): Promise<void> {
    const results = await readResults((await this.#find(id, flags)).results);
    const rows = flags.failed ? results.filter(({ status }) => status !== 'applied') : results;
    await printRows(rows, { format: flags.output ?? 'csv', fields: [] }, this.#console);
  }

  /** What the journal of a run says. Nothing is sent, so no credentials are needed. */
  async status(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const settings = await readSettings(this.#api, flags, this.#console);
    const batch = await this.#kind.load(optionsWithoutCredentials(this.#api, settings));
    const report = await batch.readJournal(await this.#kind.openJournal(folder.journal));
    await emit(this.#console, `${folder.id}: ${String(report)}\n`);
  }

  /** The batches of the API for an account. */
  async batch(flags: AccountFlags): Promise<Batch> {
    const settings = await readSettings(this.#api, flags, this.#console);
    const options = clientOptions(this.#api, settings);
    await fetchKey(options);
    return this.#kind.load(options);
  }

  async #applyPlan(file: PlanFile, flags: RunFlags): Promise<void> {
    const { confirmWithin: within } = flags;
    const confirmWithin = within === undefined ? undefined : durationOf(within, '--confirm-within');
    const batch = await this.batch(flags);
    const plan = await this.#shown(batch, file, flags);
    const reporter = reporterFor(this.#console, flags.progress);
    reporter.text(String(plan));
    await approve({ rows: destroying(file, plan) }, flags, this.#console);
    const runs = runsFolder(this.#api, flags.dir, this.#console);
    const options = {
      ...file.scope,
      ...Object.fromEntries((flags.option ?? []).map(optionOf)),
      ...(flags.onError !== undefined && { onError: flags.onError }),
      ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
      ...(flags.rate !== undefined && { rate: flags.rate }),
      ...(batch.undo && { capture: true }),
      ...(confirmWithin !== undefined && { confirmWithin }),
    };
    const folder = await makeRun(runs, file.text, options);
    reporter.text(`Run ${folder.id}`);
    const journal = await this.#kind.openJournal(folder.journal);
    const old = new OldValues(batch, plan);
    const run = batch.run(plan, { ...options, journal: old.noting(journal) });
    await this.#follow(run, new ResultsFile(folder.results, file, old), folder, flags, options);
    await emit(this.#console, `${folder.results}\n`);
  }

  /** The plan of a file as its user sees it; with `--preview` it says what each row will change. */
  async #shown(batch: Batch, file: PlanFile, { preview }: RunFlags): Promise<Plan> {
    const plan = await this.#kind.plan(batch, file);
    return preview && batch.preview ? batch.preview(plan, file.scope) : plan;
  }

  async #follow(
    run: Run,
    results: ResultsFile,
    { id }: RunFolder,
    { progress }: RunFlags,
    { confirmWithin }: RunOptions,
  ): Promise<void> {
    const command = `${this.#api.bin} ${this.#kind.name}`;
    const outcomes = await execute(run, {
      results,
      reporter: reporterFor(this.#console, progress),
      howToResume: `To go on: ${command} resume ${id}`,
      howToUndo: this.#kind.canUndo ? `To take it back: ${command} undo ${id}` : undefined,
      howToSee: `To see why: ${command} show ${id} --failed`,
      howToKeep:
        typeof confirmWithin === 'number'
          ? `The changes are undone in ${Math.round(confirmWithin / 1_000)} s unless they are kept: ${command} keep ${id}`
          : undefined,
    });
    judge(outcomes);
  }

  #find(id: string | undefined, flags: FolderFlags): Promise<RunFolder> {
    return findRun(runsFolder(this.#api, flags.dir, this.#console), id, flags.last);
  }
}

/** An option of a run: a number or a truth value where it is one. */
function optionOf(pair: string): readonly [name: string, value: string | number | boolean] {
  const [name, text] = pairOf(pair);
  if (text === 'true' || text === 'false') return [name, text === 'true'];
  return [name, /^\d{1,15}$/.test(text) ? Number(text) : text];
}

/** The rows with what they truly destroy: whoever wrote the file may have left it out. */
function destroying({ rows }: PlanFile, { actions }: Plan): PlanFile['rows'] {
  return rows.map((row, index) => ({
    ...row,
    destroys: destroys(actions[index] ?? {}) ? true : undefined,
  }));
}
