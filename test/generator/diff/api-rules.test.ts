import { describe, expect, test } from 'vitest';
import { diffBatches } from '../../../generator/diff/api/batches.ts';
import { diff } from '../../../generator/diff/diff.ts';
import type { ApiDescription, Operation, Pagination } from '../../../generator/ir/ir.ts';
import type { Paging } from '../../../generator/ir/paging.ts';
import { batchRules } from '../../../generator/diff/api/batch-rules.ts';
import { typeRules } from '../../../generator/diff/types/type-rules.ts';
import { batchPairs, typePairs } from './api-pairs.ts';
import { diffOf, sideOf } from './documents.ts';
import { Judge } from './mutations/judge.ts';
import type { BatchBinding } from '../../../generator/ir/batch-binding.ts';

describe.each(Object.entries(typePairs))('%s', (rule, [old, now]) => {
  test('is found', async () => {
    const findings = await diffOf(old, now, ['types']);
    // The table holds a row for each rule, as its type says.
    const { severity } = typeRules[rule as keyof typeof typeRules];
    expect(findings).toContainEqual(expect.objectContaining({ rule, severity, axis: 'types' }));
  });

  test('nothing is found where nothing changed', async () => {
    expect(await diffOf(old, structuredClone(old), ['types', 'batches'])).toEqual([]);
  });
});

test.each(Object.entries(batchPairs))('%s is found', async (rule, [old, now]) => {
  const findings = await diffOf(old, now, ['batches']);
  // As above.
  const { severity } = batchRules[rule as keyof typeof batchRules];
  expect(findings).toContainEqual(expect.objectContaining({ rule, severity, axis: 'batches' }));
});

test('the compiler agrees with each of them', async () => {
  const judge = await Judge.create();
  const breaks = new Map<string, boolean>();
  for (const [rule, [before, after]] of Object.entries(typePairs)) {
    const [old, now] = await Promise.all([sideOf(before), sideOf(after)]);
    const findings = diff(old, now, ['types']);
    breaks.set(
      rule,
      findings.some(({ severity }) => severity === 'breaking'),
    );
    await judge.add(rule, old, now);
  }
  const refused = [...judge.verdicts()].map(([rule, errors]) => [rule, errors.length > 0] as const);
  expect(new Map(refused)).toEqual(breaks);
}, 60_000);

/** An API whose only operation is edited: what no document says in a few lines. */
async function editedApi(edit: (operation: Operation) => Operation): Promise<ApiDescription> {
  const { api } = await sideOf(batchPairs['batch-removed']?.[0] ?? {});
  return {
    ...api,
    groups: api.groups.map((group) => ({ ...group, operations: group.operations.map(edit) })),
  };
}

const pages = (paging: Paging, items?: readonly string[]): Pagination => ({
  paging,
  items,
  itemType: { kind: 'scalar', name: 'string' },
});
const byLink: Paging = { kind: 'link', direction: 'next' };

test.each<[string, Partial<Operation>, Partial<Operation>]>([
  [
    'paging-changed',
    { pagination: pages(byLink) },
    { pagination: pages({ kind: 'url', url: ['next'] }) },
  ],
  [
    'paging-changed',
    { pagination: pages(byLink) },
    { pagination: pages({ kind: 'link', direction: 'prev' }) },
  ],
  ['page-items-moved', { pagination: pages(byLink) }, { pagination: pages(byLink, ['items']) }],
])('%s is found', async (rule, old, now) => {
  const before = await editedApi((operation) => ({ ...operation, ...old }));
  const after = await editedApi((operation) => ({ ...operation, ...now }));
  expect(diffBatches(before, after).map((each) => each.rule)).toEqual([rule]);
});

const bound = { dialect: 'meraki', operation: 'update', summary: '', creates: false, members: [] };

test.each<[string, Partial<BatchBinding>, Partial<BatchBinding>]>([
  ['batch-dialect-changed', {}, { dialect: 'graph' }],
  ['batch-id-removed', { creates: true }, {}],
  ['batch-id-added', {}, { creates: true }],
  ['batch-place-changed', { at: ['/pets'] }, { at: ['/animals'] }],
])('%s is found', async (rule, old, now) => {
  const before = await editedApi((operation) => ({ ...operation, batch: { ...bound, ...old } }));
  const after = await editedApi((operation) => ({ ...operation, batch: { ...bound, ...now } }));
  expect(diffBatches(before, after).map((each) => each.rule)).toEqual([rule]);
});
