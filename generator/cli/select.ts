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
  return selectWith(await targetOf(flags), names, flags, folder, diagnostics);
}

/** The same, with what the flags say of a target. */
export async function selectWith(
  said: Partial<Target>,
  names: readonly string[],
  flags: SelectionFlags,
  folder: string,
  diagnostics: Diagnostics,
): Promise<readonly SelectedTarget[] | undefined> {
  const changes = locate(said, folder);
  const { input, output } = changes;
  if (isDescribed(names, flags) && input !== undefined && output !== undefined) {
    return [{ name: basename(output), target: { ...changes, input, output } }];
  }

  const file = configurationFile(flags, folder);
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

/** Whether the flags describe all of a target, so that no configuration is read. */
export function isDescribed(
  names: readonly string[],
  { config, input, output }: SelectionFlags,
): boolean {
  return names.length === 0 && config === undefined && input !== undefined && output !== undefined;
}

/** The configuration that is named, or the nearest. */
export function configurationFile({ config }: SelectionFlags, folder: string): string | undefined {
  return config === undefined ? findConfig(folder) : resolve(folder, config);
}
