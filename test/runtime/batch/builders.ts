import { action } from '../../../templates/runtime/batch/action/action.ts';
import { type Action, type CreateAction } from '../../../templates/runtime/batch/action/types.ts';
import { path } from '../../../templates/runtime/batch/action/path.ts';
import type { BatchInput } from '../../../templates/runtime/batch/action/reference.ts';

export const organizationId = '1';

/** What a builder of the emitted package takes; `fail` and `refuse` make the simulator do so. */
export interface Marks {
  /** Tells an action from all others. */
  n?: number;
  fail?: string;
  refuse?: string;
}

export interface NetworkBody extends Marks {
  name?: string;
  tags?: string[];
  timeZone?: string | null;
}

export interface Network {
  id?: string;
  name?: string;
  tags?: string[];
}

export interface CreateNetworkInput {
  organizationId: string;
  body: NetworkBody & { name: string };
}

export function createNetwork(input: BatchInput<CreateNetworkInput>): CreateAction<Network> {
  return action('createOrganizationNetwork', {
    resource: path('/organizations/{organizationId}/networks', input),
    operation: 'create',
    body: input.body,
  });
}

export interface UpdateNetworkInput {
  networkId: string;
  body?: NetworkBody;
}

export function updateNetwork(input: BatchInput<UpdateNetworkInput>): Action<Network> {
  return action('updateNetwork', {
    resource: path('/networks/{networkId}', input),
    operation: 'update',
    body: input.body,
  });
}

export function deleteNetwork(input: BatchInput<{ networkId: string }>): Action<void> {
  return action('deleteNetwork', {
    resource: path('/networks/{networkId}', input),
    operation: 'destroy',
  });
}

export interface Vlan {
  id?: string;
  name?: string;
  subnet?: string;
}

export interface CreateVlanInput {
  networkId: string;
  body: Marks & { id: string; name: string; subnet?: string; groupPolicyId?: string };
}

export function createVlan(input: BatchInput<CreateVlanInput>): CreateAction<Vlan> {
  return action('createNetworkApplianceVlan', {
    resource: path('/networks/{networkId}/appliance/vlans', input),
    operation: 'create',
    body: input.body,
  });
}

export interface UpdatePortInput {
  serial: string;
  portId: string;
  body?: Marks & { name?: string; vlan?: number; enabled?: boolean };
}

export function updatePort(input: BatchInput<UpdatePortInput>): Action<{ portId?: string }> {
  return action('updateDeviceSwitchPort', {
    resource: path('/devices/{serial}/switch/ports/{portId}', input),
    operation: 'update',
    body: input.body,
  });
}

export function cyclePorts(
  input: BatchInput<{ serial: string; body: { ports: string[] } }>,
): Action<{ ports?: string[] }> {
  return action('cycleDeviceSwitchPorts', {
    resource: path('/devices/{serial}/switch/ports/cycle', input),
    operation: 'cycle',
    body: input.body,
  });
}

/** Updates of as many ports, all different. */
export function ports(count: number, first = 0): Action<{ portId?: string }>[] {
  return Array.from({ length: count }, (_, index) => {
    const n = first + index;
    return updatePort({ serial: `Q2-${Math.floor(n / 48)}`, portId: String(n % 48), body: { n } });
  });
}
