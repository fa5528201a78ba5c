import { expect, test } from 'vitest';
import type { OperationRow } from '../../../templates/explorer/explorer-data.ts';
import { searchOver } from '../../../templates/explorer/page/search.ts';

const rows: readonly OperationRow[] = [
  ['getNetworkEvents', 'GET', '/networks/{networkId}/events', 'List what happened', []],
  ['getNetwork', 'GET', '/networks/{networkId}', 'One network', []],
  ['updatePort', 'PUT', '/ports/{portId}', 'Change a port of a network', ['batch']],
  ['portsOf', 'GET', '/devices/{serial}/ports', 'Ports', ['pages']],
];

function namesFor(query: string, limit = 10): readonly (string | undefined)[] {
  return searchOver(rows)(query, limit).places.map((place) => rows[place]?.[0]);
}

test('puts the name itself before names that begin with it, and those before other texts', () => {
  expect(namesFor('getnetwork')).toEqual(['getNetwork', 'getNetworkEvents']);
  expect(namesFor('network')).toEqual(['getNetworkEvents', 'getNetwork', 'updatePort']);
});

test('finds what has every word, wherever it stands', () => {
  expect(namesFor('port change')).toEqual(['updatePort']);
  expect(namesFor('get /devices')).toEqual(['portsOf']);
  expect(namesFor('port nothing')).toEqual([]);
});

test('finds nothing for no words', () => {
  expect(namesFor('  ')).toEqual([]);
});

test('says how many there are beyond the limit', () => {
  expect(searchOver(rows)('network', 2)).toEqual({ places: [0, 1], more: 1 });
});
