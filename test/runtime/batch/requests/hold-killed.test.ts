import { expect, test, vi } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { type Journal, JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { RequestBatch } from '../../../../templates/runtime/batch/request/batch.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import { randomOf } from '../../../simulators/random.ts';
import { RewritingServer, shapes } from '../../../simulators/rewriting/server.ts';
import { memberNames, type Members } from '../../../simulators/rewriting/store.ts';
import { cutJournal, type Disk } from '../independent/cut-journal.ts';
import { change, graph, type GraphTraits, journyx, remove } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

type Dialect = 'journyx' | 'graph';
const withinMs = 60_000;

interface World {
  readonly server: RewritingServer;
  readonly clock: VirtualClock;
  readonly actions: readonly RequestAction[];
  /** A process of its own, which `kill` cuts off from the server. */
  readonly live: () => { readonly batch: RequestBatch<GraphTraits>; readonly kill: () => void };
}

function world(dialect: Dialect): World {
  const clock = new VirtualClock();
  const server = new RewritingServer(dialect, { replaces: true }, clock);
  const { collection, key, changes } = shapes[dialect];
  for (const n of [1, 2, 3]) {
    server.store.seed(`${collection}/old-0000000${n}`, {
      id: `old-0000000${n}`,
      name: `thing ${n}`,
      size: 1_000 + n,
    });
  }
  const members = memberNames;
  const resource = {
    read: true,
    list: true,
    create: members,
    update: members,
    updateBy: changes,
    destroy: true,
    orderedLists: [],
  };
  const effects = {
    effects: () =>
      Promise.resolve({ resources: { [`${collection}/{${key}}`]: resource }, verbs: {} }),
  };
  const live: World['live'] = () => {
    const connection = new Connection(server, clock, randomOf(1));
    const client = createClient({ baseUrl: 'http://127.0.0.1', fetch: connection.fetch });
    const known = { ...(dialect === 'graph' ? graph : journyx), ...effects };
    // What the two take differs in their types only.
    const own = connection.clock;
    const timed = {
      now: () => own.now(),
      sleep: (ms: number, signal?: AbortSignal) => own.sleep(ms, signal),
      date: () => clock.date(),
    };
    const batch = createRequestBatch(client, known as typeof graph, timed);
    return { batch, kill: () => connection.kill() };
  };
  const actions = [
    change(changes, `${collection}/old-00000001`, { name: 'new', size: 9 }),
    change(changes, `${collection}/old-00000002`, { tags: ['x'] }),
    remove(`${collection}/old-00000002`),
  ];
  return { server, clock, actions, live };
}

/** Runs and holds, or takes up what another process has begun; gives what became of the changes. */
async function hold(
  batch: RequestBatch<GraphTraits>,
  actions: readonly RequestAction[],
  journal: Journal,
  keeps: boolean,
): Promise<string> {
  const held = async (run: ReturnType<typeof batch.run>): Promise<string> => {
    await run;
    if (keeps) await run.keep();
    return run.held();
  };
  try {
    return await held(batch.run(actions, { journal, confirmWithin: withinMs }));
  } catch (error) {
    if (!(error instanceof JournalError) || error.reason !== 'started') throw error;
    const run = batch.resume(journal, { plan: batch.plan(actions) });
    await run;
    return run.held();
  }
}

/** What is there, without ids and secrets. */
function shown(server: RewritingServer): readonly string[] {
  return [...server.store.all.values()]
    .map(({ id: _id, secret: _secret, ...members }: Members) =>
      JSON.stringify(Object.entries(members).toSorted()),
    )
    .toSorted();
}

test.for<[Dialect, boolean]>([
  ['journyx', false],
  ['graph', false],
  ['journyx', true],
  ['graph', true],
])('in %s, changes are kept (%s) or undone, wherever the process is killed', async (given) => {
  const [dialect, keeps] = given;
  const ends = new Set<string>();
  let cuts = 0;
  for (; ; cuts += 1) {
    const { server, clock, actions, live } = world(dialect);
    const before = shown(server);
    const disk: Disk = [];
    const { batch, kill } = live();
    let died = (): void => {};
    const death = new Promise<undefined>((resolve) => {
      died = () => {
        kill();
        resolve(undefined);
      };
    });
    const dying = cutJournal(disk, { after: cuts, isWritten: cuts % 2 === 0, died: () => died() });
    const first = await Promise.race([hold(batch, actions, dying, keeps), death]);
    const begun = clock.now();
    const alive = cutJournal(disk, { after: Infinity, isWritten: true, died: () => {} });
    const last = first ?? (await hold(live().batch, actions, alive, false));
    // Never between for longer than its time, and that of the run and of reads that lag behind.
    expect(clock.now() - begun).toBeLessThan(withinMs + 120_000);
    const after = shown(server);
    ends.add(last);
    if (last === 'undone') expect([cuts, after]).toEqual([cuts, before]);
    else expect([cuts, after.some((text) => text.includes('"new"'))]).toEqual([cuts, true]);
    if (first) break;
  }
  expect(cuts).toBeGreaterThan(8);
  expect(ends).toContain(keeps ? 'kept' : 'undone');
});
