// The generator as `npm ci` leaves it; `npm test` builds it first.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostics.ts';
import { Process } from '../corpus/process.ts';
import { readFiles } from '../../support/emit.ts';
import { complaints, outcomeOf } from './complaints.ts';
import { Packages } from './packages.ts';
import { masses } from './structures.ts';

interface Job {
  readonly input: string;
  readonly output: string;
}

interface Reply {
  readonly diagnostics: readonly Diagnostic[];
  readonly thrown?: string;
  /** The most memory that the process has had. */
  readonly kibibytes: number;
}

const limit = { milliseconds: 45_000, megabytes: 1500 };
const module = new URL('generate.mjs', import.meta.url).href;
const generator = new Process<Job, Reply>(module, limit.milliseconds, limit.megabytes);
const packages = new Packages();
const folder = await mkdtemp(join(tmpdir(), 'batchwright-masses-'));
afterAll(async () => {
  generator.close();
  await packages.remove();
  await rm(folder, { recursive: true, force: true });
});

test.each(masses)('$name: $outcome', { timeout: 120_000 }, async ({ name, outcome, document }) => {
  const input = join(folder, 'openapi.json');
  const output = join(folder, 'output');
  await writeFile(input, typeof document === 'string' ? document : JSON.stringify(document));
  const answer = await generator.ask({ input, output });
  expect(answer).toEqual({ reply: expect.anything() });
  if (!('reply' in answer)) return;
  const { diagnostics, thrown, kibibytes } = answer.reply;
  expect(thrown).toBeUndefined();
  expect(kibibytes).toBeLessThan(limit.megabytes * 1024);
  const texts = outcome === 'emitted' ? await readFiles(output) : new Map<string, string>();
  const files = [...texts].map(([path, text]) => ({ path, text }));
  expect(complaints({ files, diagnostics })).toEqual([]);
  expect(outcomeOf({ files, diagnostics })).toBe(outcome);
  if (!/megabytes|million/.test(name)) await packages.add(name, files);
  await rm(output, { recursive: true, force: true });
});

test('What came of these compiles', { timeout: 300_000 }, async () => {
  expect(packages.count).toBeGreaterThan(10);
  expect(await packages.errors()).toEqual([]);
});
