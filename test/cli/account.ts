import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { systemClock } from '../../templates/runtime/batch/pace/system-clock.ts';
import type { MerakiOptions } from '../simulators/meraki.ts';
import type { SentAction } from '../simulators/meraki-batch.ts';
import { type MerakiSimulator, startMeraki } from '../simulators/meraki-http.ts';
import { type Ended, install, type Installed, type RunOptions } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

/** What `batch plan` reads in these tests. */
export const plan = 'batch plan changes.csv --op updateDeviceSwitchPort';

/** A file that names ports 1, 2 and so on. */
export function ports(...names: readonly string[]): string {
  const rows = names.map((name, index) => `Q2AA,${index + 1},${name}\n`);
  return `serial,portId,name\n${rows.join('')}`;
}

/** A command line that is installed, an account that it changes, and a folder that it is called in. */
export class Account {
  #cli: Installed | undefined;
  #simulator: MerakiSimulator | undefined;
  /** The actions that took effect. */
  applied: SentAction[] = [];
  env: Readonly<Record<string, string>> = {};

  readonly #options: Partial<MerakiOptions>;
  #badName: string | undefined;

  constructor(options: Partial<MerakiOptions>) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#cli = await install(generated('meraki'), generated('meraki-cli'));
    this.applied = [];
    this.#badName = 'bad';
    this.#simulator = await startMeraki({
      clock: systemClock,
      batchMs: 50,
      applied: (action) => void this.applied.push(action),
      fails: ({ body }) => (body?.['name'] === this.#badName ? 'is not a good name' : undefined),
      ...this.#options,
    });
    for (const port of ['1', '2', '3'])
      this.simulator.server.resources.put(`/devices/Q2AA/switch/ports/${port}`, {
        portId: port,
        name: `old ${port}`,
        vlan: 1,
      });
    this.env = {
      MERAKI_API_KEY: 'key',
      MERAKI_BASE_URL: this.simulator.baseUrl,
      MERAKI_ORGANIZATION_ID: '1',
    };
  }

  async close(): Promise<void> {
    await this.simulator[Symbol.asyncDispose]();
    await this.cli[Symbol.asyncDispose]();
  }

  /** From now on the server takes the name that it has refused so far. */
  acceptAll(): void {
    this.#badName = undefined;
  }

  get cli(): Installed {
    if (this.#cli) return this.#cli;
    throw new Error('The account is not open.');
  }

  get simulator(): MerakiSimulator {
    if (this.#simulator) return this.#simulator;
    throw new Error('The account is not open.');
  }

  /** Runs a command, whose words have single spaces between them. */
  readonly run = (args: string, options: RunOptions = {}): Promise<Ended> =>
    this.cli.run(args.split(' '), { env: this.env, ...options });

  readonly write = (name: string, text: string): Promise<void> =>
    writeFile(join(this.cli.folder, name), text);

  readonly isThere = (name: string): boolean => existsSync(join(this.cli.folder, name));

  /** The files in the folder, those of the installation apart. */
  async files(): Promise<readonly string[]> {
    const names = await readdir(this.cli.folder);
    return names.filter((name) => name !== 'node_modules' && !name.startsWith('.')).toSorted();
  }

  /** The inputs of the rows of the plan. */
  async inputs(): Promise<readonly unknown[]> {
    const text = await readFile(join(this.cli.folder, 'plan.jsonl'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line).input);
  }
}

/** An account of its own for each test of a file. */
export function useAccount(options: Partial<MerakiOptions> = {}): Account {
  const account = new Account(options);
  beforeEach(() => account.open());
  afterEach(() => account.close());
  return account;
}
