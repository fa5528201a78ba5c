import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { change, remove } from './fixtures.ts';
import { facts, type Members, world } from './rewriting-world.ts';

const old = { id: '1', a: 'old', b: 'b', c: 5 };
const byServer = { ...facts, create: ['a', 'b', 'c'], update: ['a', 'b', 'c'] };

describe('what an undo has just made again under a new id is not made twice', () => {
  test.for<[string, number, readonly RequestAction[], readonly Members[]]>([
    ['lists lag behind', 5_000, [remove('/things/1')], [old]],
    ['lists lag far behind', 20_000, [remove('/things/1')], [old]],
    [
      'it was changed before',
      5_000,
      [change('PATCH', '/things/1', { a: 'new' }), remove('/things/1')],
      [old],
    ],
    [
      'two were alike',
      5_000,
      [remove('/things/1'), remove('/things/2')],
      [old, { ...old, id: '2' }],
    ],
  ])('where %s', async ([, lag, actions, before]) => {
    for (let sent = 0, most = 1; sent <= most; sent += 1) {
      const { things, batch, clock } = world({ lag }, byServer);
      for (const thing of before) things.set(`/things/${thing['id']}`, thing);
      const journal = memoryJournal();
      await batch.run(actions, { journal, capture: true });
      await clock.sleep(60_000);
      const first = await batch.undo(journal);
      most = first.actions.length;
      // What takes requests back are requests.
      const done = first.actions.slice(0, sent) as unknown as readonly RequestAction[];
      if (done.length > 0) await batch.run(done);
      await batch.run(await batch.undo(journal));
      const values = [...things.values()].map(({ a, b, c }) => ({ a, b, c }));
      expect([sent, values]).toEqual([sent, before.map(({ a, b, c }) => ({ a, b, c }))]);
    }
  });

  test('and what refers to it is compared by the new id', async () => {
    const { things, batch, clock } = world({ lag: 5_000 }, byServer);
    things.set('/things/thing-000001', { ...old, id: 'thing-000001' });
    things.set('/things/2', { ...old, id: '2', c: 'thing-000001' });
    const journal = memoryJournal();
    const actions = [change('PATCH', '/things/2', { c: null }), remove('/things/thing-000001')];
    await batch.run(actions, { journal, capture: true, ordered: true });
    await clock.sleep(60_000);
    await batch.run(await batch.undo(journal));
    const second = await batch.undo(journal);
    expect([second.actions, second.conflicts]).toEqual([[], []]);
    expect(things.get('/things/2')).toMatchObject({ c: 'made 1' });
  });
});
