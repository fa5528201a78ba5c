/**
 * A VLAN, the tags of two devices and two switch ports, as one action batch: planned, checked by the server,
 * and run. `npm run example` runs it against a simulated server on this machine.
 */
import { createMeraki } from '../generated/meraki/src/index.ts';
import { systemClock } from '../templates/runtime/batch/pace/clock.ts';
import { startMeraki } from '../test/simulators/meraki-http.ts';

const server = await startMeraki({ clock: systemClock, batchMs: 3_000 });

const { batch } = createMeraki({
  apiKey: 'key',
  userAgent: 'Example/1.0 Batchwright',
  baseUrl: server.baseUrl,
});
const organizationId = '1';

const actions = {
  vlan: batch.appliance.createNetworkApplianceVlan({
    networkId: 'N_1',
    body: { id: '99', name: 'API', subnet: '192.168.99.0/24', applianceIp: '192.168.99.1' },
  }),
  firstDevice: batch.devices.updateDevice({
    serial: 'Q2AA-AAAA-AAAA',
    body: { tags: ['api', 'floor-1'] },
  }),
  secondDevice: batch.devices.updateDevice({
    serial: 'Q2BB-BBBB-BBBB',
    body: { tags: ['api', 'floor-2'] },
  }),
  firstPort: batch.switch.updateDeviceSwitchPort({
    serial: 'Q2AA-AAAA-AAAA',
    portId: '1',
    body: { name: 'API', type: 'access', vlan: 99 },
  }),
  secondPort: batch.switch.updateDeviceSwitchPort({
    serial: 'Q2BB-BBBB-BBBB',
    portId: '1',
    body: { name: 'API', type: 'access', vlan: 99 },
  }),
};

// Nothing is sent yet.
const plan = batch.plan(actions);
console.log(`The plan\n${plan}\n`);

// The server checks it, and changes nothing.
const draft = await batch.draft(plan, { organizationId, verify: true });
console.log(`The draft is batch ${draft.ids.join(', ')}; problems: ${draft.problems.length}\n`);

const run = draft.confirm();
for await (const { state, done, total } of run) console.log(`${state}: ${done} of ${total}`);

const outcomes = await run;
for (const [name, outcome] of Object.entries(outcomes)) console.log(name, outcome);

const { vlan } = outcomes;
if (vlan.status === 'applied') console.log(`\nThe VLAN is at ${vlan.value.uri}`);

await server[Symbol.asyncDispose]();
