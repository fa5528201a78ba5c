import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../../config/config.ts';
import { forgetModules } from '../../config/import.ts';
import { findConfig } from '../../config/load.ts';
import { Diagnostics } from '../../diagnostics/diagnostics.ts';
import { diff, type DiffSide } from '../../diff/diff.ts';
import { axes } from '../../diff/finding.ts';
import { textReport } from '../../diff/report/text.ts';
import { generate } from '../../generate.ts';
import { countsOf } from '../counts.ts';
import type { GenerateFlags } from '../flags.ts';
import { isFailed, reportText, type Run } from '../report.ts';
import { Stages } from '../stages.ts';
import { type SelectedTarget, selectTargets } from '../select.ts';
import { paintFor, type Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { digestOf, digestOfBytes, type FileDigests, nextChange } from './next-change.ts';

/** What is known of a target since the watch began. */
interface Watched {
  /** Its API at that time. */
  readonly first: DiffSide | undefined;
  /** What it is read from: the document and what that refers to, overlays. */
  readonly files: FileDigests;
}

/**
 * `batchwright generate --watch`: generates, then again what a change of a document, an overlay, a
 * template or the configuration concerns, until the process is ended. Resolves to the exit code
 * where there is nothing to watch.
 */
export async function watchCommand(
  names: readonly string[],
  flags: GenerateFlags,
  terminal: Terminal,
): Promise<number> {
  if (flags.check || (flags.format ?? 'text') !== 'text')
    throw new UsageError('`--watch` goes with neither `--check` nor `--format json`.');
  const { folder } = terminal;
  const config = flags.config === undefined ? findConfig(folder) : resolve(folder, flags.config);
  const watched = new Map<string, Watched>();
  let code = digestsOf(config, []);
  let targets = await select(names, flags, terminal);
  let due = targets;
  for (;;) {
    code = new Map([...digestsOf(undefined, targets), ...code]);
    for (const target of due)
      watched.set(target.name, await once(target, watched.get(target.name), flags, terminal));
    const files = new Map([...code, ...targets.flatMap(({ name }) => [...filesOf(watched, name)])]);
    if (files.size === 0) return 2;
    terminal.stderr.write('Waiting for a change.\n');
    const changed = await nextChange(files);
    if ([...changed].some((file) => code.has(file))) {
      forgetModules();
      code = digestsOf(config, []);
      targets = await select(names, flags, terminal);
      due = targets;
    } else {
      due = targets.filter(({ name }) =>
        [...filesOf(watched, name).keys()].some((file) => changed.has(file)),
      );
    }
  }
}

function filesOf(watched: ReadonlyMap<string, Watched>, name: string): FileDigests {
  return watched.get(name)?.files ?? new Map<string, string>();
}

/** The configuration and the user's own templates, as they are now. */
function digestsOf(
  config: string | undefined,
  targets: readonly SelectedTarget[],
): Map<string, string | undefined> {
  const files = [
    ...(config === undefined ? [] : [config]),
    ...targets.flatMap(({ target }) => modulesOf(target)),
  ];
  return new Map(files.map((file) => [file, digestOf(file)]));
}

/** The files of a user's own templates. */
function modulesOf({ templates = [] }: Target): readonly string[] {
  const chosen: readonly unknown[] = Array.isArray(templates)
    ? templates
    : Object.values(templates);
  return chosen.filter(
    (one): one is string => typeof one === 'string' && /^(?:\/|[A-Za-z]:)/.test(one),
  );
}

async function select(
  names: readonly string[],
  flags: GenerateFlags,
  terminal: Terminal,
): Promise<readonly SelectedTarget[]> {
  const diagnostics = new Diagnostics();
  const targets = await selectTargets(names, flags, terminal.folder, diagnostics);
  const report = { runs: [], configuration: diagnostics.list, started: 0 };
  reportText(report, { ...flags, verbose: false }, terminal);
  return targets ?? [];
}

/** Generates a target, and says what changed of its API since the watch began. */
async function once(
  { name, target, accepted }: SelectedTarget,
  known: Watched | undefined,
  flags: GenerateFlags,
  terminal: Terminal,
): Promise<Watched> {
  const started = performance.now();
  const stages = new Stages();
  const files = new Map<string, string | undefined>();
  const reads: DiffSide[] = [];
  const { api, ...result } = await generate(target, {
    force: flags.force,
    accepted,
    onStage: stages.onStage,
    onSource(url, bytes) {
      stages.read(bytes);
      if (url?.protocol === 'file:') files.set(fileURLToPath(url), bytes && digestOfBytes(bytes));
    },
    onRead: (read) => void reads.push({ loaded: read, api: read.api, dialect: read.dialect }),
  });
  const run: Run = { name, target, times: stages.times, counts: countsOf(api), ...result };
  reportText({ runs: [run], configuration: [], started }, { ...flags, verbose: false }, terminal);
  terminal.stderr.write(`${name}: ${Math.round(performance.now() - started)} ms\n`);
  const [now] = reads;
  const first = known?.first ?? now;
  if (known?.first && now && !isFailed(run)) {
    const findings = diff(known.first, now, axes);
    const report = textReport(findings, paintFor(terminal.stdout), false);
    terminal.stdout.write(`Since the watch began:\n${report}`);
  }
  return { first, files: mergedFiles(files, target, known) };
}

/** A file that is away for a moment, as editors do it, is still one to wait for. */
function mergedFiles(
  read: FileDigests,
  { input, overlays = [] }: Target,
  known: Watched | undefined,
): FileDigests {
  const wanted = [input, ...overlays].filter((file) => /^(?:\/|[A-Za-z]:[\\/])/.test(file));
  const missing = [...wanted, ...(read.size === 0 ? (known?.files.keys() ?? []) : [])];
  return new Map([...missing.map((file) => [file, digestOf(file)] as const), ...read]);
}
