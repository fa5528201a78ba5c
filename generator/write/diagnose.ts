import { join } from 'node:path';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { WriteOptions, WriteSummary } from './summary.ts';
import { InterruptedError, RestoreError } from './commit.ts';
import type { Change } from './compare.ts';
import { manifestName } from './manifest.ts';
import { BusyError, isStaged } from './staging.ts';
import { isSystemError, systemReason } from '../diagnostics/system-error.ts';

/** Says that the output is out of date. */
export function diagnoseDifference(
  root: string,
  { created, changed, removed, kept }: WriteSummary,
  diagnostics: Diagnostics,
): void {
  const counts = [
    [created.length, 'missing'],
    [changed.length, 'different'],
    [removed.length + kept.length, 'no longer generated'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const what = parts.length > 0 ? `files: ${parts.join(', ')}` : `${manifestName} is outdated`;
  diagnostics.error('write/differs', `The output is not what would be generated (${what}).`, {
    file: root,
    hint: 'Generate without --check, and commit the result.',
  });
}

/** Says where credentials would go that did not when the output was generated last. */
export function diagnoseNewHosts(
  root: string,
  hosts: readonly string[],
  known: readonly string[],
  diagnostics: Diagnostics,
): void {
  for (const host of hosts.filter((each) => !known.includes(each))) {
    diagnostics.warning(
      'write/new-host',
      `Credentials would go to ${host} now; they did not when this was generated last.`,
      { file: root, hint: 'Find out whether the vendor means it before you release the package.' },
    );
  }
}

/** Whether everything in the way may be replaced; what may not is diagnosed. */
export function diagnoseObstacles(
  root: string,
  changes: readonly Change[],
  { force }: WriteOptions,
  diagnostics: Diagnostics,
): boolean {
  const blocked = new Set(changes.flatMap((each) => (each.action === 'blocked' ? [each.by] : [])));
  for (const path of blocked) {
    const message = 'A file or folder is to be written here, and something else is in the way.';
    const hint = 'Nothing was written. Move it away; a link is never followed.';
    diagnostics.error('write/blocked', message, { file: join(root, path), hint });
  }
  let free = blocked.size === 0;
  for (const change of force ? [] : changes) {
    if (!('author' in change) || change.author === 'generator') continue;
    const file = join(root, change.path);
    if (change.action === 'remove') {
      const message = 'The file is no longer generated, but was edited by hand; it is left alone.';
      diagnostics.warning('write/kept', message, { file });
      continue;
    }
    free = false;
    const [code, message, hint] = refusals[change.author];
    diagnostics.error(code, message, { file, hint });
  }
  return free;
}

const refusals = {
  edited: [
    'write/edited',
    'The file was edited by hand since it was generated.',
    'Nothing was written. Undo the edit, or generate with --force, which discards it.',
  ],
  foreign: [
    'write/occupied',
    'A file that was not generated is in the way.',
    'Nothing was written. Move it away, or generate with --force, which overwrites it.',
  ],
} as const;

/** Says why a write failed; what is a bug is thrown on. */
export function diagnoseFailure(error: unknown, root: string, diagnostics: Diagnostics): void {
  if (error instanceof InterruptedError) {
    diagnostics.error('write/interrupted', 'Interrupted; nothing was written.', { file: root });
    return;
  }
  if (error instanceof BusyError) {
    diagnostics.error('write/busy', 'Another run is writing to the same output.', {
      file: root,
      hint: `Wait for it; if there is none, remove \`${error.folder}\`.`,
    });
    return;
  }
  if (error instanceof RestoreError) {
    diagnostics.error('write/failed', `Cannot write${reasonOf(error.cause)}, nor undo it.`, {
      file: root,
      hint: `The files that were replaced are in \`${error.staging}\`.`,
    });
    return;
  }
  if (!isSystemError(error)) throw error;
  diagnostics.error('write/failed', `Cannot write${reasonOf(error)}; nothing was changed.`, {
    file: placeOf(error) ?? root,
  });
}

/** The file of the output that could not be read or written. */
function placeOf(error: NodeJS.ErrnoException & { readonly dest?: string }): string | undefined {
  return [error.dest, error.path].find((path) => path !== undefined && !isStaged(path));
}

function reasonOf(error: unknown): string {
  return isSystemError(error) ? `: ${systemReason(error)}` : '';
}
