import { describe, expect, test } from 'vitest';
import { createMeraki, type Meraki } from '../../../generated/meraki/src/index.ts';
import {
  hasNginx,
  type Logged,
  type Nginx,
  startNginx,
  type Zone,
} from '../../simulators/nginx.ts';
import { childOf } from './child.ts';
import { KEY } from './client.ts';
import { load } from './load.ts';

/** A client as users get it: it keeps to 10 requests a second for each organization, with half a second's worth at once. */
function clientOf({ origin }: Nginx): Meraki {
  return createMeraki({ apiKey: KEY, userAgent: 'Faults/1.0 Acme', baseUrl: origin });
}

const zone = (organization: string, perSecond: number): Zone => ({
  pattern: `^/organizations/${organization}/`,
  perSecond,
  burst: 10,
});

interface Share {
  /** Requests that were let through, per second. */
  readonly rate: number;
  /** The part of all requests that was refused. */
  readonly refused: number;
}

/** What happened between two times, in seconds after the first request. */
function between(log: readonly Logged[], from: number, to: number): Share {
  const start = log[0]?.at ?? 0;
  const part = log.filter(({ at }) => at >= start + from * 1e3 && at < start + to * 1e3);
  const refused = part.filter(({ status }) => status === 429).length;
  return { rate: (part.length - refused) / (to - from), refused: refused / part.length };
}

const of = (log: readonly Logged[], organization: string): readonly Logged[] =>
  log.filter(({ path }) => path.startsWith(`/organizations/${organization}/`));

// They wait for most of their time, so they wait together.
describe.skipIf(!hasNginx)('nginx limits the rate (skipped where it is not installed)', () => {
  test.concurrent(
    'R40: at 10 requests a second with a burst of 10, 95 % of it is used and 1 % refused at most',
    async () => {
      await using nginx = await startNginx([zone('one', 10)]);
      await load(clientOf(nginx), 'one', 25, 14);
      const log = of(await nginx.log(), 'one');
      const steady = between(log, 2, 14);
      console.log('R40: at first', between(log, 0, 2), 'then', steady);
      expect(steady.rate).toBeGreaterThanOrEqual(9.5);
      expect(steady.refused).toBeLessThanOrEqual(0.01);
    },
    60_000,
  );

  test.concurrent(
    'R41: at half the rate a client comes down within 10 s, and up again when the rate does',
    async () => {
      await using nginx = await startNginx([zone('one', 5)]);
      const done = load(clientOf(nginx), 'one', 25, 26);
      await seconds(13);
      await nginx.limit([zone('one', 10)]);
      await done;
      const log = of(await nginx.log(), 'one');
      const down = between(log, 6, 13);
      const up = between(log, 23, 26);
      console.log('R41: at half', down, 'after', up);
      expect(down.rate).toBeGreaterThanOrEqual(0.7 * 5);
      expect(down.refused).toBeLessThanOrEqual(0.1);
      expect(up.rate).toBeGreaterThanOrEqual(0.9 * 10);
      expect(up.refused).toBeLessThanOrEqual(0.01);
    },
    60_000,
  );

  test.concurrent(
    'R42: two processes with one key share the rate; every call succeeds and none of them starves',
    async () => {
      await using nginx = await startNginx([zone('one', 10)]);
      const process = (name: string): Promise<{ readonly calls: number }> =>
        childOf(`
          import { createMeraki } from '../../../generated/meraki/src/index.ts';
          import { load } from './load.ts';
          const client = createMeraki({
            apiKey: 'key', userAgent: '${name}/1.0 Acme', baseUrl: '${nginx.origin}',
          });
          console.log(JSON.stringify({ calls: await load(client, 'one', 10, 22) }));
        `);
      const calls = await Promise.all(['First', 'Second'].map(process));
      const log = of(await nginx.log(), 'one');
      const both = between(log, 10, 22);
      const shares = ['First', 'Second'].map((name) => {
        const own = log.filter(
          ({ userAgent, status }) => userAgent.startsWith(name) && status < 300,
        );
        return own.filter(({ at }) => at >= log[0]!.at + 10_000).length;
      });
      console.log('R42:', both, 'shares', shares, 'calls', calls);
      expect(both.rate).toBeGreaterThanOrEqual(0.8 * 10);
      expect(both.refused).toBeLessThanOrEqual(0.1);
      expect(Math.min(...shares) / Math.max(...shares)).toBeGreaterThan(0.25);
      expect(log.filter(({ status }) => status === 200)).toHaveLength(
        calls[0]!.calls + calls[1]!.calls,
      );
    },
    60_000,
  );

  test.concurrent(
    'R43: an organization that is refused slows no other',
    async () => {
      await using nginx = await startNginx([zone('busy', 1), zone('free', 10)]);
      const client = clientOf(nginx);
      await Promise.all([load(client, 'busy', 10, 12), load(client, 'free', 25, 12)]);
      const log = await nginx.log();
      const free = between(of(log, 'free'), 2, 12);
      console.log('R43: free', free, 'busy', between(of(log, 'busy'), 2, 12));
      expect(of(log, 'busy').some(({ status }) => status === 429)).toBe(true);
      expect(free.rate).toBeGreaterThanOrEqual(9.5);
      expect(free.refused).toBeLessThanOrEqual(0.01);
    },
    60_000,
  );
});

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1e3));
}
