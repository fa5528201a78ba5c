import { host, packageName, type Rule } from '../config/check.ts';
import type { Target } from '../config/config.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { UsageError } from './usage-error.ts';

/** The options of every command that reads a document. */
export interface ReadingFlags {
  readonly dialect?: string;
  readonly lenient?: boolean;
  readonly allowRemoteRefs?: readonly string[];
  readonly verbose?: boolean;
}

/** The options that say more of a target than the configuration. */
export interface TargetFlags extends ReadingFlags {
  readonly input?: string;
  readonly output?: string;
  readonly name?: string;
}

/** The flags that choose what is generated. */
export interface SelectionFlags extends TargetFlags {
  readonly config?: string;
}

export interface DiffFlags extends ReadingFlags {
  readonly config?: string;
  readonly target?: string;
  readonly since?: string;
  readonly level?: string;
  readonly format?: string;
  readonly failOn?: string;
  readonly prove?: boolean;
}

export interface MigrateFlags extends ReadingFlags {
  readonly from?: string;
  readonly to?: string;
  readonly name?: string;
  readonly config?: string;
  readonly target?: string;
  readonly dryRun?: boolean;
}

export interface InitFlags extends ReadingFlags {
  readonly output?: string;
  readonly name?: string;
}

export interface GenerateFlags extends SelectionFlags {
  readonly check?: boolean;
  readonly force?: boolean;
  readonly watch?: boolean;
  readonly format?: string;
}

/** The part of a target that the flags speak of; everything else is left as it is. */
export async function targetOf(flags: TargetFlags): Promise<Partial<Target>> {
  const target = namedTarget(flags);
  if (flags.dialect !== undefined) await requireDialect(flags.dialect);
  return target;
}

/** The same, whether the dialect is known or not. */
export function namedTarget(flags: TargetFlags): Partial<Target> {
  const { input, output, name, dialect } = flags;
  const hosts = flags.allowRemoteRefs?.flatMap((list) => list.split(','));
  for (const each of hosts ?? []) require('allow-remote-refs', each, host);
  if (name !== undefined) require('name', name, packageName);
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(name !== undefined && { name }),
    ...(dialect !== undefined && { dialect }),
    ...(flags.lenient && { lenient: true }),
    ...(hosts && { allowRemoteRefs: hosts }),
  };
}

function require(flag: string, value: string, rule: Rule): void {
  if (!rule.fits(value)) throw new UsageError(`\`--${flag} ${value}\` must be ${rule.expects}.`);
}

async function requireDialect(name: string): Promise<void> {
  const { dialects } = await import('../dialects/index.ts');
  if (dialects.has(name)) return;
  const known = [...dialects.keys()];
  const meant = didYouMean(name, known) || ` There are: ${known.join(', ')}.`;
  throw new UsageError(`There is no dialect \`${name}\`.${meant}`);
}
