import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../../templates/runtime/batch/pace/rate-limiter.ts';
import { VirtualClock } from '../../simulators/clock.ts';

/** When each of so many requests had its turn, of a limiter of ten a second and five at once. */
async function turnsOf(
  count: number,
  meanwhile: (clock: VirtualClock, limiter: RateLimiter) => Promise<void> | void,
): Promise<readonly number[]> {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(clock, 10, 5);
  const turns: number[] = [];
  const all = Array.from({ length: count }, () =>
    limiter.turn().then(() => void turns.push(clock.now())),
  );
  await meanwhile(clock, limiter);
  await Promise.all(all);
  return turns;
}

/** The most turns within a second. */
function mostInASecond(turns: readonly number[]): number {
  return Math.max(
    ...turns.map((from) => turns.filter((at) => at >= from && at < from + 1_000).length),
  );
}

const most = 10 + 5;

describe('requests that wait for their turn keep to the rate', () => {
  test.for([
    { what: 'nothing happens', at: 0, ms: 0 },
    { what: 'the process stands still for a moment', at: 1_000, ms: 200 },
    { what: 'the process stands still for a few seconds', at: 1_000, ms: 3_000 },
    { what: 'the process stands still for 400 s', at: 1_000, ms: 400_000 },
    { what: 'it stands still before the first waits', at: 0, ms: 60_000 },
  ])('where $what', async ({ at, ms }) => {
    const turns = await turnsOf(100, async (clock) => {
      await clock.sleep(at);
      clock.jump(ms);
    });
    expect(turns).toHaveLength(100);
    expect(mostInASecond(turns)).toBeLessThanOrEqual(most);
  });

  test('where it stands still while the server holds all back', async () => {
    const turns = await turnsOf(60, async (clock, limiter) => {
      limiter.hold(5_000);
      await clock.sleep(2_000);
      clock.jump(100_000);
    });
    expect(mostInASecond(turns)).toBeLessThanOrEqual(most);
  });

  test('and are not late where it does not stand still', async () => {
    const turns = await turnsOf(50, () => undefined);
    expect(turns.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 100]);
    expect(turns.at(-1)).toBe(4_500);
  });
});
