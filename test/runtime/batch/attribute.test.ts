import { describe, expect, test } from 'vitest';
import { attribute } from '../../../templates/runtime/batch/outcome/attribute-error.ts';
import { type Sent } from '../../../templates/runtime/batch/outcome/outcome.ts';
import { matchCreated } from '../../../templates/runtime/batch/outcome/match-created.ts';
import { meraki } from './meraki.ts';

const sent: readonly Sent[] = [
  { resource: '/networks/N_1', operation: 'update', body: { name: 'a' } },
  { resource: '/networks/N_1', operation: 'update', body: { name: 'b: {"x"}' } },
  { resource: '/networks/N_1', operation: 'destroy' },
  { resource: '/networks/N_12', operation: 'update', body: { name: 'a' } },
  { resource: '/devices/Q/switch/ports/settings', operation: 'settings/actions/update', body: {} },
  { resource: '/twins', operation: 'create', body: { name: 't', list: [1, { y: null }] } },
  { resource: '/twins', operation: 'create', body: { list: [1, { y: null }], name: 't' } },
].map((wire, index) => ({ index: index + 10, wire }));

const find = (text: string): ReturnType<typeof attribute> => attribute(text, meraki.failure, sent);
const start = 'Error occurred while executing';

describe('the action that an error text names', () => {
  test.for([
    { text: `${start} update /networks/N_1 with {"name":"a"}: no`, is: [10] },
    { text: `${start} update /networks/N_1/ with {"name":"a"}: no`, is: [10] },
    { text: `${start} update /networks/N_1 with {"name":"b: {\\"x\\"}"}: no`, is: [11] },
    { text: `${start} update /networks/N_12 with {"name":"a"}: no`, is: [13] },
    { text: `${start} destroy /networks/N_1 with {}: no`, is: [12] },
    { text: `${start} destroy /networks/N_1 with null: no`, is: [12] },
    {
      text: `${start} settings/actions/update /devices/Q/switch/ports/settings/ with {}: no`,
      is: [14],
    },
  ])('$text', ({ text, is }) => {
    expect(find(text)).toEqual({ candidates: is, certain: true, message: 'no' });
  });

  test('the reason may hold anything', () => {
    const reason = 'failed with {"name":"x"}: really: no';
    expect(find(`${start} update /networks/N_1 with {"name":"a"}: ${reason}`).message).toBe(reason);
  });

  test('actions that look the same are all named', () => {
    const text = `${start} create /twins with {"name":"t","list":[1,{"y":null}]}: taken`;
    expect(find(text)).toEqual({ candidates: [15, 16], certain: true, message: 'taken' });
  });

  test('a body that is cut off leaves every action with that verb and resource', () => {
    const text = `${start} update /networks/N_1 with {"name":"a`;
    expect(find(text)).toEqual({ candidates: [10, 11], certain: true, message: text });
  });

  test('a body that was changed by the server leaves them too', () => {
    const text = `${start} update /networks/N_1 with {"name":"A"}: no`;
    expect(find(text)).toEqual({ candidates: [10, 11], certain: true, message: 'no' });
  });

  test('a text of another form names actions by their resource', () => {
    expect(find('The resource /networks/N_12 does not exist')).toMatchObject({
      candidates: [13],
      certain: false,
    });
    expect(find('Bad: "/networks/N_12/".').candidates).toEqual([13]);
    expect(find('Bad: /networks/N_12/vlans and v1/networks/N_123').candidates).toEqual([]);
  });

  test('a text that names nothing is given as it is', () => {
    expect(find('Boom')).toEqual({ candidates: [], certain: false, message: 'Boom' });
    expect(find(`${start} update /elsewhere with {}: no`).candidates).toEqual([]);
  });

  test('a long hostile text takes no time', () => {
    const text = `${start} update /networks/N_1 with ${'{"'.repeat(200_000)}`;
    expect(find(text).candidates).toEqual([10, 11]);
  });
});

describe('which action created what', () => {
  const create = (index: number, resource: string): Sent => ({
    index,
    wire: { resource, operation: 'create' },
  });

  test('the action whose path the new one begins with, the nearest first', () => {
    const creates = [create(0, '/networks/N_1/vlans'), create(1, '/networks/N_1')];
    const vlan = { id: '9', uri: '/networks/N_1/vlans/9' };
    const other = { id: '8', uri: '/networks/N_1/other/8' };
    expect([...matchCreated(creates, [other, vlan])]).toEqual([
      [1, other],
      [0, vlan],
    ]);
  });

  test('several in one place in their order', () => {
    const creates = [create(4, '/a/b'), create(7, '/a/b/')];
    const first = { id: '1', uri: '/a/b/1' };
    const second = { id: '2', uri: '/a/b/2/' };
    expect([...matchCreated(creates, [first, second])]).toEqual([
      [4, first],
      [7, second],
    ]);
  });

  test('what is left over by order, if the numbers agree', () => {
    const creates = [create(0, '/organizations/1/networks'), create(1, '/a')];
    const network = { id: 'L_1', uri: '/networks/L_1' };
    const other = { id: '1', uri: '/a/1' };
    expect([...matchCreated(creates, [network, other])]).toEqual([
      [1, other],
      [0, network],
    ]);
  });

  test('nothing is guessed if they do not', () => {
    const creates = [
      create(0, '/organizations/1/networks'),
      create(1, '/organizations/1/networks'),
    ];
    expect(matchCreated(creates, [{ id: 'L_1', uri: '/networks/L_1' }]).size).toBe(0);
    expect(matchCreated(creates, []).size).toBe(0);
  });
});
