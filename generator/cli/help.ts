import { commonOptions } from './arguments.ts';
import type { Command, Option, Options } from './command.ts';

/** The help of a command, or of batchwright as a whole. */
export function helpText(
  commands: readonly Command[],
  command: Command | undefined,
  version: string,
): string {
  const sections = command ? sectionsOf(command) : overview(commands);
  const text = [...sections, ['Exit codes', exitCodes] as const]
    .map(([title, lines]) => `${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
  return `batchwright/${version}\n\n${text}`;
}

type Section = readonly [title: string, lines: readonly string[]];

function overview(commands: readonly Command[]): readonly Section[] {
  return [
    ['Usage', ['$ batchwright <command> [options]']],
    ['Commands', columns(commands.map((each) => [nameOf(each), each.summary]))],
    ['Options', optionLines(commonOptions)],
    ['Examples', commands.flatMap(({ examples }) => examples.slice(0, 1)).map(prompt)],
  ];
}

function sectionsOf(command: Command): readonly Section[] {
  return [
    ['Usage', [`$ batchwright ${nameOf(command)} [options]`]],
    ['Options', optionLines({ ...command.options, ...commonOptions })],
    ['Examples', command.examples.map(prompt)],
  ];
}

function nameOf({ name, operands }: Command): string {
  return [name, ...operands].join(' ');
}

function prompt(example: string): string {
  return `$ ${example}`;
}

function optionLines(options: Options): readonly string[] {
  const rows = Object.entries(options).map(
    ([flag, option]) => [flagOf(flag, option), option.summary] as const,
  );
  return columns(rows);
}

function flagOf(flag: string, { kind, value = '', short }: Option): string {
  const long = kind === 'switch' ? `--${flag}` : `--${flag} ${value}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
}

const exitCodes = [
  '0  All went well',
  '1  The document or a check failed; of diff, something changed that --fail-on names',
  '2  The command line or the configuration is wrong; of diff, a document cannot be read',
];
