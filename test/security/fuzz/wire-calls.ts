import fc from 'fast-check';
import { createMeraki, type Meraki } from '../../../generated/meraki/src/index.ts';
import { createBatch } from '../../../generated/meraki/src/runtime/batch/draft/draft-batch.ts';
import { meraki as dialect } from '../../../generated/meraki/src/batch/index.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { bodies } from './calls.ts';
import { records, saysCompleted } from './drafts.ts';
import { applied, key, timeout, watched } from './watch.ts';
import { wireServer } from './wire-server.ts';
import { bytesOf, type HostileWire, hostileWires } from './wires.ts';

/** A client as users get it, at a server that writes bytes. */
export interface WireCase {
  readonly kind: 'wire';
  readonly what: 'read' | 'list' | 'all' | 'put' | 'post' | 'batch';
  readonly attempts: number;
  readonly wires: readonly HostileWire[];
}

const body = fc.oneof(bodies, records);

export const wireCases: fc.Arbitrary<WireCase> = fc.record({
  kind: fc.constant('wire' as const),
  what: fc.constantFrom('read', 'list', 'all', 'put', 'post', 'batch'),
  attempts: fc.constantFrom(1, 1, 3),
  wires: fc.array(hostileWires(body), { minLength: 1, maxLength: 4 }),
});

/** What is wrong with how `createMeraki` takes the bytes. */
export async function judgeWire({ what, attempts, wires }: WireCase): Promise<readonly string[]> {
  const server = await wireServer(wires);
  try {
    const meraki = createMeraki({
      apiKey: key,
      userAgent: 'Fuzz/1.0 Acme',
      baseUrl: server.baseUrl,
      limiter: undefined,
      timeout,
      retry: { attempts },
    });
    const { ended, faults } = await watched(() => sent(meraki, what));
    const isApplied = what === 'batch' && applied(ended.value);
    const isSaid = wires.some((wire) => saysCompleted(bodyOf(wire)));
    return [
      ...server.faults,
      ...faults,
      ...(isApplied && !isSaid
        ? [`applied without a success: ${JSON.stringify(ended.value)}`]
        : []),
    ];
  } finally {
    server.close();
  }
}

async function sent(meraki: Meraki, what: WireCase['what']): Promise<unknown> {
  switch (what) {
    case 'read':
      return meraki.networks.getNetwork({ networkId: 'N_1' });
    case 'list':
      return meraki.organizations.getOrganizations();
    case 'all': {
      let count = 0;
      for await (const _ of meraki.networks.getNetworkClients({ networkId: 'N_1' }))
        if ((count += 1) >= 20) break;
      return count;
    }
    case 'put':
      return meraki.networks.updateNetwork({ networkId: 'N_1', body: { name: 'a' } });
    case 'post':
      return meraki.organizations.createOrganizationNetwork({
        organizationId: '1',
        body: { name: 'a', productTypes: ['switch'] },
      });
    case 'batch':
      return batchOf(meraki).run(
        [
          meraki.batch.networks.updateNetwork({ networkId: 'N_1', body: { name: 'a' } }),
          meraki.batch.networks.updateNetwork({ networkId: 'N_2', body: { name: 'b' } }),
        ],
        { organizationId: '1', timeout: 60_000 },
      );
  }
}

/** Batches of the client, on a clock that costs no time. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- what `createBatch` gives
function batchOf({ client }: Meraki) {
  const clock = new VirtualClock();
  const { request } = client;
  const waiting: Meraki['client'] = {
    request: (one, options) => clock.during(request(one, { ...options, timeout })),
  };
  return createBatch(waiting, dialect, clock);
}

/** The JSON that stands in an answer, whatever its head says. */
function bodyOf(wire: HostileWire): unknown {
  if (wire.framing === 'none' && bytesOf(wire).includes('completed')) return undefined;
  try {
    return JSON.parse(wire.body);
  } catch {
    return undefined;
  }
}
