import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostics.ts';
import { reportDiagnostics, type ReportOptions } from '../../../generator/diagnostics/format.ts';

const plain: ReportOptions = { paint: (_style, text) => text, folder: '/home/me', verbose: false };

function report(
  list: readonly Partial<Diagnostic>[],
  options: Partial<ReportOptions> = {},
): string {
  const base = { code: 'a/b', severity: 'error', message: 'No.' } as const;
  return reportDiagnostics(
    list.map((diagnostic) => ({ ...base, ...diagnostic })),
    { ...plain, ...options },
  );
}

test('prints place, severity, code, message, pointer and hint', () => {
  const place = { file: '/home/me/api.yaml', line: 3, column: 7 };
  expect(report([{ ...place, pointer: '/paths/~1x', hint: 'Do this.' }])).toBe(`\
api.yaml:3:7: error a/b: No.
    at /paths/~1x
    hint: Do this.
`);
});

test.each([
  ['/home/me/api.yaml', 'api.yaml'],
  ['/home/you/api.yaml', '../you/api.yaml'],
  ['/x', '/x'],
  ['https://example.com/api.yaml', 'https://example.com/api.yaml'],
])('names the file %s as %s', (file, name) => {
  expect(report([{ file }])).toBe(`${name}: error a/b: No.\n`);
});

test('prints errors first, each kind together, its hint once', () => {
  const list = [
    { severity: 'warning', code: 'w/x', message: '1', hint: 'Once.' },
    { code: 'e/y', message: '2', hint: 'One.' },
    { code: 'e/x', message: '3' },
    { severity: 'warning', code: 'w/x', message: '4', hint: 'Once.' },
    { code: 'e/y', message: '5', hint: 'Another.' },
  ] as const;
  expect(report(list)).toBe(`\
error e/x: 3
error e/y: 2
    hint: One.
error e/y: 5
    hint: Another.
warning w/x: 1
warning w/x: 4
    hint: Once.
`);
});

test('prints what is merely worth knowing only if asked', () => {
  expect(report([{ severity: 'info' }])).toBe('');
  expect(report([{ severity: 'info' }], { verbose: true })).toBe('info a/b: No.\n');
});

test('counts notes, where there are too many to print', () => {
  const notes = Array.from({ length: 1002 }, () => ({ severity: 'info' }) as const);
  const lines = report(notes, { verbose: true }).trimEnd().split('\n');
  expect(lines.at(-1)).toBe('… and 2 notes more; --format json shows all of them.');
});

test('counts notes beside warnings', () => {
  const many = Array.from(
    { length: 1004 },
    (_, index) => ({ severity: index < 1001 ? 'warning' : 'info' }) as const,
  );
  const lines = report(many, { verbose: true }).trimEnd().split('\n');
  expect(lines.at(-1)).toBe('… and 1 warning, 3 notes more; --format json shows all of them.');
});

test('prints the first fifty, and counts the rest', () => {
  const many = Array.from(
    { length: 60 },
    (_, index) =>
      ({
        severity: index < 20 ? 'warning' : 'error',
      }) as const,
  );
  const lines = report([...many, ...many]).split('\n');
  expect(lines).toHaveLength(52);
  expect(lines[50]).toBe('… and 30 errors, 40 warnings more; --format json shows all of them.');
});

describe('many warnings of a kind', () => {
  const warnings = Array.from({ length: 101 }, (_, index) => ({
    severity: index % 2 === 0 ? ('warning' as const) : ('info' as const),
    code: index % 3 === 0 ? 'w/x' : 'w/y',
    message: String(index),
    hint: 'Look.',
  }));

  test('are shown by a few of them', () => {
    expect(report(warnings)).toBe(`\
warning w/x: 0
warning w/x: 6
warning w/x: 12
    hint: Look.
… and 14 more of this kind; --verbose shows them.
warning w/y: 2
warning w/y: 4
warning w/y: 8
    hint: Look.
… and 31 more of this kind; --verbose shows them.
`);
  });

  test('are all shown if asked', () => {
    const lines = report(warnings, { verbose: true }).split('\n');
    expect(lines.filter((line) => /^(?:warning|info) /.test(line))).toHaveLength(101);
  });

  test('hide neither few warnings of another kind nor any error', () => {
    const others = Array.from({ length: 5 }, () => ({ severity: 'warning', code: 'w/a' }) as const);
    const errors = Array.from({ length: 9 }, () => ({ code: 'w/x' }));
    const lines = report([...warnings, ...others, ...errors]).split('\n');
    expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(9);
    expect(lines.filter((line) => line.startsWith('warning w/a'))).toHaveLength(5);
  });
});

test('does not let a document control the terminal', () => {
  expect(report([{ message: 'a\u001B[2Jb\r\nc\u202Ed\0', pointer: '/\u009B31m' }])).toBe(`\
error a/b: a\\u{1b}[2Jb c\\u{202e}d\\u{0}
    at /\\u{9b}31m
`);
});

test('does not print texts of any length', () => {
  expect(report([{ message: 'x'.repeat(1e7) }]).length).toBeLessThan(1100);
});
