// @ts-nocheck
import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkOwnFiles } from '../access/own-files.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import type { Arrangement } from './client-batch.js';

/** Where a run keeps what it needs to be taken up again: its plan, its journal, its results. */
export interface RunFolder {
  readonly id: string;
  readonly root: string;
  readonly plan: string;
  /** The options with which it began, as JSON. */
  readonly options: string;
  readonly journal: string;
  readonly undoJournal: string;
  readonly results: string;
  /** Is there while nobody has approved what the run changes: it holds drafts alone. */
  readonly unapproved: string;
  /** Of which run it sends the rest, as JSON; only a retry has it. */
  readonly retry: string;
}

/** Of which run another sends the rest, and how its plan is arranged. */
export interface RetryOf extends Arrangement {
  readonly run: string;
}

/** What a new run holds. */
export interface NewRun {
  readonly plan: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** False for drafts alone. */
  readonly isApproved?: boolean;
  readonly retry?: RetryOf | undefined;
}

/** The folder of all runs. */
export function runsFolder(
  { bin }: GeneratedApi,
  dir: string | undefined,
  { env }: Console,
): string {
  if (dir !== undefined) return dir;
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), bin, 'runs');
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), bin, 'runs');
}

/**
 * A folder for a new run, which holds its plan and its options. Only its owner can read it. It is a
 * run once all of that is there: a process may be killed at any time.
 */
export async function makeRun(
  runs: string,
  { plan, options, isApproved = true, retry }: NewRun,
): Promise<RunFolder> {
  const id = newId(new Date());
  const draft = folderOf(runs, `.${id}`);
  await mkdir(join(runs, `.${id}`), { recursive: true, mode: 0o700 });
  const write = (path: string, text: string): Promise<void> =>
    writeFile(path, text, { mode: 0o600, flag: 'wx' });
  await write(draft.plan, plan);
  await write(draft.options, JSON.stringify(options));
  if (!isApproved) await write(draft.unapproved, '');
  if (retry) await write(draft.retry, JSON.stringify(retry));
  await rename(join(runs, `.${id}`), join(runs, id));
  return folderOf(runs, id);
}

/** Ids in the order of their time, also within a second: the last three of six digits are by chance. */
export function newId(now: Date): string {
  const second = now.toISOString().replaceAll(/[-:]|\..*/g, '');
  const ms = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${second}-${ms}${randomBytes(2).toString('hex').slice(1)}`;
}

/** The options with which a run began. */
export async function readOptions(folder: RunFolder): Promise<Readonly<Record<string, unknown>>> {
  // A file of its owner's, which was written by this program.
  return JSON.parse(await readFile(folder.options, 'utf8')) as Readonly<Record<string, unknown>>;
}

/** Of which run it sends the rest; undefined where it is no retry. */
export async function readRetry({ retry }: RunFolder): Promise<RetryOf | undefined> {
  const text = await readFile(retry, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  // As above.
  return text === undefined ? undefined : (JSON.parse(text) as RetryOf);
}

/** @throws CommandError where a run holds drafts that nobody has approved. */
export async function checkApproved(bin: string, { id, unapproved }: RunFolder): Promise<void> {
  if (await exists(unapproved))
    throw new CommandError(`Run ${id} holds drafts. To apply them: ${bin} batch confirm ${id}`);
}

/** @throws CommandError where a run is no longer, or never was, drafts alone. */
export async function checkHasDrafts({ id, unapproved }: RunFolder): Promise<void> {
  if (!(await exists(unapproved)))
    throw new CommandError(`Run ${id} has no drafts that wait to be confirmed.`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The ids of the runs, the oldest first. */
export async function listRuns(runs: string): Promise<readonly string[]> {
  const names = await readdir(runs).catch((): string[] => []);
  return names.filter((name) => /^\d{8}T\d{6}-[0-9a-f]{6}$/.test(name)).toSorted();
}

/**
 * The run with an id, or the last one.
 *
 * @throws CommandError where there is none, or others may have written what it does.
 */
export async function findRun(
  runs: string,
  id: string | undefined,
  last: boolean | undefined,
): Promise<RunFolder> {
  const ids = await listRuns(runs);
  const found = last ? ids.at(-1) : ids.find((each) => each === id);
  if (found === undefined) {
    if (last) throw new CommandError(`There are no runs in ${runs}.`);
    throw new CommandError(
      id === undefined ? 'Which run? Give its id, or --last.' : `There is no run ${id} in ${runs}.`,
    );
  }
  const folder = folderOf(runs, found);
  const { root, plan, options, retry } = folder;
  await checkOwnFiles([root, plan, options, retry]);
  return folder;
}

function folderOf(runs: string, id: string): RunFolder {
  const at = (name: string): string => join(runs, id, name);
  return {
    id,
    root: join(runs, id),
    plan: at('plan.jsonl'),
    options: at('options.json'),
    journal: at('journal.jsonl'),
    undoJournal: at('undo.jsonl'),
    results: at('results.csv'),
    unapproved: at('unapproved'),
    retry: at('retry.json'),
  };
}
