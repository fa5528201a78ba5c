import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Call, Command, Option, Options } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What a command line says. */
export interface Arguments extends Omit<Call, 'terminal'> {
  /** Absent where none is named. */
  readonly command: Command | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

const common = {
  version: { kind: 'switch', short: 'v', summary: 'Print the version' },
  help: { kind: 'switch', short: 'h', summary: 'Print this help' },
} as const satisfies Options;

/**
 * Reads a command line by the options that its commands declare.
 * @throws {UsageError} where it cannot be understood.
 */
export function readArguments(commands: readonly Command[], argv: readonly string[]): Arguments {
  const declared = new Map([common, ...commands.map(({ options }) => options)].flatMap(entriesOf));
  const { positionals, given } = tokensOf(argv, declared);
  const [name, ...operands] = positionals;
  const command = commands.find((each) => each.name === name);
  if (name !== undefined && !command) {
    const names = commands.map((each) => each.name);
    throw new UsageError(
      `There is no command \`${name}\`.${didYouMean(name, names) || ` There are: ${names.join(', ')}.`}`,
    );
  }
  const flags: Record<string, boolean | string | string[]> = {};
  for (const { flag, written, value } of given) {
    const option = optionOf(flag, written, command, declared);
    setFlag(flags, flag, written, option, value);
  }
  const help = flags['help'] === true;
  const version = flags['version'] === true;
  if (command && !help && !version) checkOperands(command, operands);
  return { command, operands, flags, help, version };
}

interface GivenOption {
  /** Without dashes, and in full: `help` for `-h`. */
  readonly flag: string;
  /** As it stands on the command line. */
  readonly written: string;
  readonly value: string | undefined;
}

/** Node's parser splits the command line; what is wrong in it is said below, in our words. */
function tokensOf(
  argv: readonly string[],
  declared: ReadonlyMap<string, Option>,
): { readonly positionals: readonly string[]; readonly given: readonly GivenOption[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [flag, { kind, short }] of declared) {
    const type = kind === 'switch' ? 'boolean' : 'string';
    options[flag] = { type, multiple: true, ...(short !== undefined && { short }) };
  }
  const { positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = tokens.flatMap((token) =>
    token.kind === 'option'
      ? [{ flag: token.name, written: token.rawName, value: valueOf(token) }]
      : [],
  );
  return { positionals, given };
}

/** What looks like another option was more likely forgotten than meant; `--name=-x` means it. */
function valueOf({ value, inlineValue }: OptionToken): string | undefined {
  const isOption = inlineValue !== true && value !== undefined && /^-./.test(value);
  return isOption ? undefined : value;
}

interface OptionToken {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionOf(
  flag: string,
  written: string,
  command: Command | undefined,
  declared: ReadonlyMap<string, Option>,
): Option {
  const allowed = new Map(entriesOf({ ...command?.options, ...common }));
  const option = allowed.get(flag);
  if (option) return option;
  const known = [...allowed.keys()].map((name) => `--${name}`);
  if (!declared.has(flag)) {
    const near = didYouMean(
      written,
      command ? known : [...declared.keys()].map((name) => `--${name}`),
    );
    throw new UsageError(
      `There is no option \`${written}\`.${near || ` ${listOf(command, known)}`}`,
    );
  }
  const subject = command ? `The command \`${command.name}\`` : 'batchwright without a command';
  throw new UsageError(`${subject} has no option \`${written}\`. ${listOf(command, known)}`);
}

function listOf(command: Command | undefined, flags: readonly string[]): string {
  return command ? `There are: ${flags.join(', ')}.` : 'Name a command first.';
}

function setFlag(
  flags: Record<string, boolean | string | string[]>,
  flag: string,
  written: string,
  { kind, value: placeholder = '' }: Option,
  value: string | undefined,
): void {
  const name = flag.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  switch (kind) {
    case 'switch':
      if (value !== undefined) {
        throw new UsageError(`\`${written}\` takes no value; leave out \`=${value}\`.`);
      }
      flags[name] = true;
      return;
    case 'value':
    case 'list': {
      if (value === undefined)
        throw new UsageError(`\`${written}\` needs a value: ${written} ${placeholder}`);
      const list = flags[name];
      if (kind === 'value') flags[name] = value;
      else if (Array.isArray(list)) list.push(value);
      else flags[name] = [value];
    }
  }
}

function checkOperands({ name, operands: declared }: Command, given: readonly string[]): void {
  const usage = ['batchwright', name, ...declared].join(' ');
  const needed = declared.filter((operand) => operand.startsWith('<'));
  const missing = needed[given.length];
  if (missing !== undefined) {
    throw new UsageError(`\`${name}\` needs ${missing}: ${usage}`);
  }
  const takesAny = declared.some((operand) => operand.includes('...'));
  const extra = takesAny ? [] : given.slice(declared.length);
  if (extra.length === 0) return;
  const list = extra.map((operand) => `\`${operand}\``).join(', ');
  throw new UsageError(`\`${name}\` has no use for ${list}: ${usage}`);
}

function entriesOf(options: Options): [string, Option][] {
  return Object.entries(options);
}

/** The options that every command has. */
export const commonOptions: Options = common;
