import { inspect } from 'node:util';
import { onTestFinished, vi } from 'vitest';
import { createMeraki, type Meraki } from '../../../generated/meraki/src/index.ts';
import type { ApiError } from '../../../generated/meraki/src/index.ts';
import { type Act, faultServer, type FaultServer } from '../../simulators/faults.ts';

/** The key of every client here; it must show up nowhere but in requests. */
export const KEY = 'k3y-of-the-fault-tests';

export type Options = Partial<Parameters<typeof createMeraki>[0]>;

/** A client as users get it. It does not keep to a rate, unless the options say so. */
export function clientAt(baseUrl: string, options: Options = {}): Meraki {
  return createMeraki({
    apiKey: KEY,
    userAgent: 'Faults/1.0 Acme',
    baseUrl,
    limiter: undefined,
    ...options,
  });
}

/** A server that ends with the test. */
export async function serve(...script: readonly Act[]): Promise<FaultServer> {
  return until(await faultServer({ script }));
}

/** Ends something with the test. */
export function until<Resource extends AsyncDisposable>(resource: Resource): Resource {
  onTestFinished(() => resource[Symbol.asyncDispose]());
  return resource;
}

/** Takes the chance out of waiting between attempts: 0 waits not at all, 1 as long as may be. */
export function random(value: number): void {
  const spy = vi.spyOn(Math, 'random').mockReturnValue(value);
  onTestFinished(() => spy.mockRestore());
}

/** What a promise is rejected with; no sink of it may show the key. */
export async function failure(promise: PromiseLike<unknown>): Promise<ApiError> {
  const failed = await promise.then(
    () => {
      throw new Error('was not rejected');
    },
    // Tests look at it as what it should be.
    (error: unknown) => error as ApiError,
  );
  const sinks = [
    inspect(failed, { depth: 20, showHidden: true }),
    failed.stack,
    JSON.stringify(failed),
    JSON.stringify([...(failed.headers ?? [])]),
  ];
  if (sinks.join('\n').includes(KEY)) throw new Error(`the error shows the key: ${sinks[0]}`);
  return failed;
}

/** Lets the event loop turn until the condition holds. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns > 500) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
