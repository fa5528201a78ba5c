import { expect, test, vi } from 'vitest';
import { runUndoTrial } from './independent/undo-trial.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 240_000 });

test.for([
  { seed: 1, kills: 0 },
  { seed: 2, kills: 3 },
  { seed: 3, kills: 6 },
])('what is promised to be reversible is restored: seed $seed, $kills kills', async (life) => {
  const report = await runUndoTrial(life.seed, 1_000, life.kills);
  expect(report.faults).toEqual([]);
  expect(report.applied).toBe(1_000);
  expect(report.restored).toBeGreaterThan(400);
  expect(report.leftAlone).toBeGreaterThan(10);
});
