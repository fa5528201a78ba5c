import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { load } from '../load/load.ts';
import { loadOptions } from '../config/options.ts';
import { objectOf } from '../json/narrow.ts';
import type { Target } from '../config/config.ts';
import type { RememberedApi } from '../record/read-record.ts';
import {
  describeApi,
  openApi,
  readApi,
  type ReadApiOptions,
  type ReadTarget,
} from '../read-api.ts';
import type { DiffSide } from './diff.ts';
import type { Axis } from './finding.ts';
import { gitSource, showRevision } from './git-revision.ts';
import type { OpenSide } from './read-sides.ts';

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
  const source = await sourceOf(target, folder, diagnostics);
  if (!source) return undefined;
  if (levels.every((level) => level === 'wire')) return loadSide(target, source, diagnostics);
  const read = await readApi({ ...target, input: source.input }, diagnostics, source);
  // What stops a generation, as a batchable action without an operation, does not stop a comparison.
  return read && { loaded: read, api: read.api, dialect: read.dialect };
}

/** The same, as far as it can be read without the other document. */
export async function openSide(
  target: ReadTarget,
  folder: string,
  diagnostics: Diagnostics,
  options: OpenOptions = {},
): Promise<OpenSide | undefined> {
  const source = await sourceOf(target, folder, diagnostics);
  if (!source) return undefined;
  const reading = { ...target, input: source.input };
  const opened = await openApi(reading, diagnostics, { ...options, stdin: source.stdin });
  return opened && { target: reading, opened, diagnostics };
}

/** What need not be looked for in a document. */
export type OpenOptions = Pick<ReadApiOptions, 'valid' | 'onlyErrors'>;

/** Where a document is read from: a revision comes from Git. */
interface SideSource {
  readonly input: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
}

async function sourceOf(
  { input }: ReadTarget,
  folder: string,
  diagnostics: Diagnostics,
): Promise<SideSource | undefined> {
  const revision = gitSource(input);
  if (!revision) return { input };
  const stdin = await showRevision(revision, folder, diagnostics);
  return stdin && { input: '-', stdin };
}

async function loadSide(
  target: ReadTarget,
  { input, stdin }: SideSource,
  diagnostics: Diagnostics,
): Promise<DiffSide | undefined> {
  const loaded = await load(input, diagnostics, { ...loadOptions(target), stdin });
  return loaded && !diagnostics.failed
    ? { loaded: { ...loaded, document: objectOf(loaded.document) } }
    : undefined;
}

/**
 * Opens the API of a package with the options that its record has. What shapes a document was done
 * before it was recorded; a dialect that is code is not recorded, so that the target's counts.
 */
export async function openPackageSide(
  remembered: RememberedApi,
  target: Partial<Target>,
  diagnostics: Diagnostics,
  options: OpenOptions = {},
): Promise<OpenSide | undefined> {
  const own = typeof target.dialect === 'object' ? target.dialect : undefined;
  const reading = { ...remembered.options, dialect: remembered.options.dialect ?? own, input: '-' };
  const opened = await openApi(reading, diagnostics, { ...options, source: remembered.source });
  return opened && { target: reading, opened, diagnostics, name: remembered.options.name };
}

/** The same, with all that it describes. */
export async function readPackageSide(
  remembered: RememberedApi,
  target: Partial<Target>,
  diagnostics: Diagnostics,
): Promise<DiffSide | undefined> {
  const side = await openPackageSide(remembered, target, diagnostics);
  if (!side) return undefined;
  const read = await describeApi(side.opened, side.target, diagnostics);
  return { loaded: read, api: read.api, dialect: read.dialect, name: side.name };
}
