// @ts-nocheck
import { openSync, writeSync } from 'node:fs';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { Account } from './account.js';
import { ActionBatches } from './action-batches.js';
import { faultsIn } from './fault.js';
import { Routes } from './routes.js';
import { seedFrom } from './seed.js';
import { startSimulator } from './simulator.js';
import type { StartAccount } from './types.js';

/** Starts an account that answers on this machine. */
export const startAccount: StartAccount = async (options) => {
  const { api, table, scope, fail, batchTime: batchMs } = options;
  const account = new Account(new Routes(await table.index()), scope);
  if (options.seedFrom !== undefined) await seedFrom(options.seedFrom, account, table);
  const record = options.record === undefined ? undefined : openRecord(options.record);
  let applied = 0;
  const batches = new ActionBatches(account, {
    batchMs,
    ...(fail !== undefined && { fail }),
    applied: (action, batch) => {
      applied += 1;
      if (record !== undefined) writeSync(record, `${JSON.stringify({ batch, ...action })}\n`);
    },
  });
  const basePath = new URL(api.baseUrl ?? 'http://127.0.0.1').pathname.replace(/\/$/, '');
  const { port, close } = await startSimulator({
    account,
    batches,
    fault: faultsIn(options.faults, options.random),
    basePath,
    port: options.port,
  });
  return {
    baseUrl: `http://127.0.0.1:${port}${basePath}`,
    size: account.size,
    applied: () => applied,
    close,
  };
};

function openRecord(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch {
    throw new CommandError(`${path} cannot be written.`, exitCode.failed);
  }
}
