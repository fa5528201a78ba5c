import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import type { ElementConduct } from '../../../simulators/independent/element-conduct.ts';
import { ElementServer } from '../../../simulators/independent/element-server.ts';
import type { ElementDialect } from '../../../simulators/independent/envelopes.ts';
import { type Random, randomOf } from '../../../simulators/random.ts';
import { axapi, change, graph, journyx, post, remove } from '../requests/fixtures.ts';
import { cutJournal, type Disk } from './cut-journal.ts';
import { type Figures, judge } from './judge.ts';
import type { Known } from './load.ts';
import { flat } from './trial.ts';
import { seedRandom } from './seed-random.ts';

export interface ElementMode {
  readonly name: string;
  readonly dialect: ElementDialect;
  readonly conduct: ElementConduct;
  readonly onError?: 'continue' | 'rollback';
  /** Whether the load adds objects. Default: true. */
  readonly adds?: boolean;
  readonly allows?: readonly ('unknown' | 'notDone')[];
}

export interface ElementReport extends Figures {
  readonly kills: number;
  readonly requests: number;
  readonly endless: number;
}

/** Runs a load on a server of a request dialect, in processes that are killed `kills` times; its journal is on `disk`. */
export async function runElementTrial(
  mode: ElementMode,
  seed: number,
  count: number,
  kills: number,
  disk: Disk = [],
): Promise<ElementReport> {
  const restore = seedRandom(randomOf(seed + 77));
  try {
    return await run(mode, seed, count, kills, disk);
  } finally {
    restore();
  }
}

async function run(
  { dialect, conduct, onError = 'continue', adds = true }: ElementMode,
  seed: number,
  count: number,
  kills: number,
  disk: Disk,
): Promise<ElementReport> {
  const random = randomOf(seed + 99);
  const clock = new VirtualClock();
  const server = new ElementServer(dialect, conduct, seed);
  const { actions, known } = elementLoad(dialect, server, count, adds, randomOf(seed));
  let lives = 0;
  let isEndless = false;
  for (;;) {
    const connection = new Connection(server, clock, random);
    let die = (): void => {};
    const death = new Promise<undefined>((resolve) => {
      die = () => {
        connection.kill();
        resolve(undefined);
      };
    });
    const client = createClient({
      baseUrl: 'http://127.0.0.1',
      fetch: (url, init) => {
        isEndless ||= server.ledger.requests > 2_000 + count;
        if (isEndless) die();
        return connection.fetch(url, init);
      },
    });
    const batch = createRequestBatch(
      connection.mortal(client),
      descriptors[dialect],
      connection.clock,
    );
    const plan = batch.plan(actions);
    const after = lives < kills ? Math.floor(random() * (2 + count / 60)) : Infinity;
    const journal = cutJournal(disk, { after, isWritten: random() < 0.5, died: die });
    const versioned = dialect === 'axapi' && { configVersion: 1 };
    const begin = async (): Promise<readonly Outcome[]> => {
      try {
        return flat(await batch.run(plan, { onError, journal, ...versioned }).outcomes());
      } catch (error) {
        const { reason } = error instanceof JournalError ? error : { reason: undefined };
        if (reason !== 'started') throw error;
        return flat(await batch.resume(journal, { plan, ...versioned }).outcomes());
      }
    };
    const outcomes = await Promise.race([begin(), death]);
    if (!outcomes && !isEndless) {
      lives += 1;
      await clock.sleep(1_000 + random() * 20_000);
      continue;
    }
    return {
      ...judge(known, outcomes ?? [], server.ledger, { open: [], named: [] }),
      kills: lives,
      requests: server.ledger.requests,
      endless: isEndless ? 1 : 0,
    };
  }
}

/** Changes of many objects, creations, removals and reads. */
function elementLoad(
  dialect: ElementDialect,
  server: ElementServer,
  count: number,
  adds: boolean,
  random: Random,
): { readonly actions: readonly RequestAction[]; readonly known: readonly Known[] } {
  const actions: RequestAction[] = [];
  const known: Known[] = [];
  const add = (action: RequestAction, identity: string): void => {
    actions.push(action);
    known.push({ identity, applies: true });
  };
  const { collection, changes, member, wrapper } = shapes[dialect];
  const bodyOf = (value: object): object => (wrapper === undefined ? value : { [wrapper]: value });
  for (let n = 0; n < count; n += 1) {
    const name = `o${n}`;
    const url = `${collection}/${name}`;
    const dice = random();
    if (adds && dice < 0.4) {
      const body = bodyOf({ name: `new${n}`, host: '10.0.0.1', [member]: `m #${n}` });
      add(post(collection, body, `${collection}/new${n}`), `#${n}`);
      continue;
    }
    const etag = server.seed(url, { name, host: '10.0.0.1' });
    const match = dialect === 'journyx' ? etag : undefined;
    if (dice < 0.8) {
      const body = bodyOf({ name, host: '10.0.0.2', [member]: `m #${n}` });
      add(change(changes, url, body, match), `#${n}`);
    } else add(remove(url, match), `DELETE ${url}`);
  }
  return { actions, known };
}

const shapes = {
  axapi: {
    collection: '/axapi/v3/slb/server',
    changes: 'PUT',
    member: 'user-tag',
    wrapper: 'server',
  },
  journyx: {
    collection: '/api/v1/projects',
    changes: 'PUT',
    member: 'comments',
    wrapper: undefined,
  },
  graph: { collection: '/users', changes: 'PATCH', member: 'jobTitle', wrapper: undefined },
} as const;

// They differ in the options that their runs take; those of aXAPI hold all that is used here.
const descriptors = { axapi, journyx, graph } as unknown as Readonly<
  Record<ElementDialect, typeof axapi>
>;
