/**
 * A VLAN, the tags of two devices and two switch ports, as one action batch: previewed, checked by the server,
 * run with before-images, and undone. `npm run example` runs it against a simulated server on this machine.
 */
import { createMeraki } from '../generated/meraki/src/index.ts';
import { memoryJournal } from '../generated/meraki/src/batch/index.ts';
import { systemClock } from '../templates/runtime/batch/pace/system-clock.ts';
import { startMeraki } from '../test/simulators/meraki-http.ts';

const server = await startMeraki({ clock: systemClock, batchMs: 3_000 });
const { resources } = server.server;
for (const serial of ['Q2AA-AAAA-AAAA', 'Q2BB-BBBB-BBBB']) {
  resources.put(`/devices/${serial}`, { serial, tags: [] });
  const port = { portId: '1', name: null, type: 'trunk', vlan: 1 };
  resources.put(`/devices/${serial}/switch/ports/1`, port);
}

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

// Nothing is changed yet.
const preview = await batch.preview(actions, { organizationId });
console.log(`The preview\n${preview}\n`);

// The server checks it, and changes nothing.
const journal = memoryJournal();
const draft = await batch.draft(preview, { organizationId, journal, capture: true, verify: true });
console.log(`The draft is batch ${draft.ids.join(', ')}; problems: ${draft.problems.length}\n`);

const run = draft.confirm();
for await (const { state, done, total } of run) console.log(`${state}: ${done} of ${total}`);

const outcomes = await run;
for (const [name, outcome] of Object.entries(outcomes)) console.log(name, outcome);

const { vlan } = outcomes;
if (vlan.status === 'applied') console.log(`\nThe VLAN is at ${vlan.value.uri}`);

// Old values come from the journal; what somebody else has changed since would stay.
const undo = await batch.undo(journal);
console.log(`\nThe undo\n${undo}\n`);
const undone = await batch.run(undo, { organizationId });
const applied = undone.filter(({ status }) => status === 'applied').length;
console.log(`Undone: ${applied} of ${undone.length}`);
console.log('The port again:', resources.get('/devices/Q2AA-AAAA-AAAA/switch/ports/1'));

await server[Symbol.asyncDispose]();
