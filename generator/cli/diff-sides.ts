import { resolve } from 'node:path';
import type { Target } from '../config/config.ts';
import { findConfig, loadConfig, type LoadedConfig, locate } from '../config/load.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { countDiagnostics, reportDiagnostics } from '../diagnostics/format.ts';
import type { DiffSide } from '../diff/diff.ts';
import type { Axis } from '../diff/finding.ts';
import { gitSource } from '../diff/git-revision.ts';
import { isPackage, readPackage } from '../diff/package-side.ts';
import { openPackageSide, openSide, readSide } from '../diff/read-side.ts';
import { type OpenSide, readDiffering } from '../diff/read-sides.ts';
import type { RememberedApi } from '../record/read-record.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { targetOf, type DiffFlags } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The two documents, and the fingerprints of changes that the configuration accepts. */
export interface DiffSides {
  readonly old: DiffSide;
  readonly now: DiffSide;
  readonly accepted: ReadonlySet<string>;
}

/** Refuses what names too few documents, or too many. */
export function checkDocuments(documents: readonly string[], since: string | undefined): void {
  if (since !== undefined && documents.length > 1)
    throw new UsageError('`--since` takes one document: the file that changed.');
  if (since === undefined && documents.length !== 2)
    throw new UsageError('`batchwright diff` takes two documents, or one and `--since`.');
}

/** A document as it is named from a folder: a path, a URL, `-`, or `git:REV:path`. */
export function sourceFrom(written: string, folder: string): string {
  return written.startsWith('git:') ? written : locate({ input: written }, folder).input;
}

/** Reads both documents. Undefined where they cannot be compared; the terminal then says why. */
export async function readDiffSides(
  documents: readonly string[],
  flags: DiffFlags,
  levels: readonly Axis[],
  terminal: Terminal,
): Promise<DiffSides | undefined> {
  const { stderr, folder } = terminal;
  const diagnostics = new Diagnostics();
  const config = await configOf(flags, folder, diagnostics);
  const paint = paintFor(stderr);
  stderr.write(reportDiagnostics(diagnostics.list, { paint, folder, verbose: false }));
  if (diagnostics.failed) return undefined;

  const target = documents.length === 0 ? onlyTarget(config) : undefined;
  const [first = target?.input ?? '', second] = documents;
  const [from, to] =
    flags.since === undefined ? [first, second ?? ''] : [`git:${flags.since}:${first}`, first];
  const sides = await openSides([from, to], terminal);
  if (!sides) return undefined;
  const named = target ?? targetFor([from, to], flags, config, folder);
  const remembered = sides.find((side) => side.remembered)?.remembered?.options;
  // What a package was generated with holds for the document that it is compared with, too.
  const options = { ...remembered, ...named, ...(await targetOf(flags)) };
  const isPackaged = remembered !== undefined;
  const [old, now] = await readBoth(sides, options, levels, flags, terminal);
  const accepted = new Set(config?.accept.map(({ fingerprint }) => fingerprint));
  if (!old || !now) return undefined;
  const name = isPackaged ? options.name : undefined;
  return { old: { name, ...old }, now: { name, ...now }, accepted };
}

/** One of the two, before it is read. */
interface SideToOpen {
  readonly source: string;
  /** Where it is the folder of a package. */
  readonly remembered?: RememberedApi;
}

async function openSides(
  sources: readonly string[],
  { stderr, folder }: Terminal,
): Promise<readonly SideToOpen[] | undefined> {
  const diagnostics = new Diagnostics();
  const sides = await Promise.all(
    sources.map(async (written): Promise<SideToOpen | undefined> => {
      const source = sourceFrom(written, folder);
      if (!(await isPackage(source, folder))) return { source };
      const remembered = await readPackage(source, folder, diagnostics);
      return remembered && { source, remembered };
    }),
  );
  stderr.write(
    reportDiagnostics(diagnostics.list, { paint: paintFor(stderr), folder, verbose: false }),
  );
  const open = sides.filter((side) => side !== undefined);
  return open.length === sides.length ? open : undefined;
}

