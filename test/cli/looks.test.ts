import { expect, test } from 'vitest';
import { Looks } from '../../templates/cli-runtime/calls/looks.ts';
import type { CallAction } from '../../templates/cli-runtime/calls/call-action.ts';
import type { GeneratedApi } from '../../templates/cli-runtime/operations/generated-api.ts';
import type { Operation } from '../../templates/cli-runtime/operations/table.ts';

const id = { key: 'id', in: 'path', required: true, shape: {} } as const;
const operation = (name: string, more: object): Operation =>
  ({ name, group: 'items', params: [], ...more }) as unknown as Operation;

/** What is read of some items, where their list has pages of two. */
async function readsOf(wanted: readonly number[], listed: readonly number[]): Promise<unknown> {
  const reads: string[] = [];
  const list = {
    async *pages() {
      for (let from = 0; from < listed.length; from += 2) {
        reads.push(`page ${from / 2 + 1}`);
        yield { items: listed.slice(from, from + 2).map((each) => ({ id: each, name: 'old' })) };
      }
    },
  };
  const items = {
    getItems: () => list,
    getItem: async (_: object, input: { readonly id: string }) => {
      reads.push(`item ${input.id}`);
      return { id: Number(input.id), name: 'old' };
    },
  };
  const api = { modules: { groups: { items: async () => items } } } as unknown as GeneratedApi;
  const actions = wanted.map((each): CallAction => {
    const listing = operation('getItems', { paged: true });
    return {
      row: each,
      group: 'items',
      operation: 'updateItem',
      method: 'PUT',
      path: `/items/${each}`,
      adds: false,
      input: { id: String(each) },
      body: { name: 'new' },
      reading: operation('getItem', { params: [id] }),
      item: { id: String(each), collection: '/items', listing, names: ['id'] },
    };
  });
  const looks = new Looks(api, {}, actions);
  const found = await Promise.all(actions.map((action) => looks.at(action)));
  expect(found).toEqual(wanted.map((each) => ({ id: each, name: 'old' })));
  return reads;
}

test('a list is read until it has shown what is changed', async () => {
  expect(await readsOf([1, 2], [1, 2, 3, 4])).toEqual(['page 1']);
  expect(await readsOf([1, 3], [1, 2, 3, 4, 5, 6])).toEqual(['page 1', 'page 2']);
});

test('no more pages are read than resources are changed', async () => {
  const many = Array.from({ length: 20 }, (_, at) => at + 1);
  expect(await readsOf([1, 19], many)).toEqual(['page 1', 'page 2', 'item 19']);
});

test('one resource is read by itself', async () => {
  expect(await readsOf([2], [1, 2])).toEqual(['item 2']);
});
