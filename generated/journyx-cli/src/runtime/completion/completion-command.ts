// @ts-nocheck
import { Argument, Command } from 'commander';
import { optionNames } from '../call/option-names.js';
import type { OperationTable } from '../operations/table.js';
import { type Console, emit } from '../terminal/console.js';
import { completionScript, type Shell, shells } from './completion-script.js';

/** `completion SHELL`: prints what makes a shell complete the command. */
export function completionCommand(bin: string, console: Console): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', `\nExamples:\n  source <(${bin} completion bash)\n`)
    .action((shell: Shell) => emit(console, completionScript(shell, bin)));
}

/** `complete -- WORDS`: what may stand for the last of the words, a line each. */
export function completeCommand(table: OperationTable, console: Console): Command {
  return new Command('complete')
    .argument('[words...]')
    .action(async (words: readonly string[], _flags: object, command: Command) => {
      const commands = command.parent?.commands ?? [];
      const found = await candidates(words, commands, table);
      const start = words.at(-1) ?? '';
      const lines = found.filter((each) => each.startsWith(start)).map((each) => `${each}\n`);
      await emit(console, lines.join(''));
    });
}

async function candidates(
  words: readonly string[],
  commands: readonly Command[],
  table: OperationTable,
): Promise<readonly string[]> {
  const [first = '', second = '', ...more] = words;
  const shown = commands.map((each) => each.name()).filter((name) => name !== 'complete');
  if (words.length < 2) return [...shown, ...(await table.groups()).map(({ name }) => name)];
  const command = commands.find((each) => each.name() === first);
  if (command)
    return words.length === 2
      ? command.commands.map((each) => each.name())
      : optionsOf(command, second);
  const operations = (await table.index()).filter(({ group }) => group === first);
  if (more.length === 0) return operations.map(({ name }) => name);
  if (!operations.some(({ name }) => name === second)) return [];
  const operation = await table.operation(first, second);
  const own = operation ? [...optionNames(operation.params).keys()] : [];
  return [...own, 'body', 'set', 'all', 'limit', 'fields', 'output', 'dry-run', 'help'].map(
    (name) => `--${name}`,
  );
}

function optionsOf(command: Command, name: string): readonly string[] {
  const nested = command.commands.find((each) => each.name() === name);
  return (nested ?? command).options.map(({ long }) => long ?? '').filter((each) => each !== '');
}
