import { readdirSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The folder inside an output where its next texts wait. */
export interface Staging {
  readonly folder: string;
  /** Lets others write; the folder goes, unless it is worth keeping. */
  readonly release: (keep: boolean) => void;
}

/** Something else is writing to the same output, from `folder`. */
export class BusyError extends Error {
  readonly folder: string;

  constructor(folder: string) {
    super('Something else is writing to the same output.');
    this.folder = folder;
  }
}

const stagingName = /^\.batchwright-(\d+)$/;
const claimed = new Set<string>();

/**
 * Names this process's staging folder, which does not exist yet, and removes those that killed
 * processes left behind. Throws a `BusyError` where one is in use.
 */
export function claimStaging(root: string): Staging {
  const folder = join(root, `.batchwright-${process.pid}`);
  if (claimed.has(folder)) throw new BusyError(folder);
  claimed.add(folder);

  const release = (keep: boolean): void => {
    claimed.delete(folder);
    if (!keep) remove(folder);
  };
  try {
    for (const name of readdirSync(root)) {
      const owner = stagingName.exec(name)?.[1];
      if (owner === undefined) continue;
      if (isAlive(Number(owner))) throw new BusyError(join(root, name));
      remove(join(root, name));
    }
  } catch (error) {
    claimed.delete(folder);
    throw error;
  }
  return { folder, release };
}

/** Whether `path` is that of a staging folder, or is inside one. */
export function isStaged(path: string): boolean {
  return path.split(sep).some((name) => stagingName.test(name));
}

/** A folder that cannot be removed now is removed by a later run. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    return;
  }
}

/** A container may give every process the same number, so this one's own says nothing. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
