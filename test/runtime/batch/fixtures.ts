import { createClient, type Client } from '../../../templates/runtime/client.ts';
import type { EffectFacts } from '../../../templates/runtime/batch/protocol/protocol.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import type { Batch } from '../../../templates/runtime/batch/draft/batch.ts';
import { loadRun } from '../../../templates/runtime/batch/run/run.ts';
import { meraki, type Meraki } from './meraki.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import {
  type MerakiSimulator,
  type ServeOptions,
  startMeraki,
} from '../../simulators/meraki-http.ts';

export interface Bench extends AsyncDisposable {
  readonly simulator: MerakiSimulator;
  readonly clock: VirtualClock;
  readonly client: Client;
  readonly batch: Batch<Meraki>;
  /** How often each action took effect, by its mark. */
  readonly counts: ReadonlyMap<number, number>;
  /** The same with a key that the server does not know. */
  forbidden(): { readonly batch: Batch<Meraki> };
  /** A client whose server answers everything with `json`. */
  answering(
    json: unknown,
    status?: number,
    headers?: Record<string, string>,
  ): { readonly batch: Batch<Meraki>; readonly requests: readonly string[] };
}

/** A simulated server and a client for it, on a clock that costs no time. */
export async function bench(
  options: Omit<ServeOptions, 'clock'> = {},
  facts?: EffectFacts,
): Promise<Bench> {
  const dialect: Meraki = facts ? { ...meraki, effects: () => Promise.resolve(facts) } : meraki;
  const clock = new VirtualClock();
  // Modules load in real time, which the clock knows nothing of.
  await Promise.all([
    loadRun(),
    import('../../../templates/runtime/batch/draft/draft-executor.ts'),
  ]);
  const counts = new Map<number, number>();
  const simulator = await startMeraki({
    clock,
    wait: (ms) => clock.yield(ms),
    ...options,
    applied: (sent, batch) => {
      const n = sent.body?.['n'];
      if (typeof n === 'number') counts.set(n, (counts.get(n) ?? 0) + 1);
      options.applied?.(sent, batch);
    },
  });
  const clientWith = (key: string): Client =>
    createClient({
      baseUrl: simulator.baseUrl,
      credentials: [bearer(key)],
      fetch: (url, init) => clock.during(whole(url, init)),
    });
  const client = clientWith('key');
  return {
    simulator,
    clock,
    client,
    counts,
    batch: createBatch(client, dialect, clock),
    forbidden: () => ({ batch: createBatch(clientWith('wrong'), meraki, clock) }),
    answering: (json, status = 200, headers = {}) => {
      const requests: string[] = [];
      const answer = createClient({
        baseUrl: simulator.baseUrl,
        fetch: (url) => {
          requests.push(url.href);
          return Promise.resolve(Response.json(json, { status, headers }));
        },
      });
      return { batch: createBatch(answer, meraki, clock), requests };
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

/** A response with its body: time stands still until it has come. */
async function whole(url: URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const { status, headers } = response;
  const body = await response.text();
  return new Response(status === 204 ? null : body, { status, headers });
}

export * from './builders.ts';
