import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { CAC, Command } from 'cac';
import { didYouMean } from '../diagnostics/suggest.ts';
import { UsageError } from './usage-error.ts';

/** What a command line says. */
export interface Arguments {
  readonly command: Command | undefined;
  readonly args: readonly string[];
  /** By the names of options in camel case. */
  readonly options: Readonly<Record<string, unknown>>;
}

type Declared = ReadonlyMap<string, Command['options'][number]>;

/**
 * Reads a command line by the options that `cli` declares, with Node's own parser: cac's reads
 * `--name 007` as the number 7, and the `-` of `--input -` as an option without a name.
 */
export function readArguments(cli: CAC, argv: readonly string[]): Arguments {
  const declared = declaredOptions([cli.globalCommand, ...cli.commands]);
  const { values, positionals } = parse(argv, declared);
  const [name, ...args] = positionals;
  const command = cli.commands.find((each) => name !== undefined && each.isMatched(name));
  if (name !== undefined && !command) {
    const known = cli.commands.map((each) => each.name);
    throw new UsageError(`There is no command \`${name}\`.${didYouMean(name, known)}`);
  }

  const allowed = declaredOptions(command ? [cli.globalCommand, command] : [cli.globalCommand]);
  for (const flag of Object.keys(values)) {
    if (allowed.has(flag)) continue;
    const subject = command ? `The command \`${command.name}\`` : 'batchwright without a command';
    throw new UsageError(`${subject} has no option \`--${flag}\`.`);
  }
  const named = Object.entries(values).map(([flag, value]) => [declared.get(flag)?.name, value]);
  return { command, args, options: Object.fromEntries(named) };
}

/** Options by the flag that stands on the command line, without its dashes. */
function declaredOptions(commands: readonly Command[]): Declared {
  const options = commands.flatMap((command) => command.options);
  return new Map(options.map((option) => [/--([\w-]+)/.exec(option.rawName)?.[1] ?? '', option]));
}

function parse(argv: readonly string[], declared: Declared): ReturnType<typeof parseArgs> {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [flag, { isBoolean, names, config }] of declared) {
    const short = names.find((name) => name.length === 1);
    options[flag] = {
      type: isBoolean ? 'boolean' : 'string',
      multiple: Array.isArray(config.type),
      ...(short && { short }),
    };
  }
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(usageFault(error, [...declared.keys()]));
  }
}

function usageFault(error: TypeError, flags: readonly string[]): string {
  const unknown = /^Unknown option '(-[^']*)'/.exec(error.message)?.[1];
  if (unknown === undefined) return error.message.replaceAll('\n', ' ');
  const dashed = flags.map((flag) => `--${flag}`);
  return `There is no option \`${unknown}\`.${didYouMean(unknown, dashed)}`;
}
