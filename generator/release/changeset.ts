import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { isSystemError, systemReason } from '../diagnostics/system-error.ts';
import type { Advice } from '../diff/advice.ts';

/** The folder of pending changesets (changesets.com) in `folder` or above it. */
export function changesetFolder(folder: string): string | undefined {
  const path = join(folder, '.changeset');
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : changesetFolder(parent);
}

/** The text of a changeset. */
export function changesetText(
  packageName: string,
  advice: Exclude<Advice, 'none'>,
  notes: string,
): string {
  return `---\n${JSON.stringify(packageName)}: ${advice}\n---\n\n${notes.replaceAll(/^### /gm, '#### ')}`;
}

/** A changeset, and where it is written. */
export interface Changeset {
  readonly path: string;
  readonly text: string;
}

/** Writes a changeset; where that cannot be, `diagnostics` says why. */
export function writeChangeset({ path, text }: Changeset, diagnostics: Diagnostics): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `The changeset cannot be written: ${systemReason(error)}.`;
    diagnostics.error('release/changeset', message, { file: path });
  }
}
