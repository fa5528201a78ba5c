import { expect, test } from 'vitest';
import type { Finding } from '../../generator/diff/finding.ts';
import { htmlReport } from '../../generator/diff/report/html.ts';
import { markdownReport } from '../../generator/diff/report/markdown.ts';

// A report stands in a pull request or on a page, and its texts come from somebody's document.

function finding(message: string): Finding {
  return {
    rule: 'operation/removed',
    axis: 'wire',
    severity: 'breaking',
    message,
    fingerprint: '0',
  };
}

/** The cell of the report's only row that holds the message. */
function cellOf(message: string): string {
  const row = markdownReport([finding(message)])
    .split('\n')
    .find((line) => line.startsWith('| wire'));
  return row?.slice('| wire |  | '.length, -' | `operation/removed` |'.length) ?? '';
}

test.each([
  ['a bar', 'a | b', 'a &#124; b'],
  ['a bar behind a backslash', 'a\\| b', 'a&#92;&#124; b'],
  ['a bar in code', '`a | b`', '<code>a &#124; b</code>'],
  ['a bar behind a backslash in code', '`a\\|b`', '<code>a&#92;&#124;b</code>'],
  ['an image', '![x](https://evil.example)', '&#33;&#91;x&#93;(https://evil.example)'],
  [
    'an image behind the end of code',
    '`a`![x](//evil.example)`b`',
    '`a`&#33;&#91;x&#93;(//evil.example)`b`',
  ],
  ['an element', '<img src=x>', '&lt;img src=x&gt;'],
  ['an element in code with a bar', '`<b>|`', '<code>&lt;b&gt;&#124;</code>'],
  ['a mention', '@team', '@<!-- -->team'],
  ['a reference to another change', 'fixes #12', 'fixes #<!-- -->12'],
  ['code of ours', '`getThing` was removed', '`getThing` was removed'],
])('the report for a pull request shows %s as text', (_, message, cell) => {
  expect(cellOf(message)).toBe(cell);
});

test('the page shows characters that change the direction of writing as text', () => {
  expect(htmlReport([finding('a\u202eb\u200b<b>')])).toContain(
    '<td>a\\u{202e}b\\u{200b}&lt;b&gt;</td>',
  );
});
