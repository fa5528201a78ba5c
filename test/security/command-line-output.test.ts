import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { PlanFile } from '../../templates/cli-runtime/bulk/plan-file.ts';
import { printAnswer } from '../../templates/cli-runtime/call/print-answer.ts';
import { formats } from '../../templates/cli-runtime/output/print-rows.ts';
import { ResultsFile } from '../../templates/cli-runtime/run/results.ts';
import type { Console } from '../../templates/cli-runtime/terminal/console.ts';

/** What `results.csv` holds of a row with this cell, and of what the server says. */
async function resultsOf(cell: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const row = { row: 1, group: '', operation: '', input: {}, cells: [cell] };
  const plan: PlanFile = {
    plan: 1,
    bin: 'a',
    scope: {},
    columns: ['name'],
    rows: [row],
    hash: '',
    text: '',
  };
  const path = join(folder, 'results.csv');
  const file = new ResultsFile(path, plan);
  const outcome = { status: 'applied', value: { id: cell }, batchId: cell, message: cell } as const;
  await file.finish([outcome]);
  return readFileSync(path, 'utf8').split('\n')[1] ?? '';
}

test.each(["=cmd|' /C calc'!A0", '@SUM(1)', '+1+1', '-1+1', '\t=1', '-cmd'])(
  'a spreadsheet runs no formula of a row or of a server: %j',
  async (text) => {
    const shown = `'${text}`;
    expect(await resultsOf(text)).toBe(`${shown},1,applied,${shown},${shown},${shown},`);
  },
);

test.each(['-5', '+49', '1.5', '-1e3', 'a=b', '12 %'])('%s stays as it is', async (text) => {
  expect(await resultsOf(text)).toBe(`${text},1,applied,${text},${text},${text},`);
});

/** What is printed of an answer. */
async function printed(
  value: unknown,
  format: (typeof formats)[number],
  isTTY: boolean,
  raw = false,
): Promise<string> {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const console: Console = { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: {} };
  const options = { format, fields: [], all: false, raw };
  await printAnswer(Promise.resolve(value), false, options, console);
  return String(stdout.read() ?? '');
}

const hostile = '\u001b]0;x\u0007\u009b31m\u202E\u{E0041}';
const controls = /(?!\n)[\p{Cc}\u202e]|\u{E0041}/u;
const answers: readonly (readonly [string, unknown])[] = [
  ['a text', hostile],
  ['bytes', new TextEncoder().encode(hostile)],
  ['a file', new Blob([hostile])],
  ['an object', { [hostile]: hostile }],
  ['a list', [{ name: hostile }]],
];

test.each(
  answers.flatMap(([name, value]) => formats.map((format) => [name, format, value] as const)),
)('a terminal is not controlled by %s as %s', async (_name, format, value) => {
  expect(await printed(value, format, true)).not.toMatch(controls);
  expect(await printed(value, format, true, true)).not.toMatch(controls);
});

test.each(['json', 'jsonl'] as const)(
  '%s starts no command and is the same value',
  async (format) => {
    const value = { name: `##vso[task.complete]${hostile}` };
    const text = await printed(value, format, false);
    expect(text).not.toMatch(/##vso\[/);
    expect(text).not.toMatch(controls);
    expect(JSON.parse(text)).toEqual(value);
  },
);

test('what is no terminal gets a body as it came', async () => {
  expect(await printed(hostile, 'json', false)).toBe(hostile);
});
