import { describe, expect, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Members, world } from './rewriting-world.ts';

const old = { id: '1', a: 'old', b: 'kept', c: { x: 1, y: 2 } };
const isRefused = (body: Members): boolean => JSON.stringify(body).includes('refused');
const replaces = (_: Members, body: Members): Members => ({ id: '1', ...body });

describe('what a failed action was to set is not taken for what was there', () => {
  test.for<[string, 'PUT' | 'PATCH', readonly RequestAction[]]>([
    [
      'before a change that replaces all of it',
      'PUT',
      [change('PUT', '/things/1', { a: 'refused' }), change('PUT', '/things/1', { b: 'new' })],
    ],
    [
      'before a change of the same member',
      'PATCH',
      [change('PATCH', '/things/1', { a: 'refused' }), change('PATCH', '/things/1', { a: 'new' })],
    ],
    [
      'before a change inside of the same member',
      'PATCH',
      [
        change('PATCH', '/things/1', { c: { x: 'refused' } }),
        change('PATCH', '/things/1', { c: { x: 1, y: 9 } }),
      ],
    ],
    [
      'between two changes',
      'PUT',
      [
        change('PUT', '/things/1', { a: 'new', b: 'kept' }),
        change('PUT', '/things/1', { b: 'refused' }),
        change('PUT', '/things/1', { a: 'newer' }),
      ],
    ],
    [
      'before it is destroyed',
      'PATCH',
      [change('PATCH', '/things/1', { a: 'refused' }), remove('/things/1')],
    ],
    [
      'before it is destroyed and made again',
      'PATCH',
      [
        change('PATCH', '/things/1', { c: { y: 'refused' } }),
        remove('/things/1'),
        post('/things', { id: '1', a: 'again' }, '/things/1'),
      ],
    ],
  ])('%s', async ([, method, actions]) => {
    const habits = { refuses: isRefused, ...(method === 'PUT' && { changes: replaces }) };
    const { things, batch } = world(habits, { ...facts, updateBy: method });
    things.set('/things/1', old);
    const journal = memoryJournal();
    const run = { journal, capture: true, onError: 'continue' } as const;
    const outcomes = await batch.run(actions, run);
    expect(outcomes.filter(({ status }) => status === 'failed')).toHaveLength(1);
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    const undone = await batch.run(undo);
    expect(undone.filter(({ status }) => status !== 'applied')).toEqual([]);
    expect(things.get('/things/1')).toEqual(old);
  });

  test('before a change of what was to be destroyed', async () => {
    const { things, batch } = world({ keeps: ['/things/1'] }, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    const actions = [remove('/things/1'), change('PATCH', '/things/1', { a: 'new' })];
    await batch.run(actions, { journal, capture: true, onError: 'continue' });
    expect(things.get('/things/1')).toEqual({ ...old, a: 'new' });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual(old);
  });

  test('before a change of what was to be created and was there', async () => {
    const { things, batch } = world({}, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    const actions = [
      post('/things', { id: '1', a: 'other' }, '/things/1'),
      change('PATCH', '/things/1', { a: 'new' }),
    ];
    await batch.run(actions, { journal, capture: true, onError: 'continue' });
    expect(things.get('/things/1')).toEqual({ ...old, a: 'new' });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual(old);
  });
});
