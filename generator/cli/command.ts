import type { Terminal } from './terminal.ts';

/** An option of a command, by the way its value is written. */
export interface Option {
  readonly kind: 'switch' | 'value' | 'list';
  /** What stands for the value in the help: `<file>`. */
  readonly value?: string;
  /** One letter, for `-h`. */
  readonly short?: string;
  readonly summary: string;
}

/** By the flag that stands on the command line, without its dashes. */
export type Options = Readonly<Record<string, Option>>;

/** What a command line gives for each option, by its name in camel case. */
export type FlagsOf<Given extends Options> = {
  readonly [Flag in keyof Given & string as CamelCase<Flag>]?: ValueOf<Given[Flag]>;
};

type ValueOf<Given extends Option> = Given['kind'] extends 'switch'
  ? boolean
  : Given['kind'] extends 'list'
    ? readonly string[]
    : string;

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

export interface Command {
  readonly name: string;
  /** What follows the name: `<document>`, or `[target...]` for any number of them. */
  readonly operands: readonly string[];
  readonly summary: string;
  readonly options: Options;
  /** Without the name of the program. */
  readonly examples: readonly string[];
  /** Resolves to the exit code. */
  run(call: Call): Promise<number>;
}

/** A command line that was understood. */
export interface Call {
  readonly operands: readonly string[];
  readonly flags: Readonly<Record<string, boolean | string | readonly string[]>>;
  readonly terminal: Terminal;
}

interface CommandDefinition<Given extends Options> extends Omit<Command, 'options' | 'run'> {
  readonly options: Given;
  run(operands: readonly string[], flags: FlagsOf<Given>, terminal: Terminal): Promise<number>;
}

/** A command whose flags have the types that its options give them. */
export function command<const Given extends Options>({
  run,
  ...rest
}: CommandDefinition<Given>): Command {
  return {
    ...rest,
    // The parser gives each option the kind of value that its declaration says.
    run: ({ operands, flags, terminal }) => run(operands, flags as FlagsOf<Given>, terminal),
  };
}
