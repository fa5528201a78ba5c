// @ts-nocheck
import { rm } from 'node:fs/promises';
import { clientOptions, fetchKey } from '../access/client-options.js';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { type PlanFile, readPlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Console, emit, say } from '../terminal/console.js';
import { durationOf } from '../terminal/duration.js';
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { approve, type ApprovalFlags } from './approve.js';
import { type Batch, type Plan, type Run, type RunOptions } from './client-batch.js';
import { destroys } from './destroys.js';
import { countsOf, execute, judge } from './execute.js';
import { givenOptions } from './given-options.js';
import { OldValues } from './old-values.js';
import { reporterFor } from './reporter.js';
import {
  checkApproved,
  checkHasDrafts,
  findRun,
  makeRun,
  readOptions,
  readRetry,
  type RetryOf,
  type RunFolder,
  runsFolder,
} from './run-folder.js';
import { ResultsFile } from './results.js';
import { restOf, resumeRetry } from './retry.js';
import type { RunKind } from './run-kind.js';
import type { FolderFlags } from './run-reports.js';
import { undo } from './undo.js';
import { verify } from './verify.js';

export interface RunFlags extends AccountFlags, ApprovalFlags, FolderFlags {
  readonly onError?: string;
  readonly option?: readonly string[];
  readonly progress?: string;
  readonly preview?: boolean;
  readonly confirmWithin?: string;
  readonly concurrency?: number;
  readonly rate?: number;
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

