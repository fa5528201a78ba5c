import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import { JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import { meraki } from '../meraki.ts';
import type { LeftDraft } from '../../../../templates/runtime/batch/outcome/left-draft.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { bearer } from '../../../../templates/runtime/transport/credentials.ts';
import { transport } from '../../../../templates/runtime/transport/transport.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import type { Conduct } from '../../../simulators/independent/conduct.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import { IndependentServer } from '../../../simulators/independent/server.ts';
import type { WireAction } from '../../../simulators/independent/organization.ts';
import { randomOf } from '../../../simulators/random.ts';
import { cutJournal, type Disk } from './cut-journal.ts';
import { type Figures, judge } from './judge.ts';
import { load, type LoadOptions } from './load.ts';
import { seedRandom } from './seed-random.ts';

/** How a run is put to the test. */
export interface Trial {
  readonly conduct: Conduct;
  readonly load?: LoadOptions;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly onError?: 'stop' | 'continue';
  /** The process stands still once, for so long. */
  readonly pause?: { readonly at: number; readonly ms: number };
  /** The client has the layers that read what a failure of the network means. */
  readonly hasTransport?: boolean;
  /** When a process dies, its journal is restored from a backup that is older. */
  readonly restores?: boolean;
  /** Others have left drafts that equal some of ours. */
  readonly hasOldTwins?: boolean;
}

export interface Report extends Figures {
  readonly kills: number;
  readonly batches: number;
  readonly requests: number;
  readonly drafts: number;
  readonly begun: number;
  readonly refusedAsBusy: number;
  /** Of the simulated time. */
  readonly seconds: number;
  /** 1 where the run was ended because it would not end: more requests than any run needs. */
  readonly endless: number;
  /** What the batches take at least, with all places theirs. */
  readonly busySeconds: number;
}

const scope = { organizationId: '1' };

/** Runs a load on a server of some conduct, in processes that are killed `kills` times; its journal is on `disk`. */
export async function runTrial(
  trial: Trial,
  seed: number,
  count: number,
  kills: number,
  disk: Disk = [],
): Promise<Report> {
  const restore = seedRandom(randomOf(seed + 77));
  try {
    const server = new IndependentServer({ conduct: trial.conduct, seed });
    if (trial.hasOldTwins) await leaveTwins(server, trial, seed, count);
    return await run(server, trial, seed, count, kills, disk);
  } finally {
    restore();
  }
}

async function run(
  server: IndependentServer,
  trial: Trial,
  seed: number,
  count: number,
  kills: number,
  disk: Disk,
): Promise<Report> {
  const random = randomOf(seed + 99);
  const clock = new VirtualClock();
  const { items, known } = load(server, count, randomOf(seed), trial.load);
  const { pause } = trial;
  if (pause) void clock.sleep(pause.at).then(() => clock.jump(pause.ms));
  let lives = 0;
  let batches = 0;
  let isEndless = false;

  const live = async (): Promise<Ended | undefined> => {
    const connection = new Connection(server, clock, random);
    server.connect();
    let die = (): void => {};
    const client = clientOf(connection, trial.hasTransport ?? false, () => {
      // A run that waits for places looks every few seconds.
      const most = 2_500 + 100 * batches + clock.now() / 4_000;
      if (server.ledger.requests < most || isEndless) return;
      isEndless = true;
      die();
    });
    const batch = createBatch(connection.mortal(client), meraki, connection.clock);
    const plan = batch.plan(items);
    batches = plan.batches.length;
    const death = new Promise<undefined>((resolve) => {
      die = () => {
        connection.kill();
        resolve(undefined);
      };
    });
    const dies = lives < kills;
    // Three entries for each batch, and one in which it is planned.
    const entries = batches + (batches * 3) / Math.max(1, kills);
    const after = dies ? Math.floor(random() * entries) : Infinity;
    const journal = cutJournal(disk, { after, isWritten: random() < 0.5, died: die });
    const options = {
      journal,
      ...(trial.timeout !== undefined && { timeout: trial.timeout }),
    };
    const { onError = 'continue' } = trial;
    const begin = async (): Promise<Ended> => {
      try {
        return await ended(batch.run(plan, { ...scope, onError, ...options }));
      } catch (error) {
        const { reason } = error instanceof JournalError ? error : { reason: undefined };
        if (reason !== 'started') throw error;
        return await ended(batch.resume(journal, { ...options, plan }));
      }
    };
    return Promise.race([begin(), death]);
  };

  for (;;) {
    const end = await live();
    if (!end && !isEndless) {
      lives += 1;
      if (trial.restores) restore(disk, random());
      await clock.sleep(1_000 + random() * 20_000);
      continue;
    }
    const seconds = Math.round(clock.now() / 1_000);
    // What is under way ends, so that the ledger is complete.
    server.batches.advance(clock.now() + 3_600_000);
    const { ledger } = server;
    return {
      ...judge(known, end?.outcomes ?? [], ledger, {
        open: server.batches.openDrafts,
        named: end?.leftDrafts ?? [],
      }),
      kills: lives,
      batches,
      requests: ledger.requests,
      drafts: ledger.drafts,
      begun: ledger.begun,
      refusedAsBusy: ledger.refusedAsBusy,
      seconds,
      endless: isEndless ? 1 : 0,
      busySeconds: Math.round(server.batches.busyMs / 5_000),
    };
  }
}

/** A backup of a journal holds the plan, and a share of what came later. */
function restore(disk: Disk, share: number): void {
  const planned = disk.findIndex((line) => line.includes('"type":"planned"')) + 1;
  if (planned > 0) disk.length = planned + Math.floor((disk.length - planned) * share);
}

interface Ended {
  readonly outcomes: readonly Outcome[];
  readonly leftDrafts: readonly LeftDraft[];
}

/** What a run gives in the end. */
async function ended(run: {
  outcomes(): Promise<readonly unknown[]>;
  leftDrafts(): Promise<readonly LeftDraft[]>;
}): Promise<Ended> {
  return { outcomes: flat(await run.outcomes()), leftDrafts: await run.leftDrafts() };
}

/** A colleague ran the same program yesterday up to its drafts. */
async function leaveTwins(
  server: IndependentServer,
  trial: Trial,
  seed: number,
  count: number,
): Promise<void> {
  const drafts: (readonly WireAction[])[] = [];
  const other = new IndependentServer({ seed });
  const clock = new VirtualClock();
  const connection = new Connection(other, clock, randomOf(seed));
  const client = createClient({
    baseUrl: 'http://127.0.0.1/api/v1',
    credentials: [bearer('key')],
    fetch: (url, init) => {
      if (init.method === 'POST' && typeof init.body === 'string') {
        const { actions } = JSON.parse(init.body) as { readonly actions: readonly WireAction[] };
        drafts.push(actions);
      }
      return connection.fetch(url, init);
    },
  });
  const { items } = load(other, count, randomOf(seed), trial.load);
  await createBatch(client, meraki, clock).run(items, { ...scope, onError: 'continue' });
  // Long lists cost much time.
  for (const actions of drafts.slice(0, 20)) server.batches.make(actions, 'others', -3_600_000);
}

function clientOf(
  connection: Connection,
  hasTransport: boolean,
  sends: () => void,
): ReturnType<typeof createClient> {
  const fetch: typeof connection.fetch = (url, init) => {
    sends();
    return connection.fetch(url, init);
  };
  return createClient({
    baseUrl: 'http://127.0.0.1/api/v1',
    credentials: [bearer('key')],
    fetch: hasTransport ? transport({ fetch }) : fetch,
  });
}

/** Outcomes one by one: those of a group come in a list. */
export function flat(outcomes: readonly unknown[]): readonly Outcome[] {
  // Outcomes come in the shape of the items; groups are lists.
  return outcomes.flat() as readonly Outcome[];
}
