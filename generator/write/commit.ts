import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change } from './compare.ts';
import { isMissing } from '../diagnostics/system-error.ts';
import { manifestName } from './manifest.ts';
import { parents } from './path.ts';
import { type HeldSignals, holdSignals } from './signals.ts';
import { claimStaging } from './staging.ts';

/** A change that is to be made. */
export type Step = Extract<Change, { action: 'create' | 'replace' | 'remove' }>;

/** The record of the output: while its files are being replaced, and afterwards. */
export interface ManifestTexts {
  readonly during: string;
  readonly after: string;
}

/** A signal came before the first file was replaced. */
export class InterruptedError extends Error {}

/** A write failed and what it had replaced could not be put back; `staging` holds it. */
export class RestoreError extends Error {
  readonly staging: string;

  constructor(staging: string, cause: unknown) {
    super('The former output could not be restored.', { cause });
    this.staging = staging;
  }
}

type Undo = () => void;

/**
 * Makes all changes in the folder `root`, or none. Every text is first written to a folder inside
 * it, so a full disk or a signal finds the former output whole; then renames, which need no space,
 * put them in place in one go; if one fails, those before it are undone. A process that is killed
 * in that moment leaves a manifest that knows both texts of each file, so that the next run
 * completes it. Nothing is flushed to disk: what a power failure takes can be generated again.
 */
export async function commit(
  root: string,
  steps: readonly Step[],
  manifest: ManifestTexts,
): Promise<void> {
  const signals = holdSignals();
  const made: Undo[] = [];
  try {
    made.push(makeFolder(root));
    await stageAndReplace(realpathSync(root), steps, manifest, signals);
  } catch (error) {
    revert(made);
    throw error;
  } finally {
    await signals.release();
  }
}

async function stageAndReplace(
  root: string,
  steps: readonly Step[],
  manifest: ManifestTexts,
  signals: HeldSignals,
): Promise<void> {
  const { folder, release } = claimStaging(root);
  const undo: Undo[] = [];
  let keep = false;
  try {
    mkdirSync(folder);
    // Small files: a call takes less time than its way to a thread and back.
    for (const [index, step] of steps.entries())
      if (step.action !== 'remove') writeFileSync(join(folder, `new-${index}`), step.text);
    writeFileSync(join(folder, 'during'), manifest.during);
    writeFileSync(join(folder, 'after'), manifest.after);
    if (await signals.heard()) throw new InterruptedError();
    replaceAll(root, folder, steps, undo);
  } catch (error) {
    keep = !revert(undo);
    throw keep ? new RestoreError(folder, error) : error;
  } finally {
    release(keep);
  }
}

/** A file that changes its place, and how to undo that. */
interface Move {
  readonly from: string;
  readonly to: string;
  readonly undo: Undo;
}

/**
 * Puts the staged texts in place. Synchronous, so that no signal handler runs between the first
 * rename and the last; what can be done before them is, so that the moment is short.
 */
function replaceAll(root: string, staging: string, steps: readonly Step[], undo: Undo[]): void {
  const removals = steps.filter(({ action }) => action === 'remove').map(({ path }) => path);
  const take = (path: string, index: number): Move => {
    const from = join(root, path);
    const to = join(staging, `removed-${index}`);
    return { from, to, undo: () => renameSync(to, from) };
  };
  const folders = new Set<string>();
  const put = (name: string, path: string): Move => {
    const to = join(root, path);
    const former = join(staging, `former-${name}`);
    const folder = dirname(to);
    if (!folders.has(folder)) undo.push(makeFolder(folder));
    folders.add(folder);
    const existed = keepCopy(to, former);
    return {
      from: join(staging, name),
      to,
      undo: () => (existed ? renameSync(former, to) : rmSync(to)),
    };
  };
  const moves = [
    put('during', manifestName),
    ...removals.map(take),
    ...steps.flatMap(({ action, path }, index) =>
      action === 'remove' ? [] : [put(`new-${index}`, path)],
    ),
    put('after', manifestName),
  ];

  for (const move of moves) {
    renameSync(move.from, move.to);
    undo.push(move.undo);
  }
  removeEmptyFolders(root, removals);
}

/** Makes a folder and those above it, and returns how to unmake what it made. */
function makeFolder(folder: string): Undo {
  const first = mkdirSync(folder, { recursive: true });
  return () => {
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) rmdirSync(made);
  };
}

/** Whether there was a file to keep. */
function keepCopy(path: string, copy: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return false;
  try {
    linkSync(path, copy);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    // Not every file system has hard links.
    copyFileSync(path, copy);
    return true;
  }
}

/** Undoes the last first; whether all of it could be undone. */
function revert(undo: readonly Undo[]): boolean {
  let whole = true;
  for (const step of undo.toReversed()) {
    try {
      step();
    } catch {
      whole = false;
    }
  }
  return whole;
}

function removeEmptyFolders(root: string, removed: readonly string[]): void {
  const innermostFirst = [...new Set(removed.flatMap(parents))].toSorted(
    (a, b) => b.length - a.length,
  );
  for (const folder of innermostFirst) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Something else is in it.
    }
  }
}
