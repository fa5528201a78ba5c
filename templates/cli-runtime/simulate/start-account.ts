import { openSync, writeSync } from 'node:fs';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { seedFrom } from './seed.js';
import { startSimulator } from './simulator.js';
import type { AccountOptions, StartedAccount, TestingModule } from './types.js';

const PER_SECOND = 10;

/** Starts an account that answers on this machine. */
export async function startAccount(
  { createAccount }: TestingModule,
  { api, table, ...options }: AccountOptions,
): Promise<StartedAccount> {
  const record = options.record === undefined ? undefined : openRecord(options.record);
  const account = createAccount({
    faults: options.faults,
    random: options.random,
    fail: options.fail,
    batchTime: options.batchTime,
    perSecond: PER_SECOND,
    applied: (change) => {
      if (record !== undefined) writeSync(record, `${JSON.stringify(change)}\n`);
    },
  });
  if (options.seedFrom !== undefined) await seedFrom(options.seedFrom, account, table);
  const { port, close } = await startSimulator(account, options.port);
  const { pathname } = new URL(api.baseUrl ?? 'http://127.0.0.1');
  return {
    baseUrl: `http://127.0.0.1:${port}${pathname.replace(/\/$/, '')}`,
    size: account.size,
    applied: () => account.changes.length,
    close,
  };
}

function openRecord(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch {
    throw new CommandError(`${path} cannot be written.`, exitCode.failed);
  }
}
