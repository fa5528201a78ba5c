import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { load } from '../load/load.ts';
import { loadOptions } from '../config/options.ts';
import { objectOf } from '../json/narrow.ts';
import type { Target } from '../config/config.ts';
import type { RememberedApi } from '../record/read-record.ts';
import { readApi, type ReadTarget } from '../read-api.ts';
import type { DiffSide } from './diff.ts';
import type { Axis } from './finding.ts';
import { gitSource, showRevision } from './git-revision.ts';

/**
 * Reads one of the two documents, as far as the axes need it: from a file, a URL, standard input or a
 * revision (`git:REV:path`). Undefined where it cannot be used; `diagnostics` then says why.
 */
export async function readSide(
  target: ReadTarget,
  levels: readonly Axis[],
  folder: string,
  diagnostics: Diagnostics,
): Promise<DiffSide | undefined> {
  const revision = gitSource(target.input);
  const stdin = revision && (await showRevision(revision, folder, diagnostics));
  if (revision && !stdin) return undefined;
  const source = { ...target, input: stdin ? '-' : target.input };
  if (levels.every((level) => level === 'wire')) {
    const loaded = await load(source.input, diagnostics, {
      ...loadOptions(target),
      ...(stdin && { stdin }),
    });
    return loaded && !diagnostics.failed
      ? { loaded: { ...loaded, document: objectOf(loaded.document) } }
      : undefined;
  }
  const read = await readApi(source, diagnostics, stdin && { stdin });
  // What stops a generation, as a batchable action without an operation, does not stop a comparison.
  return read && { loaded: read, api: read.api, dialect: read.dialect };
}

/**
 * Reads the API of a package with the options that its record has. What shapes a document was done
 * before it was recorded; a dialect that is code is not recorded, so that the target's counts.
 */
export async function readPackageSide(
  { options, source }: RememberedApi,
  target: Partial<Target>,
  diagnostics: Diagnostics,
): Promise<DiffSide | undefined> {
  const { name } = options;
  const own = typeof target.dialect === 'object' ? target.dialect : undefined;
  const reading = { ...options, dialect: options.dialect ?? own, input: '-' };
  const read = await readApi(reading, diagnostics, { source });
  return read && { loaded: read, api: read.api, dialect: read.dialect, name };
}
