import type { GenerateFlags } from './flags.ts';
import type { Memory, Shown } from './last-run/last-run.ts';
import type { Run } from './report.ts';
import type { SelectedTarget } from './select.ts';

/** The last run of a target as this one; undefined where something has changed since, or may have. */
export function repeatedRun(
  selected: SelectedTarget,
  memory: Memory,
  flags: GenerateFlags,
): Run | undefined {
  const last = flags.force ? undefined : memory.recall(shownBy(flags));
  return last && { ...selected, times: new Map(), ...last };
}

export function shownBy({ verbose, format }: GenerateFlags): Shown {
  return verbose === true || format === 'json' ? 'everything' : 'usual';
}
