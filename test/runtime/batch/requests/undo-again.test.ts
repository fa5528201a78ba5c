import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Habits, type Members, world } from './rewriting-world.ts';

const old: Members = { id: '1', a: 'old', b: 'kept', c: { x: 1, y: { z: 2 } } };

const merges = (members: Members, body: Members): Members => ({
  ...members,
  ...body,
  ...(body['c'] !== undefined && { c: deep(members['c'] as Members, body['c'] as Members) }),
});

function deep(members: Members, body: Members): Members {
  const inner = body['y'] === undefined ? {} : { y: { ...(body['y'] as Members) } };
  return { ...members, ...body, ...inner };
}

describe('an undo that stopped anywhere is taken up by another, where the server', () => {
  const servers: readonly (readonly [string, 'PUT' | 'PATCH', NonNullable<Habits['changes']>])[] = [
    ['merges what is sent', 'PATCH', merges],
    ['replaces the objects that are sent', 'PATCH', (members, body) => ({ ...members, ...body })],
    ['replaces all of it', 'PUT', (_, body) => ({ id: '1', ...body })],
    [
      'replaces all of it by defaults',
      'PUT',
      (_, body) => ({ id: '1', a: 'none', b: 'none', c: { x: 0, y: { z: 0 } }, ...body }),
    ],
  ];

  test.for(servers)('%s', async ([, method, changes]) => {
    await everyStop({ changes, method }, [
      change(method, '/things/1', { c: { x: 7 } }),
      change(method, '/things/1', { c: { y: { z: 8 } } }),
      change(method, '/things/1', { a: 'new' }),
      change(method, '/things/1', { b: 'new' }),
      remove('/things/2'),
    ]);
  });

  test.for(servers)('%s, and it was made again in between', async ([, method, changes]) => {
    await everyStop({ changes, method }, [
      change(method, '/things/1', { c: { x: 7 } }),
      remove('/things/1'),
      post('/things', { id: '1', a: 'other', c: { x: 9 } }, '/things/1'),
      change(method, '/things/1', { b: 'new' }),
      change(method, '/things/1', { c: { y: { z: 8 } } }),
    ]);
  });
});

/** Undoes a run twice, where the first undo stops after each of its actions. */
async function everyStop(
  {
    changes,
    method,
  }: { readonly changes: NonNullable<Habits['changes']>; readonly method: 'PUT' | 'PATCH' },
  actions: readonly RequestAction[],
): Promise<void> {
  for (let sent = 0, most = 1; sent <= most; sent += 1) {
    const { things, batch } = world({ changes }, { ...facts, updateBy: method });
    things.set('/things/1', old);
    things.set('/things/2', { id: '2', a: 'gone' });
    const journal = memoryJournal();
    await batch.run(actions, { journal, capture: true });
    const first = await batch.undo(journal);
    most = first.actions.length;
    // What takes requests back are requests.
    const done = first.actions.slice(0, sent) as unknown as readonly RequestAction[];
    if (done.length > 0) await batch.run(done, { onError: 'continue' });
    const second = await batch.undo(journal);
    expect(second.conflicts).toEqual([]);
    await batch.run(second);
    expect(things.get('/things/1')).toEqual(old);
    expect(things.get('/things/2')).toEqual({ id: '2', a: 'gone' });
  }
}

