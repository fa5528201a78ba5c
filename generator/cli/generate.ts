import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { abridged } from '../diagnostics/format.ts';
import type { OnSource } from '../load/read/read.ts';
import { countsOf } from './counts.ts';
import type { GenerateFlags } from './flags.ts';
import { type LastRun, Memory, type Shown } from './last-run/last-run.ts';
import { SourceFiles } from './last-run/source-files.ts';
import { repeatedRun, shownBy } from './repeat.ts';
import { isFailed, reporterOf, type Run } from './report.ts';
import { type SelectedTarget, selectTargets } from './select.ts';
import { Stages } from './stages.ts';
import type { Terminal } from './terminal.ts';

/** `batchwright generate`. Resolves to the exit code. */
export async function generateCommand(
  names: readonly string[],
  flags: GenerateFlags,
  terminal: Terminal,
): Promise<number> {
  const started = 1000 * process.uptime();
  const report = reporterOf(flags);
  const diagnostics = new Diagnostics();
  const targets = await selectTargets(names, flags, terminal.folder, diagnostics);
  // Each waits for its document, and writes, while another computes.
  const runs = await Promise.all((targets ?? []).map((target) => run(target, flags)));

  report({ runs, configuration: diagnostics.list, started }, flags, terminal);
  if (!targets) return 2;
  return runs.some(isFailed) ? 1 : 0;
}

async function run(selected: SelectedTarget, flags: GenerateFlags): Promise<Run> {
  const { name, target, accepted } = selected;
  const { check, force } = flags;
  const memory = new Memory(target);
  const last = repeatedRun(selected, memory, flags);
  if (last) return last;

  const stages = new Stages();
  const sources = new SourceFiles();
  const { generate } = await import('../generate.ts');
  const onSource: OnSource = (url, bytes) => {
    stages.read(bytes);
    sources.add(url, bytes);
  };
  const options = { check, force, accepted, onStage: stages.onStage, onSource };
  const { api, reproducible, ...result } = await generate(target, options);
  const made: Run = { name, target, times: stages.times, counts: countsOf(api), ...result };
  if (reproducible && sources.list && !isFailed(made) && made.files?.kept.length === 0) {
    const shown = shownBy(flags);
    memory.remember(lasting(made, shown), shown, sources.list);
  }
  return made;
}

/** What is reported again with each run; how the output differed from the one before is not. */
function lasting({ counts, diagnostics }: Run, shown: Shown): LastRun {
  const all = diagnostics.filter(({ code }) => !code.startsWith('write/'));
  return { counts, diagnostics: shown === 'everything' ? all : abridged(all) };
}
