import { describe, expect, test } from 'vitest';
import {
  matchByReading,
  type Contested,
} from '../../../templates/runtime/batch/outcome/match-created.ts';
import { keepsId } from '../../../templates/runtime/batch/effects/resources.ts';
import { Written } from '../../../templates/runtime/batch/undo/written.ts';

const order = { ordered: [] };

describe('what a run has written', () => {
  test('includes what it has overwritten since, where an undo may have stopped', () => {
    const written = new Written();
    written.set('mac', '02AA.BB00.11CC', true, true);
    written.set('mac', '02AA.BB00.22DD', true, true);
    expect(written.fits('mac', '02:aa:bb:00:11:cc', order)).toBe(true);
    expect(written.fits('mac', '02:aa:bb:00:33:ee', order)).toBe(false);
  });

  test('includes what it had written before it destroyed the resource', () => {
    const written = new Written();
    written.set('name', 'before', true, true);
    written.clear();
    expect(written.fits('name', 'before', order)).toBe(true);
    expect(written.knows('name')).toBe(false);
  });

  test('is any value of a member that was not sent with the object around it', () => {
    const written = new Written();
    written.set('dhcp', { options: [] }, true, true);
    expect(written.fits('dhcp/lease', 86_400, order)).toBe(true);
    expect(written.fits('dhcp/options', ['theirs'], order)).toBe(false);
  });

  test('may be what stands behind a mask', () => {
    const written = new Written();
    written.set('secret', 'new', true, true);
    expect(written.fits('secret', '********', order)).toBe(true);
  });

  test('grows by one for each change whose outcome is unknown', () => {
    const written = new Written();
    written.set('server', { a: 0, b: 0 }, true, true);
    for (let n = 1; n <= 40; n += 1) {
      written.set('server/a', n, true, false);
      written.set('server/b', n, true, false);
    }
    expect(written.fits('server/a', 17, order)).toBe(true);
    expect(written.fits('server/a', 41, order)).toBe(false);
  });
});

describe('a creation takes the id that was in the path', () => {
  const located = (create: readonly string[]) => ({
    route: '/servers/{name}',
    key: 'name',
    hasBelow: false,
    resource: { create },
  });

  test.for<[string, readonly string[], object, boolean]>([
    ['as a member', ['name', 'host'], { name: 's1', host: 'h' }, true],
    ['inside of the only member', ['server'], { server: { name: 's1' } }, true],
    ['but not another', ['server'], { server: { name: 's2' } }, false],
    ['but not inside of one member of several', ['a', 'b'], { a: { name: 's1' } }, false],
  ])('%s', ([, create, members, isKept]) => {
    expect(keepsId(located(create), '/servers/s1', { ...members })).toBe(isKept);
  });
});

describe('a creation takes an id of several parts', () => {
  const located = (create: readonly string[]) => ({
    route: '/servers/{name}/ports/{no}+{protocol}',
    key: 'no}+{protocol',
    hasBelow: false,
    resource: { create },
  });

  test.for<[string, readonly string[], object, boolean]>([
    ['as members', ['no', 'protocol', 'weight'], { no: 80, protocol: 'tcp' }, true],
    ['inside of the only member', ['port'], { port: { no: 80, protocol: 'tcp' } }, true],
    ['but not another', ['port'], { port: { no: 80, protocol: 'udp' } }, false],
    ['but not where it takes a part alone', ['no'], { no: 80, protocol: 'tcp' }, false],
  ])('%s', ([, create, members, isKept]) => {
    expect(keepsId(located(create), '/servers/s1/ports/80+tcp', { ...members })).toBe(isKept);
  });
});

describe('who has created what is proved by reading', () => {
  const contested = (
    bodies: readonly Readonly<Record<string, unknown>>[],
    count = bodies.length,
  ): Contested => ({
    creates: bodies.map((body, index) => ({
      index,
      wire: { resource: '/sites', operation: 'create', body },
    })),
    created: Array.from({ length: count }, (_, n) => ({ id: `S${n}`, uri: `/sites/S${n}` })),
  });
  const shown: Readonly<Record<string, object>> = {
    S0: { name: 'x', city: 'y' },
    S1: { name: 'x' },
  };
  const fits = ({ wire }: { wire: object }, { id }: { id: string }): boolean =>
    Object.entries((wire as { body: object }).body).every(
      ([name, value]) => value === null || value === '' || shown[id]![name as never] === value,
    );
  const owners = (group: Contested): readonly (readonly [number, string])[] =>
    [...matchByReading(group, fits)].map(([index, { id }]) => [index, id]).toSorted() as never;

  test('where one action fits all and another only one', () => {
    expect(owners(contested([{ name: 'x' }, { name: 'x', city: 'y' }]))).toEqual([
      [0, 'S1'],
      [1, 'S0'],
    ]);
  });

  test('where two actions set nothing, each in its way', () => {
    expect(owners(contested([{ note: null }, { note: '' }])).map(([index]) => index)).toEqual([
      0, 1,
    ]);
  });

  test('but not where a resource is missing that might be the other one', () => {
    expect(owners(contested([{ name: 'x' }, { name: 'x', city: 'y' }], 1))).toEqual([]);
  });
});
