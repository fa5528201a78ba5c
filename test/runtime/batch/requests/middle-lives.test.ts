import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { member } from '../../../../templates/runtime/batch/action/members.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Members, world } from './rewriting-world.ts';

const old = { id: '1', a: 'old', b: 'kept', c: 5 };
const other = { id: '2', a: 'old', b: 'kept', c: 5 };
const withDefaults = (members: Members): Members => ({ b: 'default', c: 0, ...members });
const again = (a: string): RequestAction => post('/things', { id: '1', a }, '/things/1');

describe('what a run has made in the place of another and destroyed again', () => {
  test.for<[string, readonly RequestAction[]]>([
    ['', [remove('/things/1'), again('new'), remove('/things/1')]],
    [
      ', changed in between',
      [
        remove('/things/1'),
        again('new'),
        change('PATCH', '/things/1', { c: 7 }),
        remove('/things/1'),
      ],
    ],
    [
      ', twice',
      [remove('/things/1'), again('new'), remove('/things/1'), again('newer'), remove('/things/1')],
    ],
    [
      ', before it was made for good',
      [remove('/things/1'), again('new'), remove('/things/1'), again('last')],
    ],
  ])('is not made again on the way back%s', async ([, actions]) => {
    const { things, batch } = world({ rewrites: withDefaults }, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    await batch.run(actions, { journal, capture: true });
    const undo = await batch.undo(journal);
    const made = undo.actions.filter((one) => methodOf(one) === 'POST');
    expect(made).toMatchObject([{ body: { a: 'old' } }]);
    await batch.run(undo);
    expect(things.get('/things/1')).toEqual(old);
  });

  test.for<[string, unknown]>([
    ['its id', '1'],
    ['its path', '/things/1'],
    ['its id in a list', [{ thing: 1 }]],
  ])('is made again for another that has named it by %s', async ([, c]) => {
    const { things, batch } = world({}, facts);
    things.set('/things/1', old);
    things.set('/things/2', other);
    const journal = memoryJournal();
    const actions = [
      remove('/things/1'),
      again('new'),
      change('PATCH', '/things/2', { c }),
      change('PATCH', '/things/2', { c: 6 }),
      remove('/things/1'),
    ];
    await batch.run(actions, { journal, capture: true, ordered: true });
    const undo = await batch.undo(journal);
    expect(undo.actions.map(methodOf)).toEqual(['POST', 'PATCH', 'PATCH', 'DELETE', 'POST']);
    await batch.run(undo);
    expect([...things]).toEqual([
      ['/things/2', other],
      ['/things/1', old],
    ]);
  });

  test('is not made again for another that has named it before', async () => {
    const { things, batch } = world({}, facts);
    things.set('/things/1', old);
    things.set('/things/2', other);
    const journal = memoryJournal();
    const actions = [
      change('PATCH', '/things/2', { c: '1' }),
      remove('/things/1'),
      again('new'),
      remove('/things/1'),
    ];
    await batch.run(actions, { journal, capture: true });
    const undo = await batch.undo(journal);
    expect(undo.actions.map(methodOf)).toEqual(['POST', 'PATCH']);
  });
});

describe('an undo that stopped anywhere restores', () => {
  test.for<[string, readonly RequestAction[]]>([
    ['what was made in between', [remove('/things/1'), again('new'), remove('/things/1')]],
    [
      'what was made in between and changed',
      [
        change('PATCH', '/things/1', { b: 'new' }),
        remove('/things/1'),
        again('new'),
        change('PATCH', '/things/1', { a: 'newer' }),
        remove('/things/1'),
      ],
    ],
    [
      'what was made in between, and again',
      [remove('/things/1'), again('new'), remove('/things/1'), again('last')],
    ],
  ])('%s, where the server adds members of its own', async ([, actions]) => {
    for (let sent = 0, most = 1; sent <= most; sent += 1) {
      const { things, batch } = world({ rewrites: withDefaults }, facts);
      things.set('/things/1', old);
      const journal = memoryJournal();
      await batch.run(actions, { journal, capture: true });
      const first = await batch.undo(journal);
      most = first.actions.length;
      // What takes requests back are requests.
      const done = first.actions.slice(0, sent) as unknown as readonly RequestAction[];
      if (done.length > 0) await batch.run(done);
      const second = await batch.undo(journal);
      expect([sent, second.conflicts]).toEqual([sent, []]);
      await batch.run(second);
      expect(things.get('/things/1')).toEqual(old);
    }
  });
});

/** What takes requests back are requests. */
function methodOf(one: object): unknown {
  return member(one, 'method');
}

test.for<[string, readonly RequestAction[]]>([
  ['which is changed', [change('PATCH', '/things/1', { c: 9 })]],
  ['which is destroyed', [change('PATCH', '/things/1', { c: 9 }), remove('/things/1')]],
  ['which is destroyed alone', [remove('/things/1')]],
])('a number is restored that is like the id of what the run has made, %s', async ([, actions]) => {
  const { things, batch } = world({}, facts);
  things.set('/things/1', { ...old, c: 8 });
  const journal = memoryJournal();
  const made = ['8', '9'].map((id) => post('/things', { id, a: 'new' }, `/things/${id}`));
  const gone = ['8', '9'].map((id) => remove(`/things/${id}`));
  await batch.run([...made, ...actions, ...gone], { journal, capture: true, ordered: true });
  await batch.run(await batch.undo(journal));
  expect([...things]).toEqual([['/things/1', { ...old, c: 8 }]]);
});

describe('what named something that the run has made and destroyed is restored', () => {
  const temporary = post('/things', { id: '9', a: 'new' }, '/things/9');
  const names = (value: unknown): readonly string[] =>
    typeof value === 'string' && /^\d$/.test(value) ? [value] : [];

  test.for<[string, readonly RequestAction[]]>([
    [
      'where it was destroyed as well',
      [
        temporary,
        change('PATCH', '/things/1', { c: '9' }),
        remove('/things/1'),
        remove('/things/9'),
      ],
    ],
    [
      'where it has named another since',
      [
        temporary,
        change('PATCH', '/things/1', { c: '9' }),
        change('PATCH', '/things/1', { c: '2' }),
        remove('/things/9'),
      ],
    ],
    [
      'where it was made again in between',
      [
        temporary,
        change('PATCH', '/things/1', { c: '9' }),
        remove('/things/1'),
        again('new'),
        remove('/things/9'),
      ],
    ],
  ])('%s', async ([, actions]) => {
    let has: (path: string) => boolean = () => true;
    const refuses = ({ c }: Members): boolean => names(c).some((id) => !has(`/things/${id}`));
    const { things, batch } = world({ refuses }, facts);
    has = (path) => things.has(path);
    things.set('/things/1', old);
    things.set('/things/2', other);
    const journal = memoryJournal();
    await batch.run(actions, { journal, capture: true, ordered: true });
    const outcomes = await batch.run(await batch.undo(journal), { onError: 'continue' });
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'applied'));
    expect(new Map(things)).toEqual(
      new Map([
        ['/things/1', old],
        ['/things/2', other],
      ]),
    );
  });
});
