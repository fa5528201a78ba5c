import { Command, CommanderError } from 'commander';
import { runGroup } from './call/run-group.js';
import { failureOf } from './call/failure-of.js';
import { findCommand } from './call/find-command.js';
import { completeCommand, completionCommand } from './completion/completion-command.js';
import { approveCommand } from './mcp/approve-command.js';
import { mcpCommand } from './mcp/mcp-command.js';
import type { GeneratedApi } from './operations/generated-api.js';
import { type Group, OperationTable } from './operations/table.js';
import { batchCommand } from './run/batch-command.js';
import { simulateCommand } from './simulate/simulate-command.js';
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
    const root = program(api, table, groups, console);
    const [named, ...rest] = given[0] === 'call' ? given.slice(1) : given;
    const isCommand = named === given[0] && root.commands.some((each) => each.name() === named);
    const group = isCommand ? undefined : groups.find(({ name }) => name === named);
    if (group) await runGroup(api, table, group, rest, console);
    else await root.parseAsync([...given], { from: 'user' });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    const { message, code } = failureOf(error);
    if (message !== '') say(console, `${api.bin}: ${message}`);
    return code;
  }
}

function program(
  api: GeneratedApi,
  table: OperationTable,
  groups: readonly Group[],
  console: Console,
): Command {
  const { bin } = api;
  // A document without batches has calls alone.
  const batches = api.modules.node ? [batchCommand(api, table, console)] : [];
  const { simulate } = api.modules;
  const simulator = simulate ? [simulateCommand(api, simulate, table, console)] : [];
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
  const own = [
    findCommand(table, console),
    ...batches,
    ...simulator,
    mcpCommand(api, console),
    approveCommand(api, console),
    completionCommand(bin, console),
  ];
  for (const command of own) root.addCommand(inherit(command, root));
  root.addCommand(inherit(completeCommand(table, console), root), { hidden: true });
  return root;
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
