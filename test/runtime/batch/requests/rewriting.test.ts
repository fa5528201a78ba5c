import { describe, expect, test } from 'vitest';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Resource } from '../../../../templates/runtime/batch/protocol/protocol.ts';
import { change, post, remove } from './fixtures.ts';
import { facts, type Habits, type Members, world } from './rewriting-world.ts';

describe('an undo knows what it wrote by what the server made of it', () => {
  test.for<[string, unknown, unknown, unknown]>([
    ['a text in lower case', 'old', 'Guest LAN', 'guest lan'],
    ['a text without spaces around it', 'old', ' lab ', 'lab'],
    ['a text with single spaces', 'old', 'lab  2', 'lab 2'],
    ['a MAC address', '02:00:00:00:00:01', '02AA.BB00.11CC', '02:aa:bb:00:11:cc'],
    ['a network', '10.0.0.0/24', '10.0.9.7/24', '10.0.9.0/24'],
    ['an IPv6 address', '2001:db8::1', '2001:0DB8:0:0::2', '2001:db8::2'],
    ['a time', '2024-01-01T00:00:00Z', '2025-01-01T01:00:00+01:00', '2025-01-01T00:00:00Z'],
    ['a set', ['a'], ['z', 'B', 'b'], ['b', 'z']],
    ['a number as a text', '5', 7, '7'],
    ['nothing for an empty text', 'old', '', null],
    ['a text that is cut', 'old', 'x'.repeat(40), 'x'.repeat(32)],
    ['an object with more members', { k: 1 }, { k: 'V' }, { k: 'v', more: 2 }],
  ])('%s', async ([, old, sent, shown]) => {
    const { things, batch } = world(
      {
        rewrites: (members) =>
          JSON.stringify(members['a']) === JSON.stringify(sent)
            ? { ...members, a: shown }
            : members,
      },
      facts,
    );
    things.set('/things/1', { id: '1', a: old });
    const journal = memoryJournal();
    await batch.run([change('PATCH', '/things/1', { a: sent })], { journal, capture: true });
    expect(things.get('/things/1')).toEqual({ id: '1', a: shown });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/1')).toMatchObject({ a: old });
  });

  test.for([
    ['case', 'Guest', 'guest'],
    ['spaces', 'lab 2', 'lab  2'],
    ['order', ['a', 'b'], ['b', 'a']],
  ])('and takes another %s for a change by others, where it has seen its own', async (values) => {
    const [, sent, theirs] = values;
    const { things, batch } = world({}, facts);
    things.set('/things/1', { id: '1', a: 'old' });
    const journal = memoryJournal();
    await batch.run([change('PATCH', '/things/1', { a: sent })], { journal, capture: true });
    things.set('/things/1', { id: '1', a: theirs });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toMatchObject([{ members: { a: { live: theirs } } }]);
    expect(undo.actions).toEqual([]);
  });
});

