// @ts-nocheck
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Command } from 'commander';
import { variableOf } from '../access/settings.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';
import { type Console, emit, say } from '../terminal/console.js';
import { durationOf } from '../terminal/duration.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { startAccount } from './start-account.js';
import type { TestingModule } from './types.js';

interface SimulateFlags {
  readonly seedFrom?: string;
  readonly faults: number;
  readonly batchTime: number;
  readonly fail?: string;
  readonly port: number;
  readonly random: number;
  readonly record?: string;
}

/** `simulate`: an account in memory, on this machine alone, to try commands and scripts on. */
export function simulateCommand(
  api: GeneratedApi,
  load: () => Promise<object>,
  table: OperationTable,
  console: Console,
): Command {
  return new Command('simulate')
    .argument('[command...]', 'after --: a command that is run with it, and whose end ends it')
    .option('--seed-from <file>', 'what the account has: JSON by path, or a plan')
    .option('--faults <share>', 'the share of requests that go wrong: 5%', shareOf, 0)
    .option('--fail <text>', 'actions that have this text fail')
    .option('--batch-time <time>', 'how long a batch takes: 2s', timeOf, 1_000)
    .option('--port <number>', 'where it listens; by default any port that is free', portOf, 0)
    .option('--random <number>', 'another number draws other faults', wholeOf, 1)
    .option('--record <file>', 'write each change that took effect, a line of JSON each')
    .action(async (command: readonly string[], flags: SimulateFlags) => {
      // The module is printed together with the table that names it.
      const testing = (await load()) as TestingModule;
      const scope = Object.fromEntries((api.batch?.scope ?? []).map((name) => [name, '1']));
      const account = await startAccount(testing, { api, table, ...flags });
      const settings = [
        ['baseUrl', account.baseUrl] as const,
        ...api.credentials.map(({ option }) => [option, 'simulated'] as const),
        ...Object.entries(scope),
      ].map(([name, value]) => [variableOf(api, name), value] as const);
      try {
        if (command.length > 0)
          return await runWith(command, Object.fromEntries(settings), console);
        const stopped = untilStopped();
        const lines = settings.map(([name, value]) => `export ${name}=${value}\n`);
        await emit(console, lines.join(''));
        say(console, `Plays an account with ${account.size} resources. Ctrl-C ends it.`);
        await stopped;
      } finally {
        await account.close();
        say(console, `${account.applied()} changes took effect.`);
      }
    });
}

/** Runs a command that finds the account in its environment, and ends as it does. */
async function runWith(
  [name = '', ...args]: readonly string[],
  settings: Readonly<Record<string, string>>,
  { env }: Console,
): Promise<void> {
  const child = spawn(name, args, { stdio: 'inherit', env: { ...env, ...settings } });
  // A terminal sends Ctrl-C to both: the command decides when it ends.
  const wait = (): void => {};
  process.on('SIGINT', wait);
  const terminate = (): void => void child.kill('SIGTERM');
  process.on('SIGTERM', terminate);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', () => reject(new CommandError(`${name} cannot be run.`, exitCode.failed)));
      child.on('close', (status, signal) =>
        resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
    if (code !== 0) throw new CommandError('', code);
  } finally {
    process.off('SIGINT', wait);
    process.off('SIGTERM', terminate);
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

function shareOf(text: string): number {
  const [, percent = ''] = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text) ?? [];
  const share = percent === '' ? Number.NaN : Number(percent) / 100;
  if (share >= 0 && share <= 1) return share;
  throw new CommandError('--faults must be a share such as 5%.');
}

function timeOf(text: string): number {
  return durationOf(text, '--batch-time');
}

function portOf(text: string): number {
  const port = wholeOf(text);
  if (port <= 65_535) return port;
  throw new CommandError('--port must be at most 65535.');
}

function wholeOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandError(`${text} must be a whole number.`);
}
