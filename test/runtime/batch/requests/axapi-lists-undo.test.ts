import { describe, expect, test } from 'vitest';
import { effects } from '../../../../generated/axapi/src/batch/effects.ts';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { axapi, axapiOn, change, post, remove } from './fixtures.ts';

const url = '/axapi/v3/slb/server';
const ports = `${url}/s1/port`;

function made(name: string, host = '10.0.0.1'): RequestAction {
  return post(url, { server: { name, host } }, `${url}/${name}`);
}

function listed(...names: readonly string[]): RequestAction {
  return change('POST', url, { 'server-list': names.map((name) => ({ name, host: '10.0.0.7' })) });
}

function changed(name: string): RequestAction {
  return change('PUT', `${url}/${name}`, { server: { name, host: '10.0.0.9' } });
}

const port = { 'port-number': 80, protocol: 'tcp' };
const atPort = `${ports}/80+tcp`;

describe('what takes several at once is not promised to be undone:', () => {
  const nothing = /^nothing is known that (undoes "post"|creates it)$/;
  test.for<readonly [string, readonly RequestAction[], readonly (string | RegExp)[]]>([
    ['a list that is made', [listed('s3', 's4')], [nothing]],
    ['a collection that is destroyed', [remove(url)], [nothing]],
    [
      'what was changed in it before',
      [changed('s1'), remove(url)],
      [`it is destroyed with ${url}`, nothing],
    ],
    ['what is made in it afterwards is', [remove(url), made('s3')], [nothing, 'reversible']],
    [
      'what a list makes again',
      [remove(`${url}/s2`), listed('s2', 's3')],
      [`a request to ${url} names it as one of several`, nothing],
    ],
    [
      'what a list changes again, by a name of several parts',
      [
        change('POST', atPort, { port: { ...port, weight: 5 } }),
        change('POST', ports, { 'port-list': [port] }),
      ],
      [`a request to ${ports} names it as one of several`, nothing],
    ],
    ['but what a list does not name is', [changed('s1'), listed('s3')], ['reversible', nothing]],
  ])('%s', async ([, actions, expected]) => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl, {
      ...axapi,
      effects: () => Promise.resolve(effects),
    });
    await batch.run([made('s1'), made('s2'), post(ports, { port }, atPort)]);
    const { steps } = await batch.preview(actions);
    const said = steps.map(({ reversal }) =>
      reversal.kind === 'irreversible' ? reversal.why : reversal.kind,
    );
    expect(said).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
    const strictly = { journal: memoryJournal(), requireReversible: true };
    await expect(batch.run(actions, strictly)).rejects.toThrow('cannot be taken back');
    const journal = memoryJournal();
    const outcomes = await batch.run(actions, { journal, capture: true });
    const { left, conflicts } = await batch.undo(journal);
    // Each that was not promised is named, if it was done.
    const lasting = steps.filter(
      ({ reversal }, index) =>
        reversal.kind === 'irreversible' && outcomes[index]?.status === 'applied',
    );
    const named = new Set([...left, ...conflicts].map(({ path }) => path));
    expect(lasting.filter(({ path }) => !named.has(path))).toEqual([]);
  });
});

test.for<readonly [string, readonly RequestAction[]]>([
  ['with its collection', [changed('s1'), remove(url)]],
  [
    'with what it is in',
    [change('POST', atPort, { port: { ...port, weight: 5 } }), remove(`${url}/s1`)],
  ],
  ['two levels above', [change('POST', atPort, { port: { ...port, weight: 5 } }), remove(url)]],
])('nobody waits for what was changed and then destroyed %s', async ([, actions]) => {
  await using simulator = await startAxapi();
  const { batch, clock } = axapiOn(simulator.baseUrl, {
    ...axapi,
    effects: () => Promise.resolve(effects),
  });
  await batch.run([made('s1'), post(ports, { port }, atPort)]);
  const begun = clock.now();
  await batch.run(actions, { journal: memoryJournal(), capture: true });
  expect(clock.now() - begun).toBeLessThan(10_000);
});

test('the undo of an undo destroys again what has a name of several parts', async () => {
  await using simulator = await startAxapi();
  const { batch } = axapiOn(simulator.baseUrl, {
    ...axapi,
    effects: () => Promise.resolve(effects),
  });
  await batch.run([made('s1'), post(ports, { port }, atPort)]);
  const [run, undone] = [memoryJournal(), memoryJournal()];
  expect((await batch.preview([remove(atPort)])).steps[0]?.reversal).toEqual({
    kind: 'reversible',
  });
  await batch.run([remove(atPort)], { journal: run, capture: true });
  await batch.run(await batch.undo(run), { journal: undone, capture: true });
  expect(simulator.device.element('/slb/server/s1/port/80+tcp')).toEqual(port);
  const again = await batch.undo(undone);
  expect(again.left).toEqual([]);
  await batch.run(again);
  expect(simulator.device.element('/slb/server/s1/port/80+tcp')).toBeUndefined();
});