/** The target whose options hold for both documents: the one that is named, or whose package is compared. */
function targetFor(
  sources: readonly string[],
  flags: DiffFlags,
  config: LoadedConfig | undefined,
  folder: string,
): Target | undefined {
  const targets = config?.targets ?? new Map<string, Target>();
  if (flags.target !== undefined) {
    const target = targets.get(flags.target);
    if (target) return target;
    const meant = didYouMean(flags.target, targets.keys());
    throw new UsageError(`The configuration has no target \`${flags.target}\`.${meant}`);
  }
  const folders = new Set(
    sources.map((source) => resolve(folder, gitSource(source)?.path ?? source)),
  );
  return [...targets.values()].find(({ output }) => folders.has(output));
}

async function configOf(
  flags: DiffFlags,
  folder: string,
  diagnostics: Diagnostics,
): Promise<LoadedConfig | undefined> {
  const file = flags.config === undefined ? findConfig(folder) : resolve(folder, flags.config);
  if (file === undefined) return undefined;
  return loadConfig(file, diagnostics, { isNamed: flags.config !== undefined });
}

/** The document that `--since` alone speaks of. */
function onlyTarget(config: LoadedConfig | undefined): Target {
  const [target, other] = config?.targets.values() ?? [];
  if (target && !other) return target;
  throw new UsageError(
    target
      ? 'The configuration has several targets: name the document that changed.'
      : '`--since` takes one document, or a configuration with one target.',
  );
}

async function readBoth(
  sides: readonly SideToOpen[],
  options: Partial<Target>,
  levels: readonly Axis[],
  flags: DiffFlags,
  terminal: Terminal,
): Promise<readonly (DiffSide | undefined)[]> {
  const { folder } = terminal;
  const read = async (side: SideToOpen): Promise<DiffSide | undefined> => {
    const diagnostics = new Diagnostics();
    const target = { ...options, input: side.source };
    const one = await readSide(target, levels, folder, diagnostics);
    reportSide(side, one !== undefined, diagnostics, flags, terminal);
    return one;
  };
  const isOfWire = levels.every((level) => level === 'wire');
  if (isOfWire && sides.every(({ remembered }) => !remembered)) return Promise.all(sides.map(read));

  const onlyErrors = flags.verbose !== true;
  const open = async (
    { source, remembered }: SideToOpen,
    valid?: OpenSide,
  ): Promise<Pick<OpenSide, 'diagnostics'> & { readonly side: OpenSide | undefined }> => {
    const diagnostics = new Diagnostics();
    const known = { onlyErrors, valid: onlyErrors ? valid?.opened.loaded : undefined };
    const side = remembered
      ? await openPackageSide(remembered, options, diagnostics, known)
      : await openSide({ ...options, input: source }, folder, diagnostics, known);
    return { side, diagnostics };
  };
  const [first, second] = sides;
  if (!first || !second) return [];
  const before = await open(first);
  const opened = [before, await open(second, before.side)];
  const [old, now] = opened.map(({ side }) => side);
  // Who wants to be told everything, or proof, is not served by a part.
  const isPart = flags.verbose !== true && flags.prove !== true;
  const described = old && now ? await readDiffering(old, now, isPart) : [];
  for (const [index, { side, diagnostics }] of opened.entries()) {
    const named = sides[index];
    if (named) reportSide(named, side !== undefined, diagnostics, flags, terminal);
  }
  return described;
}

function reportSide(
  { source }: SideToOpen,
  isRead: boolean,
  diagnostics: Diagnostics,
  flags: DiffFlags,
  { stderr, folder }: Terminal,
): void {
  const verbose = flags.verbose === true;
  // What can be used was looked at when it was generated; here only what stops the comparison counts.
  const shown = diagnostics.list.filter(({ severity }) => verbose || severity === 'error');
  stderr.write(reportDiagnostics(shown, { paint: paintFor(stderr), folder, verbose }));
  if (!isRead) stderr.write(`${source} cannot be compared: ${countDiagnostics(shown)}.\n`);
}
