import { type Diagnostic, Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Stage } from '../generate.ts';
import type { OnSource } from '../load/read/read.ts';
import { countsOf } from './counts.ts';
import { makeRoomFor } from './engine.ts';
import type { GenerateFlags } from './flags.ts';
import { type LastRun, Memory, type Shown } from './last-run/last-run.ts';
import { SourceFiles } from './last-run/source-files.ts';
import { isFailed, reportJson, reportText, type Run } from './report.ts';
import { type SelectedTarget, selectTargets } from './select.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `batchwright generate`. Resolves to the exit code. */
export async function generateCommand(
  names: readonly string[],
  flags: GenerateFlags,
  terminal: Terminal,
): Promise<number> {
  const started = 1000 * process.uptime();
  const { format = 'text' } = flags;
  if (format !== 'text' && format !== 'json') {
    throw new UsageError('`--format` must be text or json.');
  }
  const diagnostics = new Diagnostics();
  const targets = await selectTargets(names, flags, terminal.folder, diagnostics);
  // Each waits for its document, and writes, while another computes.
  const runs = await Promise.all((targets ?? []).map((target) => run(target, flags)));

  const report = format === 'json' ? reportJson : reportText;
  report({ runs, configuration: diagnostics.list, started }, flags, terminal);
  if (!targets) return 2;
  return runs.some(isFailed) ? 1 : 0;
}

async function run({ name, target, accepted }: SelectedTarget, flags: GenerateFlags): Promise<Run> {
  const { check, force } = flags;
  const shown = flags.verbose === true || flags.format === 'json' ? 'everything' : 'usual';
  const memory = new Memory(target);
  const last = force ? undefined : memory.recall(shown);
  if (last) return { name, target, times: new Map(), ...last };

  const times = new Map<Stage, number>();
  let documentBytes = 0;
  const onStage = (stage: Stage, milliseconds: number): void => {
    times.set(stage, milliseconds);
    if (stage === 'load') makeRoomFor(documentBytes);
  };
  const sources = new SourceFiles();
  const { generate } = await import('../generate.ts');
  const onSource: OnSource = (url, bytes) => {
    documentBytes += bytes?.length ?? 0;
    sources.add(url, bytes);
  };
  const options = { check, force, accepted, onStage, onSource };
  const { api, reproducible, ...result } = await generate(target, options);
  const made: Run = { name, target, times, counts: countsOf(api), ...result };
  if (reproducible && sources.list && !isFailed(made) && made.files?.kept.length === 0) {
    memory.remember(lasting(made, shown), shown, sources.list);
  }
  return made;
}

/** What is reported again with each run; how the output differed from the one before is not. */
function lasting({ counts, diagnostics }: Run, shown: Shown): LastRun {
  const isLasting = ({ code, severity }: Diagnostic): boolean =>
    !code.startsWith('write/') && (shown === 'everything' || severity !== 'info');
  return { counts, diagnostics: diagnostics.filter(isLasting) };
}
