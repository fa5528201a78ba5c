import { knownTemplates } from '../templates/index.ts';
import { checkValues } from './check-values.ts';
import { complete } from './complete/complete.ts';
import { loadTemplates } from './config/templates.ts';
import type { Target } from './config/config.ts';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostics.ts';
import type { Api } from './ir/api.ts';
import type { ApiDescription } from './ir/ir.ts';
import { checkSwitchedOff } from './missing-modules.ts';
import { type ReadApi, readApi, type ReadApiOptions, type ReadStage } from './read-api.ts';
import { writeChangeset } from './release/changeset.ts';
import { printRelease } from './release/print-release.ts';
import { ownRuntime } from './packed-runtime.ts';
import { render } from './runtime-files.ts';
import { stopwatch } from './stopwatch.ts';
import type { OutputFile, Template } from './template.ts';
import { write } from './write/write.ts';
import type { RecordedRelease, WriteOptions, WriteSummary } from './write/summary.ts';

/** What prints a package where its target changes nothing. */
export const standardTemplates: readonly Template[] = knownTemplates.standard;

/** The stages of a generation, in their order. */
export type Stage = ReadStage | 'print' | 'write';

export interface GenerateOptions extends WriteOptions, Pick<ReadApiOptions, 'source' | 'onSource'> {
  /** Fingerprints of changes that do not count for the version and the changelog. */
  readonly accepted?: ReadonlySet<string> | undefined;
  /** Called with what was read, before anything is made of it. */
  readonly onRead?: ((read: ReadApi) => void) | undefined;
  /** Called after each stage with the milliseconds that it took. */
  readonly onStage?: ((stage: Stage, milliseconds: number) => void) | undefined;
}

/** What a generation came to. It failed where a diagnostic is an error; nothing is written then. */
export interface Generated {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where the document cannot be used. */
  readonly api?: ApiDescription | undefined;
  /** Absent where the generation did not come to writing. */
  readonly files?: WriteSummary | undefined;
  /**
   * Whether batchwright, the target and the files that it was read from decide all of the output. A
   * template or a dialect of somebody else may look at anything else, such as the date.
   */
  readonly reproducible?: boolean | undefined;
  /** The same for the package of the command line, where the target has one. */
  readonly cli?: WriteSummary | undefined;
}

/**
 * Reads a document, and makes the output folder hold the package that is generated of it. Relative
 * paths start from the working directory. Rejects only where batchwright itself is at fault.
 */
export async function generate(target: Target, options: GenerateOptions = {}): Promise<Generated> {
  const diagnostics = new Diagnostics();
  const time = stopwatch(options.onStage);
  const [templates, read] = await readAll(target, diagnostics, options);
  if (!read || diagnostics.failed) return { api: read?.api, diagnostics: diagnostics.list };

  options.onRead?.(read);
  const { api, dialect, hosts } = read;
  checkValues(target, api, diagnostics);
  if (diagnostics.failed) return { api, diagnostics: diagnostics.list };
  const completed = (release?: RecordedRelease): Api => complete(api, target, dialect, release);
  const runtime = ownRuntime('runtime');
  const print = (release?: RecordedRelease): Promise<readonly OutputFile[]> =>
    render(templates, completed(release), runtime);
  const [printed, cliFiles] = await time('print', async () => {
    const made = await printRelease(target, read, print, options.accepted, diagnostics);
    return [made, target.cli && (await renderCli(completed(made.facts.release)))];
  });
  const dropped = standardTemplates.filter((template) => !templates.includes(template));
  if (dropped.length > 0) {
    const made = { folder: target.output, api: completed(), files: printed.files };
    await checkSwitchedOff(dropped, made, diagnostics);
  }
  if (diagnostics.failed) return { api, diagnostics: diagnostics.list };

  const summary = await time('write', () =>
    write(target.output, printed.files, { ...options, ...printed.facts, hosts }, diagnostics),
  );
  if (printed.changeset && !options.check && !diagnostics.failed)
    writeChangeset(printed.changeset, diagnostics);
  const reproducible = isReproducible(target);
  if (!target.cli || !cliFiles)
    return { api, files: summary, reproducible, diagnostics: diagnostics.list };
  const { output } = target.cli;
  const cli = await time('write', () =>
    write(output, cliFiles, { ...options, hosts }, diagnostics),
  );
  return { api, files: summary, cli, reproducible, diagnostics: diagnostics.list };
}

async function renderCli(api: Api): Promise<readonly OutputFile[]> {
  const { cliTemplates } = await import('../templates/cli/index.ts');
  return render(cliTemplates, api, ownRuntime('cli-runtime'));
}

/** What a run did not write is not known to be still there: a second package makes it look again. */
function isReproducible({ dialect, templates = [], cli }: Target): boolean {
  const chosen = Array.isArray(templates) ? templates : Object.values(templates);
  return (
    cli === undefined &&
    typeof dialect !== 'object' &&
    chosen.every((one) => typeof one === 'boolean' || knownTemplates.optIn.has(one))
  );
}

/** One after the other, so that the diagnostics come in one order. */
async function readAll(
  target: Target,
  diagnostics: Diagnostics,
  { onStage, source, onSource }: GenerateOptions,
): Promise<readonly [readonly Template[], ReadApi | undefined]> {
  const templates = await loadTemplates(target, knownTemplates, process.cwd(), diagnostics);
  return [templates, await readApi(target, diagnostics, { onStage, source, onSource })];
}
