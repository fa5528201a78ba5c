import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metrics } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { createFleet, type FleetMeter } from '../../generated/meraki/src/fleet.js';
import { Cluster, pause } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';
import type { Recorded } from './recording-meter.ts';

const isHere = programs !== undefined && modernNode !== undefined;
const title = isHere ? '' : ' (skipped: no PostgreSQL, or no Node 22.12 or newer)';

test('a meter of OpenTelemetry is one that a fleet takes', () => {
  const meter = metrics.getMeter('fleet');
  expectTypeOf(meter).toExtend<FleetMeter>();
  const client = (): never => {
    throw new Error('It does not work.');
  };
  expect(() =>
    createFleet({ connection: 'postgresql://127.0.0.1:1/x', client, meter }),
  ).not.toThrow();
});

describe.skipIf(!isHere)(`the metrics of a fleet${title}`, { timeout: 120_000 }, () => {
  let postgres: Postgres;
  let recorded: Recorded;
  let requests: number;

  // Two runs of one organization: the second waits while the first is at work.
  beforeAll(async () => {
    postgres = await startPostgres();
    await using cluster = await Cluster.start(postgres.connection, { batchMs: 1_000 });
    const first = await cluster.submit({ organizationId: '7', actions: 250 });
    const second = await cluster.submit({ organizationId: '7', actions: 50, from: 250 });
    const folder = mkdtempSync(join(tmpdir(), 'batchwright-metrics-'));
    const path = join(folder, 'recorded.json');
    const worker = await cluster.work({ metrics: path });
    await cluster.allEnded([first, second]);
    worker.kill('SIGTERM');
    while (worker.exitCode === null) await pause(20);
    // The worker writes it.
    recorded = JSON.parse(readFileSync(path, 'utf8')) as Recorded;
    rmSync(folder, { recursive: true });
    requests = cluster.organization('7').server.ledger.requests;
  }, 60_000);
  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
  });

  test('count each request that the API has got', () => {
    expect(recorded.sums['fleet.requests']).toBe(requests);
  });

  test('count the outcomes of actions by their status', () => {
    expect(recorded.sums['fleet.outcomes status=applied']).toBe(300);
  });

  test('say for how many seconds each run waited for its first turn', () => {
    const [first = -1, second = -1, ...more] = recorded.values['fleet.queue.wait'] ?? [];
    expect([first > 0, second > first, more]).toEqual([true, true, []]);
  });

  test('show places, runs and the age of the queue while there is work', () => {
    expect(recorded.highest).toEqual({
      'fleet.places state=busy': 1,
      'fleet.places state=free': 10,
      'fleet.runs state=queued': expect.toSatisfy((value: number) => value >= 1),
      'fleet.runs state=running': 1,
      'fleet.queue.age': expect.toSatisfy((value: number) => value > 0),
    });
  });
});
