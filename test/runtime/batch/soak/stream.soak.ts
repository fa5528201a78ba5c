import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fastClock } from '../../../simulators/clock.ts';
import { startMeraki } from '../../../simulators/meraki-http.ts';
import { bundled, live } from './process.ts';

const count = Number(process.env['SOAK_STREAM'] ?? 1_000_000);

test('a stream of a million actions takes less than 300 MB', async () => {
  const speed = 200;
  const seen = new Uint8Array(count);
  const folder = await mkdtemp(join(tmpdir(), 'batch-stream-'));
  await using simulator = await startMeraki({
    clock: fastClock(speed),
    batchMs: 5_000,
    jitter: 0.5,
    applied: ({ body }) => {
      const n = Number(body?.['n']);
      seen[n] = Math.min(2, (seen[n] ?? 0) + 1);
    },
  });
  try {
    const script = await bundled('stream-child', folder);
    const begin = performance.now();
    const output = await live([script, simulator.baseUrl, String(count), String(speed)]);
    const report = JSON.parse(output ?? '') as {
      readonly applied: number;
      readonly megabytes: number;
    };
    console.log(output, `${Math.round((performance.now() - begin) / 1_000)} s`);
    expect(report).toMatchObject({ applied: count, complete: true });
    expect(seen.every((times) => times === 1)).toBe(true);
    expect(report.megabytes).toBeLessThan(300);
  } finally {
    await rm(folder, { recursive: true });
  }
});
