import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Resource } from '../../../../templates/runtime/batch/protocol/protocol.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Habits, type Members, world } from './rewriting-world.ts';

const members = ['a', 'b', 'c'];
const byServer: Resource = { ...facts, create: members, update: members };
const withSecret: Resource = { ...byServer, unshown: ['c'] };
const secretly = (shown: Members): Members =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'c'));

/** Undoes a run twice, where the first undo stops after each of its actions; checks what is there then. */
async function everyStop(
  {
    habits = {},
    resource,
    before,
  }: {
    readonly habits?: Habits;
    readonly resource: Resource;
    readonly before: readonly Members[];
  },
  actions: readonly RequestAction[],
  check: (things: readonly Members[], sent: number) => void,
): Promise<void> {
  for (let sent = 0, most = 1; sent <= most; sent += 1) {
    const { things, batch } = world(habits, resource);
    for (const thing of before) things.set(`/things/${String(thing['id'])}`, thing);
    const journal = memoryJournal();
    await batch.run(actions, { journal, capture: true, ordered: true });
    const first = await batch.undo(journal);
    most = first.actions.length;
    // What takes requests back are requests.
    const done = first.actions.slice(0, sent) as unknown as readonly RequestAction[];
    if (done.length > 0) await batch.run(done, { ordered: true });
    const second = await batch.undo(journal);
    expect([sent, second.conflicts]).toEqual([sent, []]);
    await batch.run(second);
    check([...things.values()], sent);
  }
}

describe('a secret that was changed before does not have a thing made twice, where it', () => {
  const before = [{ id: '1', a: 'old', b: 'b', c: 'secret' }];

  test.for<[string, readonly RequestAction[]]>([
    [
      'was changed and destroyed',
      [change('PATCH', '/things/1', { c: 'new' }), remove('/things/1')],
    ],
    [
      'was changed with other members',
      [change('PATCH', '/things/1', { a: 'x', c: 'new' }), remove('/things/1')],
    ],
    [
      'was changed twice',
      [
        change('PATCH', '/things/1', { c: 'new' }),
        change('PATCH', '/things/1', { c: 'newer', b: 'x' }),
        remove('/things/1'),
      ],
    ],
  ])('%s', async ([, actions]) => {
    await everyStop({ habits: { shows: secretly }, resource: withSecret, before }, actions, (now) =>
      expect(now).toMatchObject([{ a: 'old', b: 'b' }]),
    );
  });
});

test('an undo that has named something by its new id is taken up by another', async () => {
  const before = [
    { id: 'thing-000001', a: 'x', b: 'b', c: null },
    { id: '2', a: 'y', b: 'b', c: null },
  ];
  const actions = [
    change('PATCH', '/things/2', { c: 'thing-000001' }),
    change('PATCH', '/things/2', { c: 'other' }),
    remove('/things/thing-000001'),
  ];
  await everyStop({ resource: byServer, before }, actions, (now) =>
    expect(now).toMatchObject([{ a: 'y', c: null }, { a: 'x' }]),
  );
});

describe('a member that was not there before is gone again, where the server replaces', () => {
  const replaces = (_: Members, body: Members): Members => ({ id: '1', ...body });
  const inner = (old: Members, body: Members): Members => ({ ...old, ...body });

  test.for<[string, Members, 'PUT' | 'PATCH', NonNullable<Habits['changes']>, Members]>([
    ['all of it', { id: '1', a: 'old' }, 'PUT', replaces, { a: 'new', b: 'added' }],
    ['what is inside', { id: '1', c: { x: 1 } }, 'PATCH', inner, { c: { x: 2, y: 3 } }],
    ['all, inside as well', { id: '1', c: { x: 1 } }, 'PUT', replaces, { c: { x: 2, y: 3 }, a: 1 }],
  ])('%s', async ([, old, method, changes, body]) => {
    const { things, batch } = world({ changes }, { ...facts, updateBy: method });
    things.set('/things/1', old);
    const journal = memoryJournal();
    await batch.run([change(method, '/things/1', body)], { journal, capture: true });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual(old);
  });
});

