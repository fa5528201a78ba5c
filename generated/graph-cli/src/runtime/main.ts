// @ts-nocheck
import { Command, CommanderError } from 'commander';
import { failureOf } from './call/failure-of.js';
import type { GeneratedApi } from './operations/generated-api.js';
import { type Group, OperationTable } from './operations/table.js';
import { type OwnCommand, ownCommands } from './own-commands.js';
import { type Console, processConsole, say } from './terminal/console.js';
import { CommandError, exitCode, exitCodeHelp } from './terminal/exit-code.js';
import { printable } from './terminal/printable.js';

/** Runs the command line of an API; resolves to the exit code. */
export async function main(
  api: GeneratedApi,
  given: readonly string[] = process.argv.slice(2),
  console: Console = processConsole(),
): Promise<number> {
  try {
    const table = new OperationTable(api);
    const groups = await table.groups();
    const own = ownCommands(api, table, console);
    const [named, ...rest] = given[0] === 'call' ? given.slice(1) : given;
    const isOwn = named === given[0] && own.some(({ name }) => name === named);
    const group = isOwn ? undefined : groups.find(({ name }) => name === named);
    if (group) {
      const { runGroup } = await import('./call/run-group.js');
      await runGroup(api, table, group, rest, console);
    } else {
      const root = await program(api, own, groups, given, console);
      await root.parseAsync([...given], { from: 'user' });
    }
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    const { message, code } = failureOf(error);
    if (message !== '') say(console, `${api.bin}: ${message}`);
    return code;
  }
}

async function program(
  { bin }: GeneratedApi,
  own: readonly OwnCommand[],
  groups: readonly Group[],
  given: readonly string[],
  console: Console,
): Promise<Command> {
  const root = new Command(bin)
    .usage('<group> <operation> [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void console.stdout.write(printable(text)),
      writeErr: (text) => void console.stderr.write(printable(text)),
    })
    .addHelpText('after', `\n${groupHelp(groups)}\n\n${exitCodeHelp}`);
  root
    .command('call')
    .description('call an operation of a group that has the name of a command')
    .argument('<group>')
    .argument('<operation>')
    .action((group: string) => {
      throw new CommandError(`There is no group ${group}.`);
    });
  for (const each of own) {
    const command = isCalled(each, given) ? await each.load() : new Command(each.name);
    command.description(each.description);
    root.addCommand(inherit(command, root), { hidden: each.isHidden ?? false });
  }
  return root;
}

/** `complete` looks at all of them, and `help` at the one that it names. */
function isCalled({ name }: OwnCommand, [first, second]: readonly string[]): boolean {
  return first === name || first === 'complete' || (first === 'help' && second === name);
}

/** Nested commands print, and end, as the program does. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const each of command.commands) inherit(each, command);
  return command;
}

function groupHelp(groups: readonly Group[]): string {
  const width = Math.max(0, ...groups.map(({ name }) => name.length));
  const lines = groups.map(({ name, title, description }) => {
    const text = printable(description || title).split('\n')[0] ?? '';
    return `  ${name.padEnd(width)}  ${text.slice(0, 90)}`.trimEnd();
  });
  return ['Groups of operations:', ...lines].join('\n');
}
