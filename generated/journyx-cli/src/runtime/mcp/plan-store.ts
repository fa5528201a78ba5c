// @ts-nocheck
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPrivate } from '../access/private-file.js';
import type { PlanFile, PlanHead } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { runsFolder } from '../run/run-folder.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { privateFolder, readSigned, signingKey, writeSigned } from './signed-file.js';

/** Whose account a plan is for. */
export interface Account {
  readonly bin: string;
  readonly profile: string;
  readonly baseUrl: string;
}

/** A plan that a model made, as it waits for a person. */
export interface PlanRecord {
  readonly id: string;
  /** SHA-256 of the text of the plan. */
  readonly hash: string;
  /** As batches, as calls one by one, or what takes a run back. */
  readonly kind: 'batch' | 'calls' | 'undo';
  /** The run that is taken back. */
  readonly run?: string;
  readonly account: Account;
  readonly scope: Readonly<Record<string, string>>;
  readonly onError: 'stop' | 'continue';
  readonly created: string;
  readonly expires: string;
}

/** That a person agreed to a plan, and to what they were shown of it. */
export interface Approval {
  readonly plan: string;
  readonly hash: string;
  /** A digest of the preview; absent where there was none. */
  readonly seen?: string | undefined;
  readonly at: string;
}

/** How a plan came to its end. */
export interface Ending {
  readonly plan: string;
  readonly ending: 'applied' | 'declined';
}

export interface StoredPlan {
  readonly record: PlanRecord;
  readonly text: string;
  readonly ending: Ending | undefined;
}

const planId = /^[0-9a-f]{16}$/;
const MOST_PLANS = 200;
/** How long what became of a plan can be asked. */
const KEPT_MS = 86_400_000;

/** The plans that models made on this machine, in a folder that its owner alone can use. */
export class PlanStore {
  readonly #bin: string;
  readonly #plans: string;
  readonly #key: Buffer;

  private constructor(bin: string, plans: string, key: Buffer) {
    this.#bin = bin;
    this.#plans = plans;
    this.#key = key;
  }

  static async open(api: GeneratedApi, console: Console): Promise<PlanStore> {
    const folder = await privateFolder(mcpFolder(api, console));
    const plans = await privateFolder(join(folder, 'plans'));
    return new PlanStore(api.bin, plans, await signingKey(folder));
  }

  /** Keeps a plan; its id and hash are what a model knows of it. */
  async add(
    facts: Omit<PlanRecord, 'id' | 'hash' | 'created' | 'expires'>,
    text: string,
    ttlMs: number,
  ): Promise<PlanRecord> {
    await this.#prune();
    const now = Date.now();
    const record: PlanRecord = {
      ...facts,
      id: randomBytes(8).toString('hex'),
      hash: hashOf(text),
      created: new Date(now).toISOString(),
      expires: new Date(now + ttlMs).toISOString(),
    };
    await mkdir(this.#at(record.id), { mode: 0o700 });
    await writeFile(this.file(record.id), text, { mode: 0o600, flag: 'wx' });
    await writeSigned(this.#at(record.id, 'record.json'), this.#key, record);
    return record;
  }

  /** A plan that is whole: what else changed its files is refused. */
  async read(id: string): Promise<StoredPlan> {
    const missing = (): never => {
      throw new CommandError(`There is no plan ${JSON.stringify(id.slice(0, 40))}.`);
    };
    if (!planId.test(id)) return missing();
    await privateFolder(this.#at(id)).catch(missing);
    // Signed by this program, for this folder.
    const record = (await readSigned(this.#at(id, 'record.json'), this.#key)) as
      PlanRecord | undefined;
    if (record?.id !== id || record.account.bin !== this.#bin) return missing();
    const text = (await readPrivate(this.file(id))) ?? '';
    if (hashOf(text) !== record.hash)
      throw new CommandError(`The plan ${id} was changed. Plan again.`);
    // As above.
    const ending = (await readSigned(this.#at(id, 'ending.json'), this.#key)) as Ending | undefined;
    return { record, text, ending: ending?.plan === id ? ending : undefined };
  }

  /** The path of the plan itself. */
  file(id: string): string {
    return this.#at(id, 'plan.jsonl');
  }

  /** What a person agreed to; an approval of another plan, or of another text, is none. */
  async approval({ id, hash }: PlanRecord): Promise<Approval | undefined> {
    // As above.
    const found = (await readSigned(this.#at(id, 'approval.json'), this.#key)) as
      Approval | undefined;
    return found?.plan === id && found.hash === hash ? found : undefined;
  }

  async approve({ id, hash }: PlanRecord, seen: string | undefined): Promise<boolean> {
    const approval: Approval = { plan: id, hash, seen, at: new Date().toISOString() };
    return writeSigned(this.#at(id, 'approval.json'), this.#key, approval);
  }

  /** Ends a plan; false where it has ended before. Of several processes one is first. */
  async end(id: string, ending: Ending['ending']): Promise<boolean> {
    const value: Ending = { plan: id, ending };
    return writeSigned(this.#at(id, 'ending.json'), this.#key, value);
  }

  /** The ids of the plans, in no order. */
  async ids(): Promise<readonly string[]> {
    return (await readdir(this.#plans)).filter((name) => planId.test(name));
  }

  /** Forgets what expired a day ago, and where there are too many all that has come to its end. */
  async #prune(): Promise<void> {
    const ids = await this.ids();
    const isFull = ids.length >= MOST_PLANS;
    let left = ids.length;
    for (const id of ids) {
      const plan = await this.read(id).catch(() => undefined);
      const isOver = plan === undefined || plan.ending !== undefined || hasExpired(plan.record);
      const isOld = plan !== undefined && hasExpired(plan.record, KEPT_MS);
      if (!isOld && !(isFull && isOver)) continue;
      await rm(this.#at(id), { recursive: true, force: true });
      left -= 1;
    }
    // A model that plans on and on fills no disk.
    if (left >= MOST_PLANS)
      throw new CommandError(`${left} plans wait for a person. Ask which of them are wanted.`);
  }

  #at(...names: readonly string[]): string {
    return join(this.#plans, ...names);
  }
}

/** Where what belongs to the MCP server is kept. */
export function mcpFolder(api: GeneratedApi, console: Console): string {
  return join(dirname(runsFolder(api, undefined, console)), 'mcp');
}

/** Whether a plan has expired, some time ago. */
export function hasExpired({ expires }: PlanRecord, agoMs = 0): boolean {
  return !(Date.parse(expires) + agoMs > Date.now());
}

/** The rows of a plan that was stored. */
export function rowsOf({ record, text }: StoredPlan): PlanFile {
  const [head, ...rows] = text.trimEnd().split('\n');
  // Written by this program, and signed.
  const { calls, scope, columns } = JSON.parse(head ?? '') as PlanHead;
  return {
    plan: 1,
    bin: record.account.bin,
    calls,
    scope,
    columns,
    rows: rows.map((row) => JSON.parse(row) as PlanFile['rows'][number]),
    hash: record.hash,
    text,
  };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
