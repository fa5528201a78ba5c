// The command as `npm ci` leaves it; `npm test` builds it first.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { readFiles } from '../emit.ts';
import { trace } from './complaints.ts';
import { faultsOf } from './inspect.ts';
import { masses } from './structures.ts';

const bin = fileURLToPath(new URL('../../dist/bin/cli.js', import.meta.url));
const limit = { milliseconds: 45_000, kibibytes: 1_500_000 };
/** Says last how much memory the process took. */
const meter = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`;

const folder = await mkdtemp(join(tmpdir(), 'batchwright-masses-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly said: string;
  readonly kibibytes: number;
}

async function generate(input: string, output: string): Promise<Run> {
  const child = spawn(
    process.execPath,
    ['--import', meter, bin, 'generate', '--lenient', '--input', input, '--output', output],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit.milliseconds },
  );
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const kibibytes = Number(stderr.trimEnd().split('\n').at(-1));
  return { status: await exit, said: stdout + stderr, kibibytes };
}

for (const [index, { name, outcome, document }] of masses.entries()) {
  const isLarge = /megabytes|million/.test(name);
  test(`${name}: ${outcome}`, { timeout: 2 * limit.milliseconds }, async () => {
    const input = join(folder, `${index}.json`);
    await writeFile(input, typeof document === 'string' ? document : JSON.stringify(document));
    const { status, said, kibibytes } = await generate(input, `p${index}`);
    expect(status).toBe(outcome === 'emitted' ? 0 : 1);
    expect(said).not.toMatch(trace);
    if (outcome !== 'emitted') expect(said).toContain(outcome);
    expect(kibibytes).toBeLessThan(limit.kibibytes);
    const files = [...(await readFiles(join(folder, `p${index}`)).catch(() => new Map()))];
    expect(files.length > 0).toBe(outcome === 'emitted');
    expect(faultsOf(files.map(([path, content]) => ({ path, text: content })))).toEqual([]);
    if (isLarge) await rm(join(folder, `p${index}`), { recursive: true, force: true });
  });
}

test('What is left of these compiles', { timeout: 300_000 }, async () => {
  expect(await compile(folder, ['p*/src'])).toEqual([]);
});