describe('an undo restores what a change has taken along', () => {
  const old = { id: '1', a: 'old', b: 'kept', c: { x: 1, y: 2 } };
  test.for<[string, 'PUT' | 'PATCH', Members, NonNullable<Habits['changes']>]>([
    ['that a PUT removes', 'PUT', { a: 'new' }, (_, body) => ({ id: '1', ...body })],
    [
      'that a PUT sets to a default',
      'PUT',
      { a: 'new' },
      (_, body) => ({ id: '1', b: 'default', c: { x: 0, y: 0 }, ...body }),
    ],
    [
      'of an object that is replaced as a whole',
      'PATCH',
      { c: { x: 9 } },
      (members, body) => ({ ...members, ...body }),
    ],
    [
      'of such an object with defaults',
      'PATCH',
      { c: { x: 9 } },
      (members, body) => ({ ...members, c: { x: 0, y: 0, ...(body['c'] as Members) } }),
    ],
  ])('%s', async ([, method, body, changes]) => {
    const { things, batch } = world({ changes }, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    await batch.run([change(method, '/things/1', body)], { journal, capture: true });
    expect(things.get('/things/1')).not.toEqual(old);
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual(old);
  });
});

describe('an undo sends', () => {
  test.for<[string, Members, Members, Resource]>([
    ['numbers', { a: '5' }, { a: 6 }, { numbers: ['a'] }],
    ['booleans', { a: 'true' }, { a: false }, { booleans: ['a'] }],
    ['numbers inside of objects', { a: { n: '5' } }, { a: { n: 6 } }, { numbers: ['a/n'] }],
  ])('%s as such where they are shown as texts', async ([, old, body, typed]) => {
    const refuses = (sent: Members): boolean => /"(?:5|true)"/.test(JSON.stringify(sent));
    const { things, batch } = world({ refuses }, { ...facts, ...typed });
    things.set('/things/1', { id: '1', ...old });
    const journal = memoryJournal();
    await batch.run([change('PATCH', '/things/1', body)], { journal, capture: true });
    const [outcome] = await batch.run(await batch.undo(journal));
    expect(outcome?.status).toBe('applied');
  });

  test.for<[string, Members, Members]>([
    ['beside it', { id: '1', a: 'old', b: '****' }, { a: 'new' }],
    ['inside of an object', { id: '1', a: { k: 'old', p: '****' } }, { a: { k: 'new' } }],
    ['inside of a list', { id: '1', a: [{ k: 'old', p: '****' }] }, { a: [{ k: 'new' }] }],
  ])('no mask of a secret %s', async ([, old, body]) => {
    const refuses = (sent: Members): boolean => JSON.stringify(sent).includes('****');
    const { things, batch } = world({ refuses }, facts);
    things.set('/things/1', old);
    const journal = memoryJournal();
    await batch.run([change('PUT', '/things/1', body)], { journal, capture: true });
    const [outcome] = await batch.run(await batch.undo(journal));
    expect(outcome?.status).toBe('applied');
    expect(JSON.stringify(things.get('/things/1'))).toContain('"old"');
  });
});

describe('what is destroyed is classed by what is shown of it', () => {
  test.for<[string, Members, Resource, object]>([
    [
      'all of it',
      { id: '1', a: 'x' },
      { unshown: ['b'], create: ['id', 'a'] },
      { kind: 'reversible' },
    ],
    ['not what creation takes', { id: '1', a: 'x' }, { unshown: ['b'] }, { members: ['b'] }],
    ['a mask', { id: '1', a: '****' }, {}, { members: ['a'] }],
    ['a mask inside of it', { id: '1', a: { p: '****' } }, {}, { members: ['a'] }],
  ])('%s', async ([, old, known, reversal]) => {
    const { things, batch } = world({}, { ...facts, ...known });
    things.set('/things/1', old);
    const { steps } = await batch.preview([remove('/things/1')]);
    expect(steps[0]?.reversal).toMatchObject(reversal);
  });
});

describe('an undo is complete where reads lag behind', () => {
  test('of a change', async () => {
    const { things, batch } = world({ lag: 5_000 }, facts);
    things.set('/things/1', { id: '1', a: 'old' });
    const journal = memoryJournal();
    await batch.run([change('PATCH', '/things/1', { a: 'new' })], { journal, capture: true });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual({ id: '1', a: 'old' });
  });

  test('of a creation', async () => {
    const { things, batch } = world({ lag: 5_000 }, facts);
    const journal = memoryJournal();
    const made = post('/things', { id: '2', a: 'x' }, '/things/2');
    await batch.run([made], { journal, capture: true });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/2')).toBeUndefined();
  });

  test('of a destruction', async () => {
    const { things, batch } = world({ lag: 5_000 }, facts);
    things.set('/things/1', { id: '1', a: 'old' });
    const journal = memoryJournal();
    await batch.run([remove('/things/1')], { journal, capture: true });
    await batch.run(await batch.undo(journal));
    expect(things.get('/things/1')).toEqual({ id: '1', a: 'old' });
  });
});

test.for<[string, Members, Members, string]>([
  ['a member', { a: 'theirs' }, { a: 'old' }, 'The preview is out of date'],
  [
    'a member of an object',
    { c: { x: 5, y: 2 } },
    { c: { x: 1, y: 2 } },
    'The preview is out of date',
  ],
])('a preview is out of date where %s that it changes has changed', async (values) => {
  const [, theirs, old, message] = values;
  const { things, batch } = world({}, facts);
  things.set('/things/1', { id: '1', ...old });
  const body = 'a' in old ? { a: 'new' } : { c: { x: 9 } };
  const preview = await batch.preview([change('PATCH', '/things/1', body)]);
  things.set('/things/1', { id: '1', ...theirs });
  await expect(batch.run(preview).outcomes()).rejects.toThrow(message);
});

test.for<[string, Members, Members]>([
  ['beside it', { a: 'new' }, { a: 'old', b: 'theirs', c: { x: 1, y: 2 } }],
  ['inside of the same object', { c: { x: 9 } }, { a: 'old', b: 'b', c: { x: 1, y: 7 } }],
])('a preview is not out of date where others have changed what is %s', async (values) => {
  const [, body, theirs] = values;
  const { things, batch } = world({}, facts);
  things.set('/things/1', { id: '1', a: 'old', b: 'b', c: { x: 1, y: 2 } });
  const preview = await batch.preview([change('PATCH', '/things/1', body)]);
  things.set('/things/1', { id: '1', ...theirs });
  const [outcome] = await batch.run(preview);
  expect(outcome?.status).toBe('applied');
});
