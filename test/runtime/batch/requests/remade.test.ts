import { describe, expect, test } from 'vitest';
import {
  type Journal,
  memoryJournal,
} from '../../../../templates/runtime/batch/journal/journal.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Members, world } from './rewriting-world.ts';

/** A journal of a process that dies before it has seen what the server made of its changes. */
function blindJournal(): Journal {
  const journal = memoryJournal();
  return {
    open: () => journal.open(),
    append: async (entry) => {
      if (entry.type !== 'after') await journal.append(entry);
    },
    close: () => journal.close(),
  };
}

describe('an undo of what was destroyed and made again', () => {
  const old = { id: '1', a: 'old', b: 'b', c: 5 };
  const withDefaults = (members: Members): Members => ({ b: 'default', c: 0, ...members });
  const renewed = [remove('/things/1'), post('/things', { id: '1', a: 'old' }, '/things/1')];
  const changed = [change('PATCH', '/things/1', { c: 7 }), ...renewed];

  test.for<[string, typeof renewed, number]>([
    ['', renewed, 0],
    [', where it was changed before', changed, 0],
    [', where reads lag behind', renewed, 5_000],
    [', where it was changed before and reads lag behind', changed, 5_000],
  ])('restores all of it%s', async ([, actions, lag]) => {
    const { things, batch } = world({ rewrites: withDefaults, lag }, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    await batch.run(actions, { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(old);
  });

  test.for<[string, typeof renewed, () => Journal]>([
    ['it has seen what it made', renewed, memoryJournal],
    ['it was changed before', changed, memoryJournal],
    ['only the answer showed what it made', renewed, blindJournal],
  ])('leaves what others have set in it, where %s', async ([, actions, make]) => {
    const { things, batch } = world({ rewrites: withDefaults }, facts);
    things.set('/things/1', old);
    const journal = make();
    await batch.run(actions, { journal, capture: true });
    const theirs = { id: '1', a: 'old', b: 'default', c: 9 };
    things.set('/things/1', theirs);
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toMatchObject([
      { why: 'it was changed since', members: { c: { before: 5, live: 9 } } },
    ]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(theirs);
  });

  test('names it as a conflict where nobody has seen what it made', async () => {
    const { things, batch } = world({ rewrites: withDefaults, answersNothing: true }, facts);
    things.set('/things/1', old);
    const journal = blindJournal();
    await batch.run(renewed, { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toMatchObject([
      { path: '/things/1', why: 'it was made again, and nobody saw what it was like then' },
    ]);
    expect(undo.actions).toEqual([]);
    await batch.run(await batch.undo(journal, { force: true }));
    expect(things.get('/things/1')).toEqual(old);
  });

  test('goes by what other creations were given, where nobody has seen this one', async () => {
    const { things, batch } = world({ rewrites: withDefaults, answersNothing: true }, facts);
    things.set('/things/1', old);
    const others = [post('/things', { id: '2', a: 'x' }, '/things/2')];
    const journal = blindToFirst();
    await batch.run([...renewed, ...others], { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect([...things]).toEqual([['/things/1', old]]);
  });
});

test('an undo names what a change may have replaced, where nobody has seen it', async () => {
  const changes = (_: Members, body: Members): Members => ({ c: 0, ...body });
  const { things, batch } = world({ changes }, { ...facts, updateBy: 'PUT' });
  things.set('/things/1', { id: '1', a: 'old', c: 5 });
  const journal = blindJournal();
  await batch.run([change('PUT', '/things/1', { id: '1', a: 'new' })], { journal, capture: true });
  const { conflicts } = await batch.undo(journal);
  expect(conflicts).toMatchObject([{ path: '/things/1', members: { c: { before: 5, live: 0 } } }]);
});

/** A journal without what was seen of the first two actions. */
function blindToFirst(): Journal {
  const journal = memoryJournal();
  return {
    open: () => journal.open(),
    append: async (entry) => {
      const images = entry.type === 'after' ? entry.images.filter(([index]) => index > 1) : [];
      await journal.append(entry.type === 'after' ? { ...entry, images } : entry);
    },
    close: () => journal.close(),
  };
}
