import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import {
  type Journal,
  type JournalEntry,
  memoryJournal,
} from '../../../../templates/runtime/batch/journal/journal.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Habits, type Members, world } from './rewriting-world.ts';

const old = { id: '1', a: 'old', b: 'kept', c: 5 };
const byServer = { ...facts, create: ['a', 'b', 'c'], update: ['a', 'b', 'c'] };
const withSecret = { ...byServer, writeOnly: ['c'] };
const secretly = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => name !== 'c'));

type Case = readonly [
  what: string,
  actions: readonly RequestAction[],
  isLost: boolean,
  shows: ((members: Members) => Members) | undefined,
];

describe('changes that nobody keeps are undone in part, where', () => {
  const cases: readonly Case[] = [
    ['nobody knows what a creation has made', [post('/things', { a: 'new' })], true, undefined],
    [
      'nobody knows what one of several has made',
      [change('PATCH', '/things/1', { a: 'new' }), post('/things', { a: 'new' })],
      true,
      undefined,
    ],
    ['a secret was changed', [change('PATCH', '/things/1', { a: 'x', c: 7 })], false, secretly],
    ['what had a secret was destroyed', [remove('/things/1')], false, secretly],
  ];

  test.for(cases)('%s', async ([, actions, isLost, shows]) => {
    const { things, batch, lose } = world(shows ? { shows } : {}, shows ? withSecret : byServer);
    things.set('/things/1', old);
    const journal = memoryJournal();
    if (isLost) lose();
    const run = batch.run(actions, { journal, confirmWithin: 60_000 });
    await run;
    expect(await run.held()).toBe('partly');
    expect([...things.values()][0]).toMatchObject({ a: 'old', b: 'kept' });
    const resumed = batch.resume(journal);
    await resumed;
    expect(await resumed.held()).toBe('partly');
    expect((await batch.undo(journal)).left).not.toEqual([]);
    await expect(batch.keep(journal)).rejects.toThrow('not kept in time');
  });

  test.for(cases)(
    '%s, and the process dies while it undoes',
    async ([, actions, isLost, shows]) => {
      const { things, batch, lose } = world(shows ? { shows } : {}, shows ? withSecret : byServer);
      things.set('/things/1', old);
      const journal = memoryJournal();
      if (isLost) lose();
      const run = batch.run(actions, { journal: withoutEnd(journal), confirmWithin: 60_000 });
      await run;
      await expect(run.held()).rejects.toThrow('it died');
      const resumed = batch.resume(journal);
      await resumed;
      expect(await resumed.held()).toBe('partly');
    },
  );
});

describe('changes that nobody keeps are undone as far as the server lets it, where it refuses', () => {
  test.for<readonly [string, Habits, RequestAction, object]>([
    [
      'to destroy what was made, as it is in use',
      { keeps: ['/things/2'] },
      post('/things', { id: '2', a: 'new' }, '/things/2'),
      { method: 'DELETE', url: '/things/2' },
    ],
    [
      'an old value',
      { refuses: ({ a }) => a === 'first' },
      change('PATCH', '/things/3', { a: 'new' }),
      { method: 'PATCH', url: '/things/3', body: { a: 'first' } },
    ],
    [
      'to make again what was destroyed',
      { refuses: ({ a }) => a === 'first' },
      remove('/things/3'),
      { method: 'POST', url: '/things', body: { id: '3', a: 'first' } },
    ],
  ])('%s', async ([, habits, refused, left]) => {
    const { things, batch } = world(habits, facts);
    things.set('/things/1', old);
    things.set('/things/3', { id: '3', a: 'first' });
    const journal = memoryJournal();
    const actions = [change('PATCH', '/things/1', { a: 'new' }), refused];
    const run = batch.run(actions, { journal, confirmWithin: 60_000 });
    await run;
    expect(await run.held()).toBe('partly');
    expect(things.get('/things/1')).toEqual(old);
    const resumed = batch.resume(journal);
    await resumed;
    expect(await resumed.held()).toBe('partly');
    expect((await batch.undo(journal)).actions).toMatchObject([left]);
  });
});

test('changes are undone, not in part, where only what the run itself made had a secret', async () => {
  const { things, batch } = world({ shows: secretly }, withSecret);
  const actions = [post('/things', { id: '2', a: 'new', c: 'secret' }, '/things/2')];
  const run = batch.run(actions, { journal: memoryJournal(), confirmWithin: 60_000 });
  await run;
  expect(await run.held()).toBe('undone');
  expect([...things]).toEqual([]);
});

/** A journal of a process that dies before it writes that all is undone. */
function withoutEnd(journal: Journal): Journal {
  return {
    open: () => journal.open(),
    append: (entry: JournalEntry) =>
      entry.type === 'undone' ? Promise.reject(new Error('it died')) : journal.append(entry),
    close: () => journal.close(),
  };
}
