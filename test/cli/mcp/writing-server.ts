import { join } from 'node:path';
import { expect } from 'vitest';
import { type Account, useAccount } from '../account.ts';
import { atTerminal, Model, type ModelOptions, planFolder, runsOf } from './model.ts';

/** A server that may write, an account that it would change, and a person at a terminal. */
export interface WritingServer {
  readonly account: Account;
  start(args?: string, options?: Partial<ModelOptions>): Promise<Model>;
  approve(id: string, types?: string): ReturnType<typeof atTerminal>;
  /** A file of a plan that was kept. */
  fileOf(id: string, name: string): string;
  /** Nothing was changed, and no run was begun. */
  expectNothing(): Promise<void>;
}

export function useWritingServer(): WritingServer {
  const account = useAccount();
  return {
    account,
    start: (args = '', options = {}) =>
      Model.overStdio(account.cli, {
        args: ['--allow-writes', '--wait', '1s', ...args.split(' ').filter(Boolean)],
        env: account.env,
        ...options,
      }),
    approve: (id, types = 'yes') =>
      atTerminal(account.cli, ['approve', id], { env: account.env, types }),
    fileOf: (id, name) => join(planFolder(account.cli, 'meraki', id), name),
    expectNothing: async () => {
      expect(account.applied).toEqual([]);
      expect(await runsOf(account.cli, 'meraki')).toEqual([]);
    },
  };
}
