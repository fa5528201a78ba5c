import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { batchRules } from '../../../generator/diff/api/batch-rules.ts';
import { changes } from '../../../generator/diff/schema/changes.ts';
import { typeRules } from '../../../generator/diff/types/type-rules.ts';
import { wireRules } from '../../../generator/diff/wire/rules.ts';
import { annotations } from '../../../generator/diff/schema/annotation-rules.ts';
import { severityOf } from '../../../generator/diff/schema/severity.ts';

const text = readFileSync(new URL('../../../docs/diff-rules.md', import.meta.url), 'utf8');
// The tables behind it hold the rules of others.
const [page = ''] = text.split('## Where we decide otherwise');

test('docs/diff-rules.md has a row for every rule, and no other', () => {
  const rows = [...page.matchAll(/^\| `(?<rule>[a-z…-]+)` +\| (?<cells>.*) \|$/gm)]
    .map(({ groups }) => [
      groups?.['rule'],
      groups?.['cells']?.split('|').map((cell) => cell.trim()),
    ])
    .filter(([, cells]) => ['breaking', 'warning', 'info', 'docs'].includes(cells?.[0] ?? ''));
  const tables = [wireRules, batchRules, typeRules];
  const plain = tables
    .flatMap((table) => Object.entries(table))
    .map(([rule, { severity, text }]) => [rule, [severity, text]]);
  const notes = Object.values(annotations).map(({ rule, severity, text }) => [
    rule,
    [severity, text],
  ]);
  const schemas = Object.entries(changes).map(([name, change]) => [
    `…-${name}`,
    [severityOf(change, 'request'), severityOf(change, 'response'), change.text],
  ]);
  const sorted = (list: readonly unknown[]) => list.map((row) => JSON.stringify(row)).toSorted();
  expect(sorted(rows)).toEqual(sorted([...plain, ...schemas, ...notes]));
});
