// @ts-nocheck
import type { Command } from 'commander';
import type { GeneratedApi } from './operations/generated-api.js';
import type { OperationTable } from './operations/table.js';
import type { RunKind } from './run/run-kind.js';
import type { Console } from './terminal/console.js';

/** A command that is no group of operations. Its modules are loaded when it is called. */
export interface OwnCommand {
  readonly name: string;
  readonly description: string;
  /** Not in the help: shells call it. */
  readonly isHidden?: true;
  load(): Promise<Command>;
}

/** The commands beside the groups of operations. */
export function ownCommands(
  api: GeneratedApi,
  table: OperationTable,
  console: Console,
): readonly OwnCommand[] {
  const { batch, fleet, simulate } = api.modules;
  const kindOf = async (calls: boolean): Promise<RunKind> =>
    calls
      ? (await import('./calls/call-batch.js')).plainCalls(api)
      : (await import('./run/run-kind.js')).batches(api);
  const commands: readonly (OwnCommand | false)[] = [
    {
      name: 'find',
      description: 'find operations by words of their name, summary or path',
      load: async () => (await import('./call/find-command.js')).findCommand(table, console),
    },
    batch !== undefined && {
      name: 'batch',
      description: 'many changes, from a file, as batches',
      load: async () => {
        const [{ changesCommand }, { batches }] = await Promise.all([
          import('./run/changes-command.js'),
          import('./run/run-kind.js'),
        ]);
        return changesCommand(api, table, batches(api), kindOf, console);
      },
    },
    {
      name: 'bulk',
      description: 'many changes, from a file, call by call',
      load: async () => {
        const [{ changesCommand }, { plainCalls }] = await Promise.all([
          import('./run/changes-command.js'),
          import('./calls/call-batch.js'),
        ]);
        return changesCommand(api, table, plainCalls(api), kindOf, console);
      },
    },
    {
      name: 'journal',
      description: 'what the journals of runs on this machine say',
      load: async () => {
        const [{ journalCommand }, { RunReports }] = await Promise.all([
          import('./run/journal-command.js'),
          import('./run/run-reports.js'),
        ]);
        return journalCommand(new RunReports(api, kindOf, console));
      },
    },
    fleet !== undefined && {
      name: 'fleet',
      description: 'runs of many organizations on many machines, in PostgreSQL',
      load: async () => (await import('./fleet/fleet-command.js')).fleetCommand(api, console),
    },
    simulate !== undefined && {
      name: 'simulate',
      description: 'play an account on this machine, to try commands and scripts on',
      load: async () =>
        (await import('./simulate/simulate-command.js')).simulateCommand(
          api,
          simulate,
          table,
          console,
        ),
    },
    {
      name: 'mcp',
      description: 'serve the API to a model, over the Model Context Protocol; it only reads',
      load: async () => (await import('./mcp/mcp-command.js')).mcpCommand(api, console),
    },
    {
      name: 'approve',
      description: 'approve a plan of the MCP server; it is shown, and asks',
      load: async () => (await import('./mcp/approve-command.js')).approveCommand(api, console),
    },
    {
      name: 'completion',
      description: 'print what makes a shell complete this command',
      load: async () =>
        (await import('./completion/completion-command.js')).completionCommand(api.bin, console),
    },
    {
      name: 'complete',
      description: 'say what may come next',
      isHidden: true,
      load: async () =>
        (await import('./completion/completion-command.js')).completeCommand(table, console),
    },
  ];
  return commands.filter((command) => command !== false);
}
