import { getEventListeners } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tokenBucket } from '../../../generated/meraki/src/runtime/transport/rate-limit.ts';
import { answer, silent, slowBody } from '../../simulators/fault-acts.ts';
import type { Act } from '../../simulators/faults.ts';
import { fullBacklog } from '../../simulators/full-backlog.ts';
import { clientAt, eventually, failure, type Options, random, serve, until } from './client.ts';

const networkId = 'N_1';

/** How many timers of the client's own run. */
function timers(): () => number {
  const running = new Set<unknown>();
  const { setTimeout: start, clearTimeout: clear } = globalThis;
  vi.stubGlobal('setTimeout', (run: () => void, ms: number) => {
    const own = /meraki\/src\/runtime/.test(new Error().stack ?? '');
    const timer = start(() => {
      running.delete(timer);
      run();
    }, ms);
    if (own) running.add(timer);
    return timer;
  });
  vi.stubGlobal('clearTimeout', (timer: ReturnType<typeof setTimeout>) => {
    running.delete(timer);
    clear(timer);
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return () => running.size;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('R35: aborting ends a call at once in every phase, and leaves no timer, listener or connection', async () => {
  random(1);
  const running = timers();
  const backlog = until(await fullBacklog());
  const limiter = tokenBucket({ perSecond: 0.01, burst: 1 });
  const phases: readonly (readonly [phase: string, script: readonly Act[], options?: Options])[] = [
    ['connecting', [silent], { baseUrl: backlog.origin }],
    ['waiting for the answer', [silent]],
    ['reading the body', [slowBody(10)]],
    ['between two attempts', [answer({ status: 503 })]],
    ['keeping a Retry-After', [answer({ status: 429, headers: { 'Retry-After': '50' } })]],
    ['waiting for a turn', [answer()], { limiter }],
    ['waiting for a key', [answer()], { apiKey: () => new Promise(() => {}) }],
  ];
  for (const [phase, script, options] of phases) {
    const server = await serve(...script);
    const { networks } = clientAt(server.origin, options);
    if (options?.limiter) await networks.getNetwork({ networkId });
    const control = new AbortController();
    const { signal } = control;
    let error: unknown;
    const ended = failure(networks.getNetwork({ networkId }, { signal })).then((failed) => {
      error = failed;
    });
    await pause(100);
    expect([phase, error]).toEqual([phase, undefined]);
    const { length } = server.requests;
    control.abort(new Error('enough'));
    // Nothing but what is due already happens in one turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect([phase, error]).toMatchObject([phase, { code: 'aborted', cause: signal.reason }]);
    await ended;
    expect([phase, running(), getEventListeners(signal, 'abort').length]).toEqual([phase, 0, 0]);
    if (length > 0 && !phase.includes('turn'))
      await eventually(() => server.open === 0 || /between|keeping/.test(phase), phase);
    await pause(20);
    expect([phase, server.requests.length]).toEqual([phase, length]);
  }
});

test('R36: a clock that jumps by an hour makes no wait longer or shorter', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const jump of [3_600_000, -3_600_000]) {
    const server = await serve(
      answer({ status: 429, headers: { 'Retry-After': '1' } }),
      answer({ body: 1 }),
    );
    const limiter = tokenBucket({ perSecond: 100 });
    const start = performance.now();
    const call = clientAt(server.origin, { limiter }).networks.getNetwork({ networkId });
    await pause(300);
    vi.setSystemTime(Date.now() + jump);
    expect(await call).toBe(1);
    const waited = performance.now() - start;
    expect(waited).toBeGreaterThanOrEqual(1000);
    expect(waited).toBeLessThan(5000);
  }
});
