import { expect, test, vi } from 'vitest';
import { runTrial } from './independent/trial.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

// With this seed, batches fail while nothing can be read.
const seed = 1;

test.for([
  ['is refused', 'refused-connection', 110_000],
  ['breaks', 'reset', 110_000],
  ['breaks for three minutes', 'reset', 200_000],
] as const)(
  'what a failed batch may have kept is looked at when a connection that %s is there again',
  async ([, how, until]) => {
    const conduct = { failing: [{ how, from: 20_000, until }] };
    const { unknown, lost, twice, notDone } = await runTrial({ conduct }, seed, 1_000, 0);
    expect({ unknown, lost, twice, notDone }).toEqual({
      unknown: 0,
      lost: 0,
      twice: 0,
      notDone: 0,
    });
  },
);
