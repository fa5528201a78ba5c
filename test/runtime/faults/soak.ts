/* What ten minutes of faults leave behind: `npm run soak`, or `npm run soak -- 60` for a minute. */
import { fork } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { createMeraki, type Meraki } from '../../../generated/meraki/src/index.ts';
import { ApiError } from '../../../generated/meraki/src/runtime/answers/errors.ts';
import { tokenBucket } from '../../../generated/meraki/src/runtime/transport/rate-limit.ts';
import { answer } from '../../simulators/fault-acts.ts';
import { faultServer } from '../../simulators/faults.ts';
import { randomOf } from '../../simulators/random.ts';
import { everyFault } from './all.ts';

const KEY = 'k3y-of-the-soak';
const PARALLEL = 48;
/** Seconds of load between two looks at the heap. */
const ROUND = 10;
/** The part of the run after which the heap must not grow. */
const WARM_UP = 0.2;
const FLAT = 1.05;

/** The server has a process of its own, whose memory is not looked at. */
async function serve(): Promise<void> {
  const random = randomOf(7);
  const other = await faultServer({ script: [answer({ body: [] })] });
  // Nobody has a day to wait.
  const { 'busy for a day': _day, ...short } = everyFault(other.origin);
  const faults = Object.values(short);
  const good = answer(({ target }) => ({
    body: [{ id: 'N_1', name: 'HQ', tags: ['a', 'b'] }],
    ...(/p=3/.test(target)
      ? {}
      : { headers: { Link: `<?p=${Number(/p=(\d)/.exec(target)?.[1] ?? 1) + 1}>; rel=next` } }),
  }));
  const server = await faultServer({
    script: () => (random() < 0.6 ? good : faults[Math.floor(random() * faults.length)]!),
  });
  process.send?.({ origin: server.origin });
  process.on('message', () => {
    process.send?.({ requests: server.requests.length, stolen: other.connections });
  });
  process.on('disconnect', () => process.exit());
}

async function soak(seconds: number): Promise<number> {
  const child = fork(process.argv[1]!, ['server'], { serialization: 'json' });
  const [{ origin }] = (await once(child, 'message')) as [{ origin: string }];
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const random = randomOf(11);
  const faults: string[] = [];
  const heap: number[] = [];
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1e3;
  let calls = 0;

  // Clients come and go, as they do in a service that has many users.
  let client = clientOf(origin);
  while (elapsed() < seconds) {
    const end = Math.min(elapsed() + ROUND, seconds);
    const worker = async (): Promise<void> => {
      while (elapsed() < end) {
        calls += 1;
        if (calls % 500 === 0) client = clientOf(origin);
        const what = WORK[Math.floor(random() * WORK.length)]!;
        try {
          await what(client, random);
          count('success');
        } catch (error) {
          if (error instanceof ApiError) count(error.code);
          else faults.push(`no ApiError: ${error}`);
          if (`${Object(error).stack} ${JSON.stringify(error)}`.includes(KEY))
            faults.push(`shows the key: ${error}`);
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    heap.push(await heapUsed());
    const megabytes = (heap.at(-1)! / 1e6).toFixed(2);
    console.log(`${elapsed().toFixed(0)} s: ${calls} calls, heap ${megabytes} MB`);
  }

  // Connections that are kept end by themselves after a few seconds without use.
  const left = await resourcesLeft();
  child.send('count');
  const [{ requests, stolen }] = (await once(child, 'message')) as [
    { requests: number; stolen: number },
  ];
  child.disconnect();

  const warm = heap.slice(Math.floor(heap.length * WARM_UP));
  const third = Math.ceil(warm.length / 3);
  const growth = mean(warm.slice(-third)) / mean(warm.slice(0, third));
  console.log(
    JSON.stringify(
      {
        seconds: Math.round(elapsed()),
        calls,
        requests,
        outcomes: Object.fromEntries([...counts].toSorted()),
        heapMB: { first: heap[0]! / 1e6, warm: warm[0]! / 1e6, last: heap.at(-1)! / 1e6 },
        growthAfterWarmUp: growth,
        requestsElsewhere: stolen,
        left,
        faults: faults.slice(0, 10),
      },
      undefined,
      1,
    ),
  );
  const bad = [
    ...(growth > FLAT ? [`the heap grew by a factor of ${growth.toFixed(3)}`] : []),
    ...(left.length > 0 ? [`left over: ${left.join(', ')}`] : []),
    ...(stolen > 0 ? [`${stolen} connections to another host`] : []),
    ...(faults.length > 0 ? [`${faults.length} calls failed otherwise than they may`] : []),
    ...(counts.get('success') ? [] : ['nothing succeeded']),
  ];
  console.log(bad.length > 0 ? `FAILED: ${bad.join('; ')}` : 'passed');
  return bad.length > 0 ? 1 : 0;
}

function clientOf(baseUrl: string): Meraki {
  return createMeraki({
    apiKey: async () => KEY,
    userAgent: 'Soak/1.0 Acme',
    baseUrl,
    limiter: tokenBucket({ perSecond: 2000 }),
    headersTimeout: 300,
    bodyTimeout: 300,
    maxResponseBytes: 1e6,
    timeout: 5000,
    hooks: { before: () => ({ traceparent: '00-1' }), after: () => {}, retry: () => {} },
  });
}

type Work = (client: Meraki, random: () => number) => PromiseLike<unknown>;

const networkId = 'N_1';
const organizationId = '1';

/** A day's work: reads, changes, lists to their end and not, calls that are called off. */
const WORK: readonly Work[] = [
  ({ networks }) => networks.getNetwork({ networkId }),
  ({ networks }) => networks.updateNetwork({ networkId, body: { name: 'HQ' } }),
  ({ networks }) => networks.deleteNetwork({ networkId }),
  ({ appliance }) =>
    appliance.createNetworkApplianceVlan({ networkId, body: { id: '99', name: 'x' } }),
  async ({ organizations }) => {
    for await (const _ of organizations.getOrganizationNetworks({ organizationId }));
  },
  async ({ organizations }) => {
    for await (const _ of organizations.getOrganizationNetworks({ organizationId })) break;
  },
  ({ organizations }) => organizations.getOrganizationNetworks({ organizationId }),
  async ({ networks }, random) => {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), random() * 50);
    try {
      await networks.getNetwork({ networkId }, { signal: control.signal });
    } finally {
      clearTimeout(timer);
    }
  },
  // A signal that lives as long as the process gathers no listeners.
  ({ networks }) => networks.getNetwork({ networkId }, { signal: FOR_EVER.signal }),
];

const FOR_EVER = new AbortController();
// Half of the calls in parallel listen to it at the same time.
setMaxListeners(0, FOR_EVER.signal);

async function heapUsed(): Promise<number> {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** Sockets and timers that keep the process alive after half a minute without work. */
async function resourcesLeft(): Promise<readonly string[]> {
  let left: readonly string[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    left = process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|Timeout|Immed)/.test(name));
    if (left.length === 0) break;
  }
  return left;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

if (process.argv[2] === 'server') await serve();
else process.exitCode = await soak(Number(process.argv[2] ?? 600));
