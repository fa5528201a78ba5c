import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomOf } from '../../simulators/random.ts';
import { install, type Installed } from '../installed.ts';
import { killedRun, type KilledRunReport } from './killed-run.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../../generated/${name}`, import.meta.url));

const rows = 2_000;
const seed = Number(process.env['SOAK_SEED'] ?? 1);
const wanted = Number(process.env['SOAK_KILLS'] ?? 200);
const MB = 1_000_000;

let cli: Installed;

beforeAll(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
});

afterAll(() => cli[Symbol.asyncDispose]());

test(`${rows} rows of three operations, killed ${wanted} times, with faults in 5 % of the requests`, async () => {
  const random = randomOf(seed);
  const reports: KilledRunReport[] = [];
  const sum = (count: (report: KilledRunReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  while (sum(({ kills }) => kills) < wanted) {
    const report = await killedRun(cli, {
      rows,
      badEvery: 100,
      faults: 0.05,
      kills: Math.min(12, wanted - sum(({ kills }) => kills)),
      within: 4_000,
      batchMs: 300,
      random,
      name: `run-${reports.length + 1}`,
    });
    reports.push(report);
    console.log(JSON.stringify(report));
  }
  const found = {
    kills: sum(({ kills }) => kills),
    appliedTwice: sum(({ twice }) => twice.length),
    withoutVerdict: sum(({ withoutVerdict }) => withoutVerdict.length),
    different: sum(({ different }) => different.length),
  };
  const peak = Math.max(...reports.map(({ peakBytes }) => peakBytes));
  console.log(
    found,
    `requests ${sum(({ requests }) => requests)}`,
    `faulted ${sum(({ faults }) => faults)}`,
  );
  console.log(`peak memory ${(peak / MB).toFixed(0)} MB`);
  expect(found).toEqual({ kills: wanted, appliedTwice: 0, withoutVerdict: 0, different: 0 });
  expect(peak).toBeLessThanOrEqual(150 * MB);
});

test(`${rows} rows take at most 1.05 of the least possible time`, async () => {
  const batchMs = 20_000;
  const { applyMs, batches, different } = await killedRun(cli, {
    rows,
    badEvery: Infinity,
    faults: 0,
    kills: 0,
    within: 0,
    batchMs,
    random: randomOf(seed),
    name: 'undisturbed',
  });
  // Five batches at a time, each of the same length. Before the first is confirmed there is its draft; when
  // the last five have ended, the ports of a switch and the VLANs of four networks are read for each.
  const requests = 2 + 5 * 5;
  const least = Math.ceil(batches / 5) * batchMs + (requests * 1_000) / 10;
  console.log(
    `${batches} batches: ${Math.round(applyMs)} ms of ${least} ms, ${(applyMs / least).toFixed(3)}`,
  );
  expect(different).toEqual([]);
  expect(applyMs / least).toBeLessThanOrEqual(1.05);
});
