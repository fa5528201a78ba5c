import { expect, test } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { path } from '../../../templates/runtime/batch/action/path.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import { createNetwork, createVlan, organizationId, updateNetwork } from './builders.ts';

test('an action serialises to exactly its wire form', () => {
  const rename = updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
  expect(JSON.stringify(rename)).toBe(
    '{"resource":"/networks/N_1","operation":"update","body":{"name":"HQ"}}',
  );
});

test('what is undefined does not appear, at any depth', () => {
  const made = action('x', {
    resource: '/x',
    operation: 'update',
    body: { a: undefined, b: { c: undefined, d: null } },
  });
  expect(JSON.stringify(made)).toBe(
    '{"resource":"/x","operation":"update","body":{"b":{"d":null}}}',
  );
  expect(JSON.stringify(updateNetwork({ networkId: 'N_1' }))).toBe(
    '{"resource":"/networks/N_1","operation":"update"}',
  );
});

test.each([[undefined], [''], [{ id: 'N_1' }], ['\ud800']])(
  'a builder names the path parameter that cannot be sent: %o',
  (networkId) => {
    const build = (): unknown => updateNetwork({ networkId: networkId as string });
    expect(build).toThrow(TypeError);
    expect(build).toThrow('bad path parameter networkId');
  },
);

test('an action of a request keeps pairs that were given', () => {
  const made = action('x', {
    method: 'GET',
    url: path('/x/{value}', { value: 'a b' }),
    query: [
      ['perPage', 3],
      ['after', undefined],
    ],
    headers: [['If-Match', undefined]],
  });
  expect(JSON.stringify(made)).toBe(
    '{"method":"GET","url":"/x/a%20b","query":[["perPage",3]],"headers":[]}',
  );
});

test('later changes to a body do not reach the action', () => {
  const body = { name: 'before', tags: ['a'] };
  const rename = updateNetwork({ networkId: 'N_1', body });
  body.name = 'after';
  body.tags.push('b');
  expect(rename.body).toEqual({ name: 'before', tags: ['a'] });
  expect(Object.isFrozen(rename)).toBe(true);
  expect(Object.isFrozen(rename.body?.['tags'])).toBe(true);
});

test('only own members are sent', () => {
  const body: object = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } });
  const made = action('x', { resource: '/x', operation: 'update', body });
  expect(JSON.stringify(made.body)).toBe('{"own":2}');
});

test('a member named __proto__ stays a member', () => {
  const body: unknown = JSON.parse('{"__proto__":{"admin":true}}');
  const made = action('x', { resource: '/x', operation: 'update', body });
  expect(JSON.stringify(made.body)).toBe('{"__proto__":{"admin":true}}');
  expect((made.body as { admin?: boolean }).admin).toBeUndefined();
});

test('dates become ISO 8601 text', () => {
  const made = action('x', { resource: '/x', operation: 'update', body: { at: new Date(0) } });
  expect(made.body).toEqual({ at: '1970-01-01T00:00:00.000Z' });
});

test.for([
  [Number.NaN, 'setClock: body.list[1] is NaN, which JSON cannot hold'],
  [10n, 'setClock: body.list[1] is a bigint, which JSON cannot hold'],
  [undefined, 'setClock: body.list[1] is undefined, which JSON cannot hold'],
  [() => 1, 'setClock: body.list[1] is a function, which JSON cannot hold'],
] as const)('a value that JSON cannot hold is refused by its place: %s', ([value, message]) => {
  const build = (): unknown =>
    action('setClock', { resource: '/x', operation: 'update', body: { list: [1, value] } });
  expect(build).toThrow(new TypeError(message));
});

test('a circular body is refused', () => {
  const body: { self?: unknown } = {};
  body.self = body;
  expect(() => action('x', { resource: '/x', operation: 'update', body })).toThrow(
    /circular or nested too deeply/,
  );
});

test.for(['', '.', '..', '%2e%2e'])('a path parameter cannot change the path: %j', (networkId) => {
  expect(() => updateNetwork({ networkId })).toThrow(TypeError);
});

test('an action with a reference shows it, and refuses to be sent by itself', () => {
  const network = createNetwork({ organizationId, body: { name: 'HQ' } });
  const vlan = createVlan({
    networkId: ref(network),
    body: { id: '9', name: 'x', groupPolicyId: ref(network, 'name') },
  });
  expect(vlan.resource).toBe('/networks/(createOrganizationNetwork.id)/appliance/vlans');
  expect(() => JSON.stringify(vlan)).toThrow(/pass it to batch.run/);
});

test('a reference that is used as text says where references work', () => {
  const network = createNetwork({ organizationId, body: { name: 'HQ' } });
  expect(() => String(ref(network))).toThrow(/path parameters and bodies/);
});
