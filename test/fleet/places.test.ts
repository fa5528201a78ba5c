import { describe, expect, test } from 'vitest';
import { AddressPace } from '../../templates/runtime/fleet/pace.ts';
import { divide } from '../../templates/runtime/fleet/places.ts';

/** Time that passes when somebody sleeps. */
class FastClock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    this.#now += ms;
    return Promise.resolve();
  }
}

describe('the places of an address', () => {
  const workers = (...wants: readonly number[]): readonly { id: string; wants: number }[] =>
    wants.map((want, index) => ({ id: `w${index}`, wants: want }));
  const shares = (limit: number, ...wants: readonly number[]): readonly number[] => {
    const divided = divide(limit, workers(...wants));
    return workers(...wants).map(({ id }) => divided.get(id) ?? 0);
  };

  test('go to one worker as far as it wants them', () => {
    expect(shares(10, 10)).toEqual([10]);
    expect(shares(10, 25)).toEqual([10]);
    expect(shares(10, 4)).toEqual([4]);
  });

  test('are divided evenly, the oldest have the rest', () => {
    expect(shares(10, 10, 10)).toEqual([5, 5]);
    expect(shares(10, 10, 10, 10)).toEqual([4, 3, 3]);
    expect(shares(2, 10, 10, 10)).toEqual([1, 1, 0]);
  });

  test('go to those who want more where others want less', () => {
    expect(shares(10, 10, 2)).toEqual([8, 2]);
    expect(shares(10, 1, 10, 3)).toEqual([1, 6, 3]);
  });

  test('have no bound where the address has none', () => {
    expect(shares(Infinity, 10, 3)).toEqual([10, 3]);
  });
});

describe('the pace of an address', () => {
  async function times(share: () => number, requests: number): Promise<readonly number[]> {
    const clock = new FastClock();
    const pace = new AddressPace(share, clock);
    const all: number[] = [];
    for (let count = 0; count < requests; count += 1) {
      await pace.turn(new AbortController().signal);
      all.push(clock.now());
    }
    return all;
  }

  /** The most that any window of a second holds. */
  function densest(all: readonly number[]): number {
    return Math.max(
      ...all.map((from) => all.filter((time) => time >= from && time < from + 1_000).length),
    );
  }

  test.each([1, 10, 50, 100])('lets out at most %d requests in any second', async (share) => {
    const all = await times(() => share, share * 4);
    expect(densest(all)).toBe(share);
    expect(all.at(-1)).toBe(3_000);
  });

  test('lets fewer out once the share is smaller', async () => {
    let asked = 0;
    const all = await times(() => ((asked += 1) > 100 ? 10 : 100), 150);
    expect(densest(all.slice(100))).toBe(10);
  });

  test('lets none out while there is no share, until the one who waits gives up', async () => {
    const pace = new AddressPace(() => 0);
    const aborted = new AbortController();
    let isOut = false;
    const turn = pace.turn(aborted.signal).then(() => (isOut = true));
    await Promise.resolve();
    expect(isOut).toBe(false);
    aborted.abort();
    await turn;
  });
});
