import { expect, test } from 'vitest';
import { main } from '../../../generator/cli/main.ts';
import { paintFor } from '../../../generator/cli/terminal.ts';
import { folderWith } from '../config/files.ts';

const silent = { write: () => true };
const red = '\u001B[31merror\u001B[39m';

test('paints on a terminal that shows colours', () => {
  const paint = paintFor({ ...silent, isTTY: true, hasColors: () => true });
  expect(paint('red', 'error')).toBe(red);
});

test.each([
  ['a terminal that wants none', { isTTY: true, hasColors: () => false }],
  ['a pipe', {}],
  ['a file', { isTTY: false, hasColors: () => true }],
])('does not paint on %s', (_name, output) => {
  expect(paintFor({ ...silent, ...output })('red', 'error')).toBe('error');
});

test('paints standard error as standard error wants it, whatever standard output is', async () => {
  let text = '';
  const stderr = { isTTY: true, hasColors: () => true, write: (part: string) => (text += part) };
  await main(['genrate'], { stdout: silent, stderr, folder: folderWith({}) });
  expect(text).toContain(red);
});

test('shows the stack of a bug, and asks to report it', async () => {
  let errors = '';
  const code = await main(['generate'], {
    stdout: silent,
    stderr: { write: (part: string) => (errors += part) },
    get folder(): string {
      throw new TypeError('x is not a function');
    },
  });
  expect(code).toBe(1);
  expect(errors).toMatch(/^TypeError: x is not a function\n {4}at /);
  expect(errors).toMatch(/\nerror: This is a bug in batchwright .* Please report it, .*\n$/);
});