describe('what a run has done is seen, if late, where its answer was lost and', () => {
  const replaces = (_: Members, body: Members): Members => ({
    id: '1',
    b: 'default',
    c: 0,
    ...body,
  });
  const before = { id: '1', a: 'old', b: 'kept', c: 5 };

  test.for<[string, number, readonly Members[]]>([
    ['reads lag behind', 5_000, [{ a: 'new' }]],
    ['reads lag behind and the last change sends what was there', 5_000, [{ a: 'new' }, { c: 5 }]],
    ['reads show it at once', 0, [{ a: 'new' }]],
  ])('%s', async ([, lag, bodies]) => {
    const { things, batch, lose } = world(
      { changes: replaces, lag },
      { ...facts, updateBy: 'PUT' },
    );
    things.set('/things/1', before);
    const journal = memoryJournal();
    lose();
    const actions = bodies.map((body) => change('PUT', '/things/1', body));
    await batch.run(actions, { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(before);
  });

  test('nothing has happened, and that is waited for no longer than reads lag behind', async () => {
    const { things, batch, lose, clock } = world({ changes: replaces }, facts);
    things.set('/things/1', before);
    const journal = memoryJournal();
    lose('before');
    const begun = clock.now();
    await batch.run([change('PUT', '/things/1', { a: 'new' })], { journal, capture: true });
    expect(clock.now() - begun).toBeLessThan(60_000);
    expect((await batch.undo(journal)).actions).toEqual([]);
    expect(things.get('/things/1')).toEqual(before);
  });
});

test('what a later change of a batch has reset is not taken for what an earlier one has set', async () => {
  const changes = (_: Members, body: Members): Members => ({ id: '1', a: 'none', c: 0, ...body });
  const { things, batch } = world({ changes }, { ...facts, updateBy: 'PUT' });
  things.set('/things/1', { id: '1', a: 'old', c: 5 });
  const journal = memoryJournal();
  const actions = [
    change('PUT', '/things/1', { a: 'first' }),
    change('PUT', '/things/1', { c: 7 }),
    post('/things', { id: '9', a: 'x' }, '/things/9'),
  ];
  await batch.run(actions, { journal, capture: true });
  const entries = await journal.open();
  await journal.close();
  const after = entries.flatMap((entry) => (entry.type === 'after' ? entry.images : []));
  expect(after[0]).toEqual([0, {}]);
  expect(after[1]).toEqual([1, { a: 'none' }]);
});

test.for([
  ['a text', 'x', 'VOICE'],
  ['a number', 1, 2],
  ['a list', ['x'], ['y', 'z']],
] as const)(
  'what an earlier batch has set is no form of what a later one has: %s',
  async ([, earlier, later]) => {
    // Before the second batch a replica shows what was there before the first, and after it what was there between.
    let looks = 0;
    const shows = (members: Members): Members => {
      if (members['id'] !== '1') return members;
      looks += 1;
      if (looks === 3) return { ...members, a: 'old' };
      return looks === 4 ? { ...members, a: earlier } : members;
    };
    const { things, batch } = world({ shows }, { ...facts, list: false });
    for (let n = 1; n <= 20; n += 1) things.set(`/things/${n}`, { id: `${n}`, a: 'old' });
    const journal = memoryJournal();
    const fillers = Array.from({ length: 19 }, (_, n) =>
      change('PATCH', `/things/${n + 2}`, { a: 'new' }),
    );
    const first = change('PATCH', '/things/1', { a: earlier });
    const actions = [first, ...fillers, change('PATCH', '/things/1', { a: later })];
    await batch.run(actions, { journal, capture: true, ordered: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual({ id: '1', a: 'old' });
  },
);

describe('a batch is seen to have ended by what it has reset, where', () => {
  const changes = (_: Members, body: Members): Members => ({
    id: '1',
    a: 'none',
    b: 'none',
    c: 0,
    ...body,
  });

  test.for<[string, readonly Members[]]>([
    ['its last change undoes its first one', [{ a: 'new' }, { b: 'none' }]],
    ['a change in between is reset', [{ a: 'none' }, { a: 'new' }, { b: 'none' }]],
    ['all that it sets is what was there', [{ a: 'none' }, { b: 'none' }]],
  ])('%s', async ([, bodies]) => {
    const { things, batch } = world({ changes, lag: 5_000 }, { ...facts, updateBy: 'PUT' });
    const before = { id: '1', a: 'none', b: 'none', c: 5 };
    things.set('/things/1', before);
    const journal = memoryJournal();
    const actions = bodies.map((body) => change('PUT', '/things/1', body));
    await batch.run(actions, { journal, capture: true });
    const entries = await journal.open();
    await journal.close();
    const last = entries.flatMap((entry) => (entry.type === 'after' ? entry.images : [])).at(-1);
    expect(last).toMatchObject([bodies.length - 1, { c: 0 }]);
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(before);
  });
});

describe('a secret that was shown as a mask', () => {
  const masked = (members: Members): Members =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, name === 'c' ? '****' : value]),
    );

  test.for<[string, readonly RequestAction[]]>([
    ['was destroyed', [remove('/things/1')]],
    [
      'was changed and destroyed',
      [change('PATCH', '/things/1', { a: 'new' }), remove('/things/1')],
    ],
    [
      'was destroyed and made again',
      [remove('/things/1'), post('/things', { id: '1', a: 'other' }, '/things/1')],
    ],
  ])('does not keep a second undo from its work, where what had it %s', async ([, actions]) => {
    for (let sent = 0, most = 1; sent <= most; sent += 1) {
      const { things, batch } = world({ shows: masked }, facts);
      things.set('/things/1', { id: '1', a: 'old', b: 'kept', c: 'secret' });
      const journal = memoryJournal();
      await batch.run(actions, { journal, capture: true });
      const first = await batch.undo(journal);
      most = first.actions.length;
      // What takes requests back are requests.
      const done = first.actions.slice(0, sent) as unknown as readonly RequestAction[];
      if (done.length > 0) await batch.run(done);
      const second = await batch.undo(journal);
      expect(second.conflicts).toEqual([]);
      await batch.run(second);
      expect(things.get('/things/1')).toEqual({ id: '1', a: 'old', b: 'kept' });
    }
  });
});
