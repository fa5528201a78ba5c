import { action } from '../../../../templates/runtime/batch/action/action.ts';
import type { Action } from '../../../../templates/runtime/batch/action/types.ts';
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import type { Batch } from '../../../../templates/runtime/batch/draft/batch.ts';
import { type Journal, JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import type { Plan } from '../../../../templates/runtime/batch/plan/units.ts';
import type { Step } from '../../../../templates/runtime/batch/preview/types.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { bearer } from '../../../../templates/runtime/transport/credentials.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import type { Conduct } from '../../../simulators/independent/conduct.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import type { Members } from '../../../simulators/independent/organization.ts';
import { IndependentServer } from '../../../simulators/independent/server.ts';
import { type Random, randomOf } from '../../../simulators/random.ts';
import { facts } from '../facts.ts';
import { meraki, type Meraki } from '../meraki.ts';
import { cutJournal, type Disk } from './cut-journal.ts';
import { seedRandom } from './seed-random.ts';

/** What was seen of a run that was undone. */
export interface UndoReport {
  readonly actions: number;
  readonly applied: number;
  readonly unknown: number;
  readonly kills: number;
  readonly reversible: number;
  readonly newId: number;
  readonly partly: number;
  readonly irreversible: number;
  /** Resources that are again what they were, of those that were promised. */
  readonly restored: number;
  /** Resources that were changed by others in between, and are as those left them. */
  readonly leftAlone: number;
  /** Broken promises. */
  readonly faults: readonly string[];
}

const scope = { organizationId: '1' };
const dialect: Meraki = { ...meraki, effects: () => Promise.resolve(facts) };
const portsOf = 48;
/** Resources of each kind are so many for an action of the run. */
const share = { device: 40, vlan: 8, policy: 8 };

/** Runs random actions, has others change some of it, undoes the run, and compares. */
export async function runUndoTrial(
  seed: number,
  count: number,
  kills: number,
  conduct: Conduct = {},
): Promise<UndoReport> {
  const restore = seedRandom(randomOf(seed + 77));
  try {
    return await new Trial(seed, count, kills, conduct).run();
  } finally {
    restore();
  }
}

class Trial {
  readonly #server: IndependentServer;
  readonly #random: Random;
  readonly #clock = new VirtualClock();
  readonly #count: number;
  readonly #kills: number;
  #killed = 0;

  constructor(seed: number, count: number, kills: number, conduct: Conduct) {
    this.#server = new IndependentServer({ seed, conduct });
    this.#random = randomOf(seed);
    this.#count = count;
    this.#kills = kills;
  }

  async run(): Promise<UndoReport> {
    const actions = this.#actions();
    const { steps, reversals } = await this.#batch().batch.preview(actions, scope);
    const touched = new Map(steps.map((step) => [step.path, this.#state(step.path)]));
    const disk: Disk = [];
    const first = await this.#survive(disk, (batch) => batch.plan(actions));
    const others = this.#interfere(steps);
    const undo = await this.#batch().batch.undo(alive(disk), {});
    const second = await this.#survive([], () => undo);
    const faults = second.flatMap((outcome, index) =>
      outcome.status === 'applied' ? [] : [`undo ${index}: ${JSON.stringify(outcome)}`],
    );
    let restored = 0;
    const worst = worstOf(steps);
    for (const [path, before] of touched) {
      const kind = worst.get(path)!;
      const theirs = others.get(path);
      if (theirs) {
        // Their members stay; the others were ours.
        const wanted = typeof before === 'object' ? { ...before, ...theirs } : undefined;
        const isNew = wanted === undefined;
        const now = this.#state(path);
        if (!isNew && !isSame(now, wanted)) {
          faults.push(`${path}: ${JSON.stringify(wanted)} became ${JSON.stringify(now)}`);
        }
        continue;
      }
      if (kind === 'partly' || kind === 'irreversible') continue;
      if (this.#isRestored(path, before, kind)) restored += 1;
      else
        faults.push(
          `${path}: ${JSON.stringify(before)} became ${JSON.stringify(this.#state(path))}`,
        );
    }
    const conflicts = new Set(undo.conflicts.map(({ path }) => path));
    for (const path of others.keys()) {
      if (!conflicts.has(path)) faults.push(`${path}: no conflict is reported`);
    }
    return {
      actions: this.#count,
      applied: first.filter(({ status }) => status === 'applied').length,
      unknown: first.filter(({ status }) => status === 'unknown').length,
      kills: this.#killed,
      ...reversals,
      restored,
      leftAlone: others.size,
      faults,
    };
  }

  /** What is there; of a collection, how many there are. */
  #state(path: string): unknown {
    const found = this.#server.organization.read(path, Infinity);
    return Array.isArray(found) ? found.length : found;
  }

  #isRestored(path: string, before: unknown, kind: Step['reversal']['kind']): boolean {
    const now = this.#state(path);
    if (isSame(now, before)) return true;
    if (kind !== 'newId' || typeof before !== 'object' || before === null) return false;
    const collection = path.slice(0, path.lastIndexOf('/'));
    const rows = this.#server.organization.read(collection, Infinity);
    return (
      Array.isArray(rows) &&
      (rows as readonly Members[]).some((row) => isSame(unnamed(row), unnamed(before as Members)))
    );
  }

  /** Random actions; each resource is touched by few. */
  #actions(): readonly Action[] {
    const { organization } = this.#server;
    const pick = (most: number): number => Math.floor(this.#random() * most);
    const devices = Math.ceil(this.#count / share.device);
    for (let n = 0; n < devices; n += 1) {
      organization.seed(`/devices/Q-${n}`, { serial: `Q-${n}`, name: `switch ${n}`, tags: [] });
    }
    const networks = Math.ceil(this.#count / 400);
    const vlans: string[] = [];
    const policies: string[] = [];
    for (let n = 0; n < networks; n += 1) {
      organization.seed(`/networks/N_${n}`, { id: `N_${n}`, name: `net ${n}`, tags: ['a'] });
    }
    for (let n = 0; n < Math.ceil(this.#count / share.vlan); n += 1) {
      const at = `/networks/N_${n % networks}`;
      const vlan = `${at}/appliance/vlans/${100 + n}`;
      organization.seed(vlan, { id: String(100 + n), name: `vlan ${n}`, subnet: `s${n}` });
      vlans.push(vlan);
      const policy = `${at}/groupPolicies/${10_000 + n}`;
      const members = { groupPolicyId: String(10_000 + n), name: `policy ${n}`, bandwidth: n };
      organization.seed(policy, members);
      policies.push(policy);
    }
    const wire = (operation: string, resource: string, body?: Members): Action =>
      action(operation, { resource, operation, body });
    const gone = new Set<string>();
    return Array.from({ length: this.#count }, (_, n): Action => {
      const kind = this.#random();
      const vlan = vlans[pick(vlans.length)]!;
      const policy = policies[pick(policies.length)]!;
      if (kind < 0.45) {
        const port = `/devices/Q-${pick(devices)}/switch/ports/${1 + pick(portsOf)}`;
        return wire('update', port, { name: `port #${n}`, vlan: 1 + pick(4_000) });
      }
      if (kind < 0.55) return wire('update', `/devices/Q-${pick(devices)}`, { name: `d #${n}` });
      if (kind < 0.6) return wire('update', `/networks/N_${pick(networks)}`, { tags: [`#${n}`] });
      if (kind < 0.7 && !gone.has(vlan)) return wire('update', vlan, { name: `v #${n}` });
      if (kind < 0.75 && !gone.has(vlan)) {
        gone.add(vlan);
        return wire('destroy', vlan);
      }
      if (kind < 0.82 && !gone.has(policy)) return wire('update', policy, { bandwidth: -n });
      if (kind < 0.87 && !gone.has(policy)) {
        gone.add(policy);
        return wire('destroy', policy);
      }
      const body = { name: `new #${n}` };
      const at = `/networks/N_${pick(networks)}`;
      if (kind < 0.94) return wire('create', `${at}/groupPolicies`, body);
      return wire('create', `${at}/appliance/vlans`, { id: String(1_000_000 + n), ...body });
    });
  }

  /** Others change every twentieth resource that is there. */
  #interfere(steps: readonly Step[]): ReadonlyMap<string, Members> {
    const { organization } = this.#server;
    const changed = new Map<string, Members>();
    for (const { path, kind } of steps) {
      if (kind !== 'change' || changed.has(path) || this.#random() > 0.05) continue;
      if (!organization.read(path, Infinity)) continue;
      const body =
        path.startsWith('/networks/N_') && path.split('/').length === 3
          ? { tags: ['theirs'] }
          : path.includes('/groupPolicies/')
            ? { bandwidth: 0.5 }
            : { name: 'theirs' };
      const foreign = { resource: path, operation: 'update', body };
      organization.execute([foreign], this.#clock.now(), 'others', () => 0);
      changed.set(path, body);
    }
    return changed;
  }

  #batch(): { readonly batch: Batch<Meraki>; readonly connection: Connection } {
    const connection = new Connection(this.#server, this.#clock, this.#random);
    this.#server.connect();
    const client = createClient({
      baseUrl: 'http://127.0.0.1/api/v1',
      credentials: [bearer('key')],
      fetch: connection.fetch,
    });
    return { batch: createBatch(connection.mortal(client), dialect, connection.clock), connection };
  }

  /** Runs a plan in processes of which some are killed. */
  async #survive(disk: Disk, planned: (batch: Batch<Meraki>) => Plan): Promise<readonly Outcome[]> {
    for (let lives = 0; ; lives += 1) {
      const { batch, connection } = this.#batch();
      const plan = planned(batch);
      let die = (): void => {};
      const death = new Promise<undefined>((resolve) => {
        die = () => {
          connection.kill();
          resolve(undefined);
        };
      });
      const entries = (plan.batches.length * 5) / Math.max(1, this.#kills);
      const after = lives < this.#kills ? Math.floor(this.#random() * entries) : Infinity;
      const journal = cutJournal(disk, { after, isWritten: this.#random() < 0.5, died: die });
      const outcomes = await Promise.race([this.#live(batch, plan, journal), death]);
      if (outcomes) return outcomes;
      this.#killed += 1;
      await this.#clock.sleep(1_000 + this.#random() * 20_000);
    }
  }

  async #live(batch: Batch<Meraki>, plan: Plan, journal: Journal): Promise<readonly Outcome[]> {
    try {
      const options = { ...scope, journal, capture: true, onError: 'continue' } as const;
      return Object.values(await batch.run(plan, options)).flat();
    } catch (error) {
      if (!(error instanceof JournalError) || error.reason !== 'started') throw error;
      return Object.values(await batch.resume(journal, { plan })).flat();
    }
  }
}

function alive(disk: Disk): Journal {
  return cutJournal(disk, { after: Infinity, isWritten: true, died: () => {} });
}

const ranks = ['reversible', 'newId', 'partly', 'irreversible'] as const;

/** The least that was promised of each resource. */
function worstOf(steps: readonly Step[]): ReadonlyMap<string, (typeof ranks)[number]> {
  const worst = new Map<string, (typeof ranks)[number]>();
  for (const { path, reversal } of steps) {
    const known = worst.get(path) ?? 'reversible';
    worst.set(path, ranks.indexOf(reversal.kind) > ranks.indexOf(known) ? reversal.kind : known);
  }
  return worst;
}

/** A policy without the id that the server gave it. */
function unnamed(members: Members): Members {
  return { ...members, groupPolicyId: undefined };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Members in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
