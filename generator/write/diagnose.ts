import type { Diagnostics } from '../diagnostics.ts';
import type { WriteOptions, WriteSummary } from '../write.ts';
import { InterruptedError, RestoreError } from './commit.ts';
import type { Change } from './compare.ts';
import { manifestName } from './manifest.ts';
import { BusyError, isStaged } from './staging.ts';
import { isSystemError, systemReason } from './system-error.ts';

/** Says that the output is out of date. */
export function diagnoseDifference(summary: WriteSummary, diagnostics: Diagnostics): void {
  const { created, changed, removed, kept } = summary;
  const counts = [
    [created.length, 'missing'],
    [changed.length, 'different'],
    [removed.length + kept.length, 'no longer generated'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const what = parts.length > 0 ? `files: ${parts.join(', ')}` : `\`${manifestName}\` is outdated`;
  diagnostics.error('write/differs', `The output is not what would be generated (${what}).`, {
    hint: 'Generate without --check, and commit the result.',
  });
}

/** Whether everything in the way may be replaced; what may not is diagnosed. */
export function diagnoseObstacles(
  changes: readonly Change[],
  { force }: WriteOptions,
  diagnostics: Diagnostics,
): boolean {
  let may = true;
  const refuse = (code: string, message: string, hint: string): void => {
    may = false;
    diagnostics.error(code, message, { hint });
  };
  for (const change of changes) {
    if (change.action === 'blocked') {
      const what = change.by === change.path ? 'a file' : 'the folder of one';
      refuse(
        'write/blocked',
        `\`${change.by}\`, ${what} that is to be written, is something else on disk, or a link.`,
        'Move it away.',
      );
      continue;
    }
    if (force || !('author' in change) || change.author === 'generator') continue;
    if (change.action === 'remove') {
      diagnostics.warning(
        'write/kept',
        `\`${change.path}\` is no longer generated, but was edited by hand, so it is left alone.`,
        { hint: 'Remove it, or keep it as a file of your own.' },
      );
      continue;
    }
    if (change.author === 'edited') {
      refuse(
        'write/edited',
        `\`${change.path}\` was edited by hand; nothing is written.`,
        'Undo the edit, or generate with --force, which discards it.',
      );
      continue;
    }
    refuse(
      'write/occupied',
      `\`${change.path}\` is in the way, and was not generated; nothing is written.`,
      'Move it away, or generate with --force, which overwrites it.',
    );
  }
  return may;
}

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
