import { basename, resolve } from 'node:path';
import { findConfig, loadConfig, locate } from '../config/load.ts';
import type { Target } from '../config/config.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type SelectionFlags, targetOf } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** A target, and what it is called in reports. */
export interface SelectedTarget {
  readonly name: string;
  readonly target: Target;
  /** Fingerprints of changes that the configuration accepts. */
  readonly accepted?: ReadonlySet<string>;
}

/**
 * What is to be generated: the targets of the configuration that `names` names, or all of them, or
 * the document that the flags describe. Undefined where the configuration cannot be used.
 */
export async function selectTargets(
  names: readonly string[],
  flags: SelectionFlags,
  folder: string,
  diagnostics: Diagnostics,
): Promise<readonly SelectedTarget[] | undefined> {
  const changes = locate(await targetOf(flags), folder);
  const { input, output } = changes;
  const isAlone = names.length === 0 && flags.config === undefined;
  if (isAlone && input !== undefined && output !== undefined) {
    return [{ name: basename(output), target: { ...changes, input, output } }];
  }

  const file = flags.config === undefined ? findConfig(folder) : resolve(folder, flags.config);
  if (file === undefined) {
    const what = 'There is no batchwright.config.ts (or .mts, .js, .mjs, .json) here or above.';
    throw new UsageError(`${what} Write one, or give --input and --output.`);
  }
  const config = await loadConfig(file, diagnostics, { isNamed: flags.config !== undefined });
  if (!config) return undefined;

  const chosen = [...new Set(names.length > 0 ? names : config.targets.keys())];
  const single = (['input', 'output', 'name', 'dialect'] as const).find((flag) => flag in flags);
  if (single && chosen.length > 1) {
    throw new UsageError(`\`--${single}\` is for one target; name it: ${chosen.join(', ')}.`);
  }
  const accepted = new Set(config.accept.map(({ fingerprint }) => fingerprint));
  return chosen.map((name) => {
    const target = config.targets.get(name);
    if (target) return { name, target: { ...target, ...changes }, accepted };
    const meant = didYouMean(name, config.targets.keys());
    throw new UsageError(`The configuration has no target \`${name}\`.${meant}`);
  });
}
