import { type Bench, organizationId } from './fixtures.ts';

export const scope: { readonly organizationId: string } = { organizationId };

export const vlan = '/networks/N_1/appliance/vlans/7';

export const policy = '/networks/N_1/groupPolicies/7';

export function seed(at: Bench): Bench['simulator']['server']['resources'] {
  const { resources } = at.simulator.server;
  resources.put('/networks/N_1', { id: 'N_1', name: 'HQ', tags: ['a'] });
  resources.put(vlan, { id: '7', name: 'Voice', subnet: '10.0.0.0/24' });
  resources.put(policy, { groupPolicyId: '7', name: 'Guest', bandwidth: 5 });
  resources.put('/devices/Q/switch/ports/1', { portId: '1', name: 'old', vlan: 1 });
  return resources;
}
