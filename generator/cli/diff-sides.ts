import { resolve } from 'node:path';
import type { Target } from '../config/config.ts';
import { findConfig, loadConfig, type LoadedConfig, locate } from '../config/load.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { countDiagnostics, reportDiagnostics } from '../diagnostics/format.ts';
import type { DiffSide } from '../diff/diff.ts';
import type { Axis } from '../diff/finding.ts';
import { readSide } from '../diff/read-side.ts';
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
  const options = { ...target, ...(await targetOf(flags)) };
  const [old, now] = await Promise.all([
    readOne(from, options, levels, flags, terminal),
    readOne(to, options, levels, flags, terminal),
  ]);
  const accepted = new Set(config?.accept.map(({ fingerprint }) => fingerprint));
  return old && now ? { old, now, accepted } : undefined;
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

async function readOne(
  source: string,
  options: Partial<Target>,
  levels: readonly Axis[],
  flags: DiffFlags,
  { stderr, folder }: Terminal,
): Promise<DiffSide | undefined> {
  const diagnostics = new Diagnostics();
  const input = source.startsWith('git:') ? source : locate({ input: source }, folder).input;
  const side = await readSide({ ...options, input }, levels, folder, diagnostics);
  const verbose = flags.verbose === true;
  // What can be used was looked at when it was generated; here only what stops the comparison counts.
  const shown = diagnostics.list.filter(({ severity }) => verbose || severity === 'error');
  stderr.write(reportDiagnostics(shown, { paint: paintFor(stderr), folder, verbose }));
  if (!side) stderr.write(`${source} cannot be compared: ${countDiagnostics(shown)}.\n`);
  return side;
}
