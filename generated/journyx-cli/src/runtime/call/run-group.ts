// @ts-nocheck
import { Command } from 'commander';
import { didYouMean } from '../operations/closest.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Group, OperationTable } from '../operations/table.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { printable } from '../terminal/printable.js';
import { callCommand } from './call-command.js';

/** `meraki switch …`: of all operations only the one that is called is read. */
export async function runGroup(
  api: GeneratedApi,
  table: OperationTable,
  { name: group, title }: Group,
  given: readonly string[],
  console: Console,
): Promise<void> {
  const [name, ...rest] = given;
  const output = {
    writeOut: (text: string) => void console.stdout.write(printable(text)),
    writeErr: (text: string) => void console.stderr.write(printable(text)),
  };
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const names = (await table.index()).filter((each) => each.group === group);
    const command = new Command(`${api.bin} ${group}`)
      .description(printable(title))
      .usage('<operation> [options]')
      .configureOutput(output);
    for (const operation of names)
      command.command(operation.name).summary(printable(operation.summary));
    command.outputHelp();
    return;
  }
  const operation = await table.operation(group, name);
  if (!operation) {
    const known = (await table.index()).filter((each) => each.group === group);
    const meant = didYouMean(
      name,
      known.map((each) => each.name),
    );
    throw new CommandError(
      `${group} has no operation ${name}.${meant} \`${api.bin} ${group} --help\` lists them.`,
    );
  }
  const command = await callCommand(api, table, operation, console);
  command.name(`${api.bin} ${group} ${name}`).exitOverride().configureOutput(output);
  await command.parseAsync([...rest], { from: 'user' });
}
