import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { countDiagnostics, reportDiagnostics } from '../diagnostics/format.ts';
import { isSystemError, systemReason } from '../diagnostics/system-error.ts';
import { explore } from '../explore.ts';
import { sourceFrom } from './diff-sides.ts';
import { type ReadingFlags, targetOf } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';

export interface ExploreFlags extends ReadingFlags {
  readonly diff?: string;
  readonly output?: string;
  readonly name?: string;
}

/** `batchwright explore`. Resolves to the exit code. */
export async function exploreCommand(
  document: string,
  flags: ExploreFlags,
  { stdout, stderr, folder }: Terminal,
): Promise<number> {
  const { output = 'explorer.html', diff, ...reading } = flags;
  const { page, documents } = await explore({
    target: await targetOf(reading),
    input: sourceFrom(document, folder),
    old: diff === undefined ? undefined : sourceFrom(diff, folder),
    folder,
  });
  const paint = paintFor(stderr);
  for (const { source, diagnostics } of documents) {
    const shown = diagnostics.list.filter(
      ({ severity }) => flags.verbose === true || severity === 'error',
    );
    stderr.write(reportDiagnostics(shown, { paint, folder, verbose: flags.verbose === true }));
    if (diagnostics.failed) stderr.write(`${source} has ${countDiagnostics(shown)}.\n`);
  }
  if (page === undefined) return 1;
  if (output === '-') {
    stdout.write(page);
    return 0;
  }
  try {
    await writeFile(resolve(folder, output), page);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    stderr.write(
      `${paint('red', 'error')}: ${output} cannot be written: ${systemReason(error)}.\n`,
    );
    return 1;
  }
  stderr.write(
    `${output} is written (${Math.ceil(page.length / 1000)} kB). Open it in a browser.\n`,
  );
  return 0;
}
