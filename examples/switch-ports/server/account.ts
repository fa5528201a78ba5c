import type { AccountOptions, Members } from '../src/meraki/testing';

const count = 2_000;
const sites = ['Basel', 'Bern', 'Chur', 'Genf', 'Luzern', 'Zug'];
const uses = ['Desk', 'Printer', 'Camera', 'Access point', 'Meeting room', 'Phone', 'Uplink'];
const states = ['complete', 'complete', 'complete', 'running', 'ready', 'failed'];

/** 42 switches with 2,000 ports, and the jobs of a Secure Access batch. */
function seed(): Readonly<Record<string, Members | readonly Members[]>> {
  const devices: Members[] = [];
  const ports: Record<string, readonly Members[]> = {};
  for (let made = 0; made < count; made += 48) {
    const number = devices.length + 1;
    const serial = `Q2SW-${1_000 + number * 7}-${4_000 + number * 13}`;
    const name = `${sites[number % sites.length]} floor ${Math.ceil(number / sites.length)}`;
    devices.push({ serial, name, model: 'MS225-48LP', productType: 'switch', networkId: 'N_1' });
    const size = Math.min(48, count - made);
    ports[`/devices/${serial}/switch/ports`] = Array.from({ length: size }, (_, at) => ({
      portId: String(at + 1),
      name: `${uses[(at + number) % uses.length]} ${at + 1}`,
      enabled: at % 9 !== 8,
      poeEnabled: at % 3 !== 2,
      type: at === size - 1 ? 'trunk' : 'access',
      vlan: at === size - 1 ? 1 : 10 + (at % 4) * 10,
    }));
  }
  const jobs = Array.from({ length: 137 }, (_, at) => {
    const status = states[at % states.length];
    const error = status === 'failed' ? 'The site has no uplink that reaches the hub' : null;
    return { id: `J_${at + 1}`, type: 'enroll', status, error, data: { site: `Site ${at + 1}` } };
  });
  return {
    '/organizations/1/devices': devices,
    ...ports,
    '/organizations/1/sase/batches/B_1/jobs': {
      batchId: 'B_1',
      batchType: 'enrollSites',
      status: 'active',
      items: jobs,
      meta: { counts: { items: { total: jobs.length } } },
    },
  };
}

/** An account as slow and as unreliable as the real thing can be, or more so. */
export const exampleAccount: AccountOptions = {
  seed: seed(),
  faults: 0.05,
  batchTime: 2_000,
  perSecond: 10,
  fail: '4094',
};