describe('what was made again with more than it had is restored, where the rest', () => {
  test.for<[string, Members, Members]>([
    ['is the same', { id: '1', a: 'old' }, { id: '1', a: 'old', b: 'added' }],
    ['is the same inside', { id: '1', c: { x: 1 } }, { id: '1', c: { x: 1, y: 2 } }],
    ['is nothing', { id: '1' }, { id: '1', c: ['added'] }],
  ])('%s', async ([, old, again]) => {
    const { things, batch } = world({}, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    const actions = [remove('/things/1'), post('/things', again, '/things/1')];
    await batch.run(actions, { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(old);
    expect((await batch.undo(journal)).actions).toEqual([]);
  });
});

describe('what may never have been there is not made on the way back, where', () => {
  const replaces = (_: Members, body: Members): Members => ({ id: '1', ...body });
  const refuses = (body: Members): boolean => body['a'] === 'refused';

  test.for<[string, readonly RequestAction[]]>([
    [
      'a change was refused',
      [
        change('PUT', '/things/1', { a: 'refused' }),
        change('PUT', '/things/1', { b: 'new' }),
        remove('/things/2'),
      ],
    ],
    [
      'another came before it',
      [
        change('PUT', '/things/1', { a: 'new', c: 1 }),
        change('PUT', '/things/1', { a: 'refused' }),
        change('PUT', '/things/1', { b: 'new' }),
        remove('/things/2'),
      ],
    ],
    ['it was destroyed then', [change('PUT', '/things/1', { a: 'refused' }), remove('/things/1')]],
  ])('%s, and the answer was lost', async ([, actions]) => {
    const { things, batch, lose } = world(
      { changes: replaces, refuses },
      { ...facts, updateBy: 'PUT' },
    );
    const old = { id: '1', a: 'old', b: 'kept', c: 5 };
    things.set('/things/1', old);
    things.set('/things/2', { id: '2', a: 'gone' });
    const journal = memoryJournal();
    lose();
    await batch.run(actions, { journal, capture: true, onError: 'continue' });
    const outcomes = await batch.run(await batch.undo(journal));
    expect(outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
    expect(things.get('/things/1')).toEqual(old);
  });
});

test('what others have set stays, where nobody knows whether the run has destroyed it', async () => {
  const { things, batch, lose } = world({ keeps: ['/things/1'] }, facts);
  things.set('/things/1', { id: '1', a: 'old', b: 'kept', c: 5 });
  const journal = memoryJournal();
  lose();
  const actions = [change('PATCH', '/things/1', { a: 'new', b: 'new' }), remove('/things/1')];
  await batch.run(actions, { journal, capture: true, onError: 'continue' });
  things.set('/things/1', { id: '1', a: 'theirs', b: 'new', c: 5 });
  const undo = await batch.undo(journal);
  expect(undo.conflicts).toMatchObject([{ members: { a: { live: 'theirs' } } }]);
  await batch.run(undo);
  expect(things.get('/things/1')).toEqual({ id: '1', a: 'theirs', b: 'kept', c: 5 });
});

describe('a creation is not promised to be undone, where a member that cannot be restored names it by', () => {
  const made = post('/things', { id: '2', a: 'new' }, '/things/2');

  test.for<[string, Members]>([
    ['its id', { c: '2' }],
    ['its id as a number', { c: 2 }],
    ['its id in a list', { c: [{ name: '2', port: 80 }] }],
  ])('%s', async ([, body]) => {
    const { things, batch } = world({ shows: secretly }, { ...facts, unshown: ['c'] });
    things.set('/things/1', { id: '1', a: 'old' });
    const { steps } = await batch.preview([
      made,
      change('PATCH', '/things/1', { a: 'x', ...body }),
    ]);
    expect(steps[0]?.reversal).toEqual({
      kind: 'irreversible',
      why: '/things/1 names it, and what stood there before cannot be read',
    });
  });

  test.for<readonly [string, readonly RequestAction[], readonly string[]]>([
    [
      'its id later, after something else',
      [
        change('PATCH', '/things/1', { a: 'x', c: '3' }),
        made,
        change('PATCH', '/things/1', { c: '2' }),
        change('PATCH', '/things/1', { c: '3' }),
      ],
      ['partly', '/things/1 names it', 'reversible', 'reversible'],
    ],
    [
      'what stands in the place of another, which is not made again then',
      [
        change('PATCH', '/things/2', { b: 'x' }),
        remove('/things/2'),
        made,
        change('PATCH', '/things/1', { a: 'x', c: '2' }),
      ],
      ['/things/1 names what', '/things/1 names what', '/things/1 names it', 'partly'],
    ],
  ])('%s', async ([, actions, expected]) => {
    // What is not there cannot be unset.
    const { things, batch } = world({}, facts);
    things.set('/things/1', { id: '1', a: 'old' });
    things.set('/things/2', { id: '2', a: 'old', b: 'old' });
    const { steps } = await batch.preview(batch.plan(actions, { ordered: true }));
    const said = steps.map(({ reversal }) =>
      reversal.kind === 'irreversible' ? reversal.why : reversal.kind,
    );
    expect(said).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  test('nothing, so that it is', async () => {
    const { things, batch } = world({}, facts);
    things.set('/things/1', { id: '1', a: 'old', c: '1' });
    const { steps } = await batch.preview([made, change('PATCH', '/things/1', { c: '2' })]);
    expect(steps[0]?.reversal).toEqual({ kind: 'reversible' });
  });
});
