import { expect, test, vi } from 'vitest';
import type { RewritingDialect } from '../../simulators/rewriting/server.ts';
import { runRewritingTrial } from './independent/rewriting-trial.ts';
import { habits } from './independent/habits.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 240_000 });

const dialects: readonly RewritingDialect[] = ['meraki', 'axapi', 'journyx', 'graph'];

test.for(
  dialects.flatMap((dialect) => Object.keys(habits).map((habit) => [dialect, habit] as const)),
)(
  'what is promised to be reversible is restored in %s, where the server %s',
  async ([dialect, habit]) => {
    const life = { dialect, habits: habits[habit]!, count: 150, kills: 3 };
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const report = await runRewritingTrial({ ...life, seed });
      expect(report.faults).toEqual([]);
      expect(report.restored).toBeGreaterThan(20);
    }
  },
);
