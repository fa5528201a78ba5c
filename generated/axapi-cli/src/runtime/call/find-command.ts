// @ts-nocheck
import { Command } from 'commander';
import { findOperations } from '../operations/find-operations.js';
import type { OperationTable } from '../operations/table.js';
import { printRows } from '../output/print-rows.js';
import type { Console } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

const MOST_FOUND = 30;

/** `find WORDS`: the operations that these words point to. */
export function findCommand(table: OperationTable, console: Console): Command {
  return new Command('find')
    .argument('<words...>')
    .option('--json', 'as JSON')
    .action(async (words: readonly string[], { json }: { readonly json?: boolean }) => {
      const found = findOperations(await table.index(), words).slice(0, MOST_FOUND);
      if (found.length === 0)
        throw new CommandError(`No operation has ${words.join(' ')}.`, exitCode.failed);
      const rows = found.map(({ group, name, method, route, summary }) => ({
        command: `${group} ${name}`,
        request: `${method} ${route}`,
        summary,
      }));
      await printRows(rows, { format: json ? 'json' : 'table', fields: [] }, console);
    });
}
