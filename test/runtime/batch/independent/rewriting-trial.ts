import { sameJson } from '../../../../templates/runtime/batch/action/same-json.ts';
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import type { Batch } from '../../../../templates/runtime/batch/draft/batch.ts';
import { type Journal, JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import type { Plan } from '../../../../templates/runtime/batch/plan/units.ts';
import type { Step } from '../../../../templates/runtime/batch/preview/types.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import { type Random, randomOf } from '../../../simulators/random.ts';
import {
  type RewritingDialect,
  RewritingServer,
  type Shape,
  shapes,
} from '../../../simulators/rewriting/server.ts';
import { type Habits, memberNames, type Members } from '../../../simulators/rewriting/store.ts';
import { meraki, type Meraki } from '../meraki.ts';
import { axapi, graph, journyx } from '../requests/fixtures.ts';
import { cutJournal, type Disk } from './cut-journal.ts';
import { isNamedByServer, rewritingLoad } from './rewriting-load.ts';
import { differences, promisesOf } from './rewriting-promises.ts';
import { seedRandom } from './seed-random.ts';

export interface RewritingReport {
  readonly actions: number;
  readonly unknown: number;
  readonly kills: number;
  /** Resources that are as they were, of those that were promised to be. */
  readonly restored: number;
  /** Resources of which others have changed something. */
  readonly foreign: number;
  /** Resources that are left as they are and named as conflicts, where nobody could know of their changes. */
  readonly named: number;
  /** Broken promises. */
  readonly faults: readonly string[];
}

export interface RewritingLife {
  readonly dialect: RewritingDialect;
  readonly habits: Habits;
  readonly seed: number;
  readonly count: number;
  /** How often the process dies, during the run and during the undo each. */
  readonly kills: number;
}

/** Runs random actions, has others change some of it, undoes the run, and compares. */
export async function runRewritingTrial(life: RewritingLife): Promise<RewritingReport> {
  const restore = seedRandom(randomOf(life.seed + 77));
  try {
    return await new Trial(life).run();
  } finally {
    restore();
  }
}

// What the dialects take differs in types only; those of drafts hold all that is used here.
type AnyBatch = Batch<Meraki>;

class Trial {
  readonly #life: RewritingLife;
  readonly #shape: Shape;
  readonly #random: Random;
  readonly #clock = new VirtualClock();
  readonly #server: RewritingServer;
  readonly #scope: { readonly organizationId: string };
  #killed = 0;

  constructor(life: RewritingLife) {
    this.#life = life;
    this.#shape = shapes[life.dialect];
    this.#random = randomOf(life.seed);
    this.#server = new RewritingServer(life.dialect, life.habits, this.#clock);
    // Request dialects have no scope, and do not look for one.
    this.#scope = (life.dialect === 'meraki' ? { organizationId: '1' } : {}) as {
      readonly organizationId: string;
    };
  }

  async run(): Promise<RewritingReport> {
    const { store } = this.#server;
    const actions = rewritingLoad(this.#life, store, this.#random);
    const before = new Map(store.all);
    const { steps } = await this.#batch().batch.preview(actions, this.#scope);
    const disk: Disk = [];
    const first = await this.#survive(disk, (batch) => batch.plan(actions), this.#life.kills);
    await this.#clock.sleep(60_000);
    this.#server.settle();
    const theirs = this.#interfere(steps);
    await this.#clock.sleep(60_000);
    const conflicts = await this.#undo(disk);
    await this.#clock.sleep(60_000);
    this.#server.settle();
    const faults: string[] = [];
    let restored = 0;
    let named = 0;
    const unsure = new Set(
      steps.flatMap(({ path, index }) => (first[index]?.status === 'unknown' ? [path] : [])),
    );
    const kinds = promisesOf(steps, isNamedByServer(this.#life.dialect));
    for (const [path, was] of before) {
      const promise = kinds.get(path) ?? { isKept: true, hidden: new Set<string>() };
      if (!promise.isKept) continue;
      const now = store.all.get(path);
      const foreign = theirs.get(path);
      // What was destroyed and made again goes as a whole, or stays.
      const mayStay = foreign ? promise.isRemade : unsure.has(path);
      if (mayStay && conflicts.has(path)) {
        named += 1;
        if (now && sameJson({ ...now, ...foreign }, now)) continue;
      }
      const wrong = now ? differences(was, now, foreign, promise.hidden) : ['is gone'];
      if (wrong.length === 0) restored += 1;
      else faults.push(`${path}: ${wrong.join('; ')}`);
    }
    for (const path of store.all.keys()) {
      const isRenewed = isNamedByServer(this.#life.dialect) && !before.has(path);
      if (!before.has(path) && !theirs.has(path) && !isRenewed) faults.push(`${path}: is left`);
    }
    return {
      actions: actions.length,
      unknown: first.filter(({ status }) => status === 'unknown').length,
      kills: this.#killed,
      restored,
      named,
      foreign: theirs.size,
      faults,
    };
  }

  /** Undoes until nothing is unknown any more; gives the paths that are in conflict. */
  async #undo(disk: Disk): Promise<ReadonlySet<string>> {
    const conflicts = new Set<string>();
    for (let tries = 0; tries < 5; tries += 1) {
      const undo = await this.#batch().batch.undo(cutJournal(disk, alive), {});
      for (const { path } of undo.conflicts) conflicts.add(path);
      const kills = tries === 0 ? this.#life.kills : 0;
      const outcomes = await this.#survive([], () => undo, kills);
      if (!outcomes.some(({ status }) => status === 'unknown' || status === 'skipped')) break;
      await this.#clock.sleep(60_000);
    }
    return conflicts;
  }

  /** Others change something of every twentieth resource that is there. */
  #interfere(steps: readonly Step[]): ReadonlyMap<string, Members> {
    const { store } = this.#server;
    const theirs = new Map<string, Members>();
    for (const { path, kind } of steps) {
      if (kind !== 'change' || theirs.has(path) || this.#random() > 0.05) continue;
      if (!store.all.has(path)) continue;
      const body = this.#pick<Members>([{ note: 'theirs' }, { size: 9 }, { tags: ['theirs'] }]);
      store.update(path, body, this.#shape.key, false);
      const [name = ''] = Object.keys(body);
      theirs.set(path, { [name]: store.all.get(path)![name] });
    }
    return theirs;
  }

  #batch(): { readonly batch: AnyBatch; readonly connection: Connection } {
    const { dialect } = this.#life;
    const connection = new Connection(this.#server, this.#clock, this.#random);
    const baseUrl = `http://127.0.0.1${dialect === 'meraki' ? '/api/v1' : ''}`;
    const client = connection.mortal(createClient({ baseUrl, fetch: connection.fetch }));
    const { collection, key, wrapper, changes } = this.#shape;
    const names = [...memberNames, 'secret'];
    const members = wrapper === undefined ? names : [wrapper];
    const inner = wrapper === undefined ? '' : `${wrapper}/`;
    const resource = {
      read: true,
      list: wrapper === undefined,
      create:
        isNamedByServer(this.#life.dialect) || wrapper !== undefined ? members : [key, ...members],
      update: members,
      updateBy: changes,
      destroy: true,
      writeOnly: [`${inner}secret`],
      numbers: [`${inner}size`],
      orderedLists: [],
    };
    const resources = { [`${collection}/{${key}}`]: resource };
    const effects = { effects: () => Promise.resolve({ resources, verbs: {} }) };
    if (dialect === 'meraki') {
      return {
        batch: createBatch(client, { ...meraki, ...effects }, connection.clock),
        connection,
      };
    }
    const known = { axapi, journyx, graph }[dialect];
    const batch = createRequestBatch(client, { ...known, ...effects } as never, connection.clock);
    return { batch: batch as unknown as AnyBatch, connection };
  }

  /** Runs a plan in processes of which some are killed. */
  async #survive(
    disk: Disk,
    planned: (batch: AnyBatch) => Plan,
    kills: number,
  ): Promise<readonly Outcome[]> {
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
      const entries = 3 + (plan.batches.length * 6) / Math.max(1, kills);
      const after = lives < kills ? Math.floor(this.#random() * entries) : Infinity;
      const journal = cutJournal(disk, { after, isWritten: this.#random() < 0.5, died: die });
      const outcomes = await Promise.race([this.#live(batch, plan, journal), death]);
      if (outcomes) return outcomes;
      this.#killed += 1;
      await this.#clock.sleep(1_000 + this.#random() * 20_000);
    }
  }

  async #live(batch: AnyBatch, plan: Plan, journal: Journal): Promise<readonly Outcome[]> {
    const onError = 'continue';
    try {
      const options = { ...this.#scope, journal, capture: true, onError } as const;
      return Object.values(await batch.run(plan, options)).flat();
    } catch (error) {
      if (!(error instanceof JournalError) || error.reason !== 'started') throw error;
      return Object.values(await batch.resume(journal, { plan })).flat();
    }
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most);
  }
}

const alive = { after: Infinity, isWritten: true, died: () => {} };
