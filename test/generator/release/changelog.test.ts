import { expect, test } from 'vitest';
import type { Finding } from '../../../generator/diff/finding.ts';
import { notesOf, withSection } from '../../../generator/release/changelog.ts';

const finding = (each: Partial<Finding>): Finding => ({
  rule: 'type-removed',
  axis: 'types',
  severity: 'breaking',
  message: '`Pet` is gone',
  fingerprint: 'f',
  ...each,
});

test('says what breaks first, and what compiles before what is sent', () => {
  const notes = notesOf({
    document: '2.0',
    former: '1.0',
    operations: 3,
    findings: [
      finding({
        axis: 'wire',
        rule: 'status-removed',
        operation: 'getPet',
        message: '200 is gone',
      }),
      finding({}),
      finding({ severity: 'info', message: '`Owner` is new' }),
      finding({ severity: 'docs', message: 'x' }),
    ],
  });
  expect(notes).toBe(`\
From version 2.0 of the API (before: 1.0). **major**: 2 of 4 changes break (wire, types).

### Breaking

- \`Pet\` is gone
- \`getPet\`: 200 is gone

### Other changes

- \`Owner\` is new

Also 1 change of documentation.
`);
});

test('takes nothing that a document says for markup', () => {
  const notes = notesOf({
    document: '1 [x](http://evil.example)',
    operations: 1,
    findings: [finding({ message: '<img src=x> is gone, @someone' })],
  });
  expect(notes).toContain('1 &#91;x&#93;(http://evil.example)');
  expect(notes).toContain('- &lt;img src=x&gt; is gone, @<!-- -->someone');
});

const section = '## 1.1.0\n\nNew.\n';

test.each([
  ['no file', undefined, `# Changelog\n\n${section}`],
  ['an empty file', '\n', `# Changelog\n\n${section}`],
  [
    'sections of older versions',
    '# News\n\nAll of it.\n\n## 1.0.0\n\nFirst.\n',
    `# News\n\nAll of it.\n\n${section}\n## 1.0.0\n\nFirst.\n`,
  ],
  [
    'a section for what comes next, and versions in brackets',
    '# News\n\n## Unreleased\n\nSoon.\n\n## [1.0.0] - 2026-01-01\n\nFirst.\n',
    `# News\n\n## Unreleased\n\nSoon.\n\n${section}\n## [1.0.0] - 2026-01-01\n\nFirst.\n`,
  ],
  ['no version at all', '# News\n\nHand-made.', `# News\n\nHand-made.\n\n${section}`],
  [
    'a section of that version, written by hand',
    '# News\n\n## 1.1.0\n\nThanks to all.\n\n## 1.0.0\n\nFirst.\n',
    '# News\n\n## 1.1.0\n\nThanks to all.\n\nNew.\n\n## 1.0.0\n\nFirst.\n',
  ],
  ['the same section already', `# News\n\n${section}`, `# News\n\n${section}`],
  [
    'other line ends',
    '# News\r\n\r\n## 1.0.0\r\n',
    '# News\r\n\r\n## 1.1.0\r\n\r\nNew.\r\n\r\n## 1.0.0\r\n',
  ],
])('adds a section where there is %s', (_, before, after) => {
  expect(withSection(before, '1.1.0', 'New.\n')).toBe(after);
});
