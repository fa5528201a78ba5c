import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { readArguments } from './arguments.ts';
import { type GenerateFlags, namedTarget } from './flags.ts';
import { generate } from './generate-command.ts';
import { Memory } from './last-run/last-run.ts';
import { repeatedRun } from './repeat.ts';
import { reporterOf, type Run } from './report.ts';
import { configurationFile, isDescribed, selectWith } from './select.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reports `batchwright generate` again where nothing has changed since the last run; false, and nothing is said,
 * where something has, or may have. The build bundles it by itself, since all the rest takes longer to load than
 * to look. So nothing here may need a module that is imported late: those are left out of the bundle.
 */
export async function isUnchanged(argv: readonly string[], terminal: Terminal): Promise<boolean> {
  const started = 1000 * process.uptime();
  try {
    const { command, operands, flags, help, version } = readArguments([generate], argv);
    if (!command || help || version) return false;
    return await repeat(operands, flags, terminal, started);
  } catch {
    // The whole command line meets the same, and says what is wrong.
    return false;
  }
}

async function repeat(
  names: readonly string[],
  flags: GenerateFlags,
  terminal: Terminal,
  started: number,
): Promise<boolean> {
  const report = reporterOf(flags);
  if (flags.force || flags.watch || (!isDescribed(names, flags) && hasCode(flags, terminal)))
    return false;
  const diagnostics = new Diagnostics();
  // A run of a target with a dialect that does not exist is never remembered.
  const said = namedTarget(flags);
  const targets = await selectWith(said, names, flags, terminal.folder, diagnostics);
  const runs: Run[] = [];
  for (const selected of targets ?? []) {
    const run = repeatedRun(selected, new Memory(selected.target), flags);
    if (!run) return false;
    runs.push(run);
  }
  if (!targets || diagnostics.list.length > 0) return false;
  report({ runs, configuration: [], started }, flags, terminal);
  return true;
}

/** A configuration that is code runs once: where all of the command line is there. */
function hasCode(flags: GenerateFlags, { folder }: Terminal): boolean {
  return configurationFile(flags, folder)?.endsWith('.json') !== true;
}
