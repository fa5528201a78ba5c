import { readPlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Format, printRows } from '../output/print-rows.js';
import { type Console, emit } from '../terminal/console.js';
import { readRun, type RunRecord } from './read-run.js';
import { findRun, listRuns, type RunFolder, runsFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

export interface FolderFlags {
  readonly dir?: string;
  readonly last?: boolean;
}

export interface ShowFlags extends FolderFlags {
  readonly failed?: boolean;
  readonly output?: Format;
}

/** The kind of a run, as its plan says. */
export type KindOf = (calls: boolean) => Promise<RunKind>;

/** What is said of runs, from their journals. Nothing is sent, so no credentials are needed. */
export class RunReports {
  readonly #api: GeneratedApi;
  readonly #kindOf: KindOf;
  readonly #console: Console;

  constructor(api: GeneratedApi, kindOf: KindOf, console: Console) {
    this.#api = api;
    this.#kindOf = kindOf;
    this.#console = console;
  }

  async list(flags: FolderFlags): Promise<void> {
    const runs = runsFolder(this.#api, flags.dir, this.#console);
    const ids = await listRuns(runs);
    await printRows(this.#counted(runs, ids), { format: 'table', fields: [] }, this.#console);
  }

  async show(id: string | undefined, flags: ShowFlags): Promise<void> {
    const { failed, output } = flags;
    const { results } = await this.#read(await this.#find(id, flags));
    const rows = failed ? results.filter(({ status }) => status !== 'applied') : results;
    await printRows(rows, { format: output ?? 'csv', fields: [] }, this.#console);
  }

  async status(id: string | undefined, flags: FolderFlags): Promise<void> {
    const folder = await this.#find(id, flags);
    const { report, results } = await this.#read(folder);
    const [counts = 'nothing was sent'] = report ? String(report).split('\n', 1) : [];
    await emit(this.#console, `${folder.id}: ${counts}\n`);
    for (const { row, status, reason } of report ? results : [])
      if (status !== 'applied')
        await emit(this.#console, `row ${row}: ${status}${reason === '' ? '' : ` (${reason})`}\n`);
  }

  async *#counted(runs: string, ids: readonly string[]): AsyncGenerator<object> {
    for (const run of ids) {
      try {
        const folder = await findRun(runs, run, false);
        const { results } = await this.#read(folder);
        const applied = results.filter(({ status }) => status === 'applied').length;
        yield { run, rows: results.length, applied };
      } catch (error) {
        // One that is damaged does not hide the others.
        yield { run, rows: '?', applied: '?', fault: (error as Error).message };
      }
    }
  }

  async #read(folder: RunFolder): Promise<RunRecord> {
    const file = await readPlanFile(folder.plan, this.#api, 'any');
    return readRun(this.#api, await this.#kindOf(file.calls === true), folder, file);
  }

  #find(id: string | undefined, flags: FolderFlags): Promise<RunFolder> {
    return findRun(runsFolder(this.#api, flags.dir, this.#console), id, flags.last);
  }
}
