import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { generate, type Stage } from '../generate.ts';
import type { GenerateFlags } from './flags.ts';
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
  const started = performance.now();
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

async function run({ name, target }: SelectedTarget, flags: GenerateFlags): Promise<Run> {
  const { check, force } = flags;
  const times = new Map<Stage, number>();
  const onStage = (stage: Stage, milliseconds: number): void => void times.set(stage, milliseconds);
  return { name, target, times, ...(await generate(target, { check, force, onStage })) };
}
