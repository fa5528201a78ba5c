import { expect, expectTypeOf, test } from 'vitest';
import { atomic } from '../../../../templates/runtime/batch/action/group.ts';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import type {
  Applied,
  Failed,
  RolledBack,
  Skipped,
  Unknown,
} from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import type { RequestDialect } from '../../../../templates/runtime/batch/request/request-protocol.ts';
import { axapi, canned, get, graph, type GraphTraits, journyx, post } from './fixtures.ts';

interface User {
  readonly id: string;
  readonly age: number;
}

interface BlindTraits extends Omit<GraphTraits, 'previews'> {
  readonly previews: false;
}

const { client } = canned();
const a10 = createRequestBatch(client, axapi);
const time = createRequestBatch(client, journyx);
const office = createRequestBatch(client, graph);

type Awaited<T> = T extends PromiseLike<infer Value> ? Value : never;

test('outcomes line up with the actions and hold their types', () => {
  const run = (): ReturnType<
    typeof office.run<readonly [RequestAction<User>, RequestAction<string>]>
  > => office.run([post<User>('/users', {}), get<string>('/x')]);
  expectTypeOf<Awaited<ReturnType<typeof run>>[0]>().toEqualTypeOf<
    Applied<User, unknown> | Failed | Skipped | Unknown
  >();
});

test('only what can be undone has outcomes of what was undone', () => {
  const one = (): ReturnType<typeof a10.run<readonly [RequestAction<User>]>> =>
    a10.run([post<User>('/axapi/v3/x', {})]);
  type Outcome = Awaited<ReturnType<typeof one>>[0];
  expectTypeOf<Extract<Outcome, RolledBack>>().toEqualTypeOf<RolledBack>();
});

test('what a dialect cannot do is not there', () => {
  for (const batch of [a10, time, office]) {
    expect(batch).not.toHaveProperty('draft');
    expect(batch).not.toHaveProperty('parseCallback');
  }
  expect(a10).not.toHaveProperty('ref');
  expect(time).not.toHaveProperty('atomic');
  // @ts-expect-error -- no drafts
  expect(a10.draft).toBeUndefined();
  // @ts-expect-error -- no references
  expect(a10.ref).toBeUndefined();
  // @ts-expect-error -- nothing is undone
  expect(time.atomic).toBeUndefined();
});

test.for([
  ['preview', a10],
  ['undo', a10],
  ['keep', a10],
  ['preview', time],
  ['undo', time],
  ['keep', time],
  ['preview', office],
  ['undo', office],
  ['keep', office],
] as const)('where reading a URL shows what is there, there is %s', ([name, batch]) => {
  expect(batch).toHaveProperty(name);
});

test('where reading a URL shows nothing, nothing can be previewed and undone', () => {
  const blind = createRequestBatch(client, {
    ...(graph as unknown as RequestDialect<BlindTraits>),
    previews: false,
  });
  for (const name of ['preview', 'undo', 'keep']) expect(blind).not.toHaveProperty(name);
  // @ts-expect-error -- nobody can read what is there
  expect(blind.preview).toBeUndefined();
  // @ts-expect-error -- nothing is captured, so nothing can be undone
  expect(blind.undo).toBeUndefined();
  // @ts-expect-error -- nothing can be undone when its time is over
  expect(blind.keep).toBeUndefined();
  // @ts-expect-error -- for the same reasons
  const captured: Parameters<typeof blind.run>[1] = { capture: true };
  // @ts-expect-error -- for the same reasons
  const reversible: Parameters<typeof blind.run>[1] = { requireReversible: true };
  // @ts-expect-error -- for the same reasons
  const held: Parameters<typeof blind.run>[1] = { confirmWithin: 1 };
  expect([captured, reversible, held]).toHaveLength(3);
});

test('options that make no sense do not compile', () => {
  // @ts-expect-error -- a group needs a server that undoes
  expect(() => time.plan([atomic([post('/api/v1/users', {})])])).toThrow('one by one');
  // @ts-expect-error -- there is no rollback
  expect(() => time.run([], { onError: 'rollback' })).toThrow(TypeError);
  // @ts-expect-error -- there is no version
  const versioned: Parameters<typeof time.run>[1] = { configVersion: 1 };
  // @ts-expect-error -- there is one mode only
  const mode: Parameters<typeof office.plan>[1] = { mode: 'async' };
  expect([versioned, mode]).toHaveLength(2);
});

test('a reference has the type of the member that it stands for', () => {
  const created = post<{ readonly results: User }>('/api/v1/users', {});
  expectTypeOf(time.ref(created)).toEqualTypeOf<
    ReturnType<typeof time.ref<{ readonly results: User }, 'id'>>
  >();
  // @ts-expect-error -- there is no such member
  time.ref(created, 'name');
  const plain = post<User>('/users', {});
  const age = office.ref(plain, 'age');
  expectTypeOf(age).not.toBeAny();
});
