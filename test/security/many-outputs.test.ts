import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdSignals } from '../../generator/write/signals.ts';
import { folderWith } from '../generator/config/files.ts';
import { writeAll } from '../generator/write/folder.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

test('many outputs at once share their listeners, and leave none', async () => {
  const before = signals.map((name) => process.listenerCount(name));
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const folder = folderWith({});
  const writes = Array.from({ length: 40 }, (_, index) =>
    writeAll(join(folder, String(index)), { 'a.ts': 'a\n' }),
  );
  expect((await Promise.all(writes)).flatMap(({ codes }) => codes)).toEqual([]);
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(signals.map((name) => process.listenerCount(name))).toEqual(before);
});

test.each([2, 11, 100])('%i that hold signals back add one listener', async (count) => {
  const before = process.listenerCount('SIGINT');
  const held = Array.from({ length: count }, () => holdSignals());
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  await Promise.all(held.map(({ release }) => release()));
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('a signal that one of them hears is heard by all, and is sent on by the last', async () => {
  const [first, second] = [holdSignals(), holdSignals()];
  const received: string[] = [];
  const other = (signal: string): void => void received.push(signal);
  process.on('SIGHUP', other);
  process.kill(process.pid, 'SIGHUP');
  expect([await first.heard(), await second.heard()]).toEqual([true, true]);
  await first.release();
  await second.release();
  const next = holdSignals();
  expect(await next.heard()).toBe(false);
  await next.release();
  process.off('SIGHUP', other);
  expect(received).toEqual(['SIGHUP']);
});