  async resume(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkApproved(this.#api.bin, folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const plan = await this.#kind.plan(batch, file, await readRetry(folder));
    await this.#goOn(folder, file, batch, plan, flags);
  }

  async #goOn(
    folder: RunFolder,
    file: PlanFile,
    batch: Batch,
    plan: Plan,
    flags: RunFlags,
  ): Promise<void> {
    const journal = await this.#kind.openJournal(folder.journal);
    const old = new OldValues(batch, plan);
    const kept = await readOptions(folder);
    const options = { ...kept, journal: old.noting(journal) };
    const [api, kind, runs] = [this.#api, this.#kind, this.#runs(flags)];
    const retry = await readRetry(folder);
    // A process that was killed early may have written nothing: then the run begins.
    const start = retry
      ? await resumeRetry(retry, { api, kind, batch, runs, folder, file, plan, options })
      : (): Run => batch.run(plan, { ...options, resume: true });
    const results = this.#results(folder, file, old);
    await this.#follow(start(), results, folder, flags, kept);
  }

  /** Looks whether the changes of a run are there. */
  async verify(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkApproved(this.#api.bin, folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const plan = await this.#kind.plan(batch, file, await readRetry(folder));
    await verify({ kind: this.#kind, batch, folder, file, plan }, this.#console);
  }

  /** Makes drafts that the server checks; `confirm` applies them. */
  async draft(path: string, flags: RunFlags): Promise<void> {
    const file = await readPlanFile(path, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    if (!batch.draft) throw new CommandError('This API has no drafts.');
    const plan = await this.#kind.plan(batch, file);
    const options = { ...file.scope, ...(batch.undo && { capture: true }) };
    const made = { plan: file.text, options, isApproved: false };
    const folder = await makeRun(this.#runs(flags), made);
    const journal = await this.#kind.openJournal(folder.journal);
    const { ids, problems } = await batch.draft(plan, { ...options, journal });
    for (const { action, error } of problems) {
      const row = action === undefined ? undefined : file.rows[action]?.row;
      say(this.#console, `${row === undefined ? '' : `row ${row}: `}${error.message}`);
    }
    const there = ids.filter((one) => one !== undefined).length;
    say(this.#console, `${count(there, 'draft')}; nothing is changed yet.`);
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
    await this.#goOn(folder, file, batch, plan, flags);
  }

  /** Throws away the drafts of a run that nobody has approved; nothing was changed. */
  async discard(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkHasDrafts(folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const plan = await this.#kind.plan(batch, file);
    const journal = await this.#kind.openJournal(folder.journal);
    const run = batch.run(plan, { ...(await readOptions(folder)), journal, resume: true });
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
    await undo({ api: this.#api, kind: this.#kind, batch, folder, file }, flags, this.#console);
  }

  /** Lets the changes of a run stay, or stay for longer, while its own process waits. */
  async keep(id: string | undefined, flags: RunFlags & { readonly for?: string }): Promise<void> {
    const folder = await this.#find(id, flags);
    const batch = await this.batch(flags);
    const longer = flags.for === undefined ? {} : { confirmWithin: durationOf(flags.for, '--for') };
    await batch.keep?.(await this.#kind.openJournal(folder.journal), longer);
    say(this.#console, `The changes of ${folder.id} stay${flags.for ? ` for ${flags.for}` : ''}.`);
  }

  /** Sends what is left of a run, as a run of its own. */
  async retry(id: string | undefined, flags: RunFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    await checkApproved(this.#api.bin, folder);
    const file = await readPlanFile(folder.plan, this.#api, this.#kind.name);
    const batch = await this.batch(flags);
    const rest = await restOf(this.#kind, batch, folder, file);
    await this.#applyPlan(rest.file, flags, rest.retry);
  }

  /** The batches of the API for an account. */
  async batch(flags: AccountFlags): Promise<Batch> {
    const options = clientOptions(this.#api, await readSettings(this.#api, flags, this.#console));
    await fetchKey(options);
    return this.#kind.load(options);
  }

  async #applyPlan(file: PlanFile, flags: RunFlags, retry?: RetryOf): Promise<void> {
    const { confirmWithin: within, onError, concurrency, rate } = flags;
    const confirmWithin = within === undefined ? undefined : durationOf(within, '--confirm-within');
    const batch = await this.batch(flags);
    const plan = await this.#shown(batch, file, flags, retry);
    const reporter = reporterFor(this.#console, flags.progress);
    reporter.text(String(plan));
    await approve({ rows: destroying(file, plan) }, flags, this.#console);
    const options = {
      ...file.scope,
      ...givenOptions(flags),
      ...(onError !== undefined && { onError }),
      ...(concurrency !== undefined && { concurrency }),
      ...(rate !== undefined && { rate }),
      ...(batch.undo && { capture: true }),
      ...(confirmWithin !== undefined && { confirmWithin }),
    };
    const folder = await makeRun(this.#runs(flags), { plan: file.text, options, retry });
    reporter.text(`Run ${folder.id}`);
    const journal = await this.#kind.openJournal(folder.journal);
    const old = new OldValues(batch, plan);
    const begun = { ...options, journal: old.noting(journal) };
    const run = retry
      ? batch.retry(
          await this.#kind.openJournal(
            (await this.#find(retry.run, { ...flags, last: false })).journal,
          ),
          plan,
          begun,
        )
      : batch.run(plan, begun);
    await this.#follow(run, this.#results(folder, file, old), folder, flags, options);
    await emit(this.#console, `${folder.results}\n`);
  }

  /** The plan of a file as its user sees it; with `--preview` it says what each row will change. */
  async #shown(
    batch: Batch,
    file: PlanFile,
    { preview }: RunFlags,
    retry: RetryOf | undefined,
  ): Promise<Plan> {
    const plan = await this.#kind.plan(batch, file, retry);
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

  #results({ results }: RunFolder, file: PlanFile, old: OldValues): ResultsFile {
    return new ResultsFile(results, file, old, this.#api.batch?.created);
  }

  #runs({ dir }: FolderFlags): string {
    return runsFolder(this.#api, dir, this.#console);
  }

  #find(id: string | undefined, flags: FolderFlags): Promise<RunFolder> {
    return findRun(this.#runs(flags), id, flags.last);
  }
}

/** The rows with what they truly destroy: whoever wrote the file may have left it out. */
function destroying({ rows }: PlanFile, { actions }: Plan): PlanFile['rows'] {
  return rows.map((row, index) => ({
    ...row,
    destroys: destroys(actions[index] ?? {}) ? true : undefined,
  }));
}
