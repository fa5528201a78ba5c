import { action } from '../../../../templates/runtime/batch/action/action.ts';
import { atomic } from '../../../../templates/runtime/batch/action/group.ts';
import type {
  Action,
  AnyAction,
  CreateAction,
  Item,
} from '../../../../templates/runtime/batch/action/types.ts';
import { path } from '../../../../templates/runtime/batch/action/path.ts';
import { ref } from '../../../../templates/runtime/batch/action/reference.ts';
import type { Organization } from '../../../simulators/independent/organization.ts';
import type { IndependentServer } from '../../../simulators/independent/server.ts';
import type { Random } from '../../../simulators/random.ts';

/** An action as the judge knows it. */
export interface Known {
  /** By which the ledger knows it. */
  readonly identity: string;
  /** Whether a server without troubles applies it. */
  readonly applies: boolean;
  /** Index of the action that creates what this one belongs to. */
  readonly parent?: number;
  /** Actions of the same chain take effect in this order. */
  readonly chain?: string;
}

export interface Load {
  readonly items: readonly Item[];
  readonly known: readonly Known[];
}

type Part = string | ReturnType<typeof ref>;

const organization = path('/organizations/{value}/networks', { value: '1' });

/** Makes actions, and notes of each what must become of it. */
class Maker {
  readonly items: Item[] = [];
  readonly known: Known[] = [];

  /** The mark of the next action. */
  get mark(): string {
    return `#${this.known.length}`;
  }

  add<A extends AnyAction>(made: A, known: Omit<Known, 'identity'> & { identity?: string }): A {
    this.known.push({ identity: this.mark, ...known });
    return made;
  }

  port(serial: string, port: number, vlan: number): Action<unknown> {
    const name = `port ${this.mark}`;
    const body = { name, vlan };
    const resource = path('/devices/{serial}/switch/ports/{value1}', {
      serial,
      value1: String(port),
    });
    return this.add(action('updateDeviceSwitchPort', { resource, operation: 'update', body }), {
      applies: vlan < 4_095,
    });
  }

  device(serial: string, name: string, chain?: string): void {
    const body = { name: `${name} ${this.mark}`, tags: ['a', 'b'] };
    const resource = path('/devices/{serial}', { serial });
    const made = action('updateDevice', { resource, operation: 'update', body });
    this.items.push(this.add(made, { applies: true, ...(chain !== undefined && { chain }) }));
  }

  network(): CreateAction<unknown> {
    const body = { name: `net ${this.mark}`, productTypes: ['switch'] };
    const made: CreateAction<unknown> = action('createOrganizationNetwork', {
      resource: organization,
      operation: 'create',
      body,
    });
    return this.add(made, { applies: true });
  }

  vlan(network: Part, id: number, parent: number | undefined): CreateAction<unknown> {
    const body = { id: String(id), name: `vlan ${this.mark}`, subnet: `10.0.${id % 256}.0/24` };
    const resource = path('/networks/{network}/appliance/vlans', { network });
    const made: CreateAction<unknown> = action('createNetworkApplianceVlan', {
      resource,
      operation: 'create',
      body,
    });
    return this.add(made, {
      applies: true,
      ...(parent !== undefined && { parent }),
    });
  }

  policy(network: Part, parent: number | undefined): CreateAction<unknown> {
    const body = { name: `policy ${this.mark}` };
    const resource = path('/networks/{network}/groupPolicies', { network });
    const made: CreateAction<unknown> = action('createNetworkGroupPolicy', {
      resource,
      operation: 'create',
      body,
    });
    return this.add(made, {
      applies: true,
      ...(parent !== undefined && { parent }),
    });
  }

  rename(kind: 'appliance/vlans' | 'groupPolicies', network: Part, id: Part, parent: number): void {
    const body = { name: `renamed ${this.mark}` };
    const resource =
      kind === 'groupPolicies'
        ? path('/networks/{network}/groupPolicies/{id}', { network, id })
        : path('/networks/{network}/appliance/vlans/{id}', { network, id });
    const made = action('update', { resource, operation: 'update', body });
    this.items.push(this.add(made, { applies: true, parent }));
  }

  destroy(network: string, id: string): void {
    const resource = path('/networks/{network}/groupPolicies/{id}', { network, id });
    const made = action('deleteNetworkGroupPolicy', { resource, operation: 'destroy' });
    const identity = `destroy /networks/${network}/groupPolicies/${id}`;
    this.items.push(this.add(made, { applies: true, identity }));
  }

  missing(): void {
    const body = { name: `none ${this.mark}` };
    const resource = path('/networks/{value}', { value: `N_${this.known.length}` });
    const made = action('updateNetwork', { resource, operation: 'update', body });
    this.items.push(this.add(made, { applies: false }));
  }
}

export interface LoadOptions {
  /** Share of actions that a server refuses, when it is asked or when it executes them. */
  readonly failing?: number;
  /** Share of families of creations and what refers to them. */
  readonly families?: number;
}

/**
 * Actions on an organization that is made for them: ports, chains on one device, networks with VLANs and
 * policies in them by reference, removals, groups, and some that must fail.
 */
export function load(
  server: IndependentServer,
  count: number,
  random: Random,
  { failing = 0.003, families = 0.01 }: LoadOptions = {},
): Load {
  const maker = new Maker();
  const { organization: home } = server;
  home.seed('/networks/N_home', { id: 'N_home', name: 'home' });
  let ports = 0;
  const nextPort = (vlan = 1 + Math.floor(random() * 4_000)): AnyAction => {
    const serial = `Q2-${Math.floor(ports / 48)}`;
    if (ports % 48 === 0) home.seed(`/devices/${serial}`, { serial, name: 'new' });
    ports += 1;
    return maker.port(serial, 1 + ((ports - 1) % 48), vlan);
  };
  while (maker.known.length < count) {
    const n = maker.known.length;
    const dice = random();
    if (dice < families) family(maker, home, random);
    else if (dice < families + 0.02) {
      home.seed(`/networks/N_home/groupPolicies/d${n}`, {
        groupPolicyId: `d${n}`,
        name: `old ${n}`,
      });
      maker.destroy('N_home', `d${n}`);
    } else if (dice < families + 0.03) {
      const serial = `Q3-${n}`;
      home.seed(`/devices/${serial}`, { serial, name: 'new' });
      for (let step = 0; step < 3; step += 1) maker.device(serial, `step ${step}`, serial);
    } else if (dice < families + 0.04)
      maker.items.push(atomic([nextPort(), nextPort(), nextPort()]));
    else if (dice < families + 0.04 + failing / 2) maker.missing();
    else if (dice < families + 0.04 + failing) maker.items.push(nextPort(9_999));
    else maker.items.push(nextPort());
  }
  return { items: maker.items, known: maker.known };
}

/** A network that is there or is created, VLANs and a policy in it, and changes of both, by reference. */
function family(maker: Maker, home: Organization, random: Random): void {
  const at = maker.known.length;
  const isNew = random() < 0.5;
  const id = isNew ? created(maker) : `N_${at}`;
  const parent = isNew ? at : undefined;
  if (typeof id === 'string') home.seed(`/networks/${id}`, { id, name: `old net ${at}` });
  const vlans = Array.from({ length: 2 + Math.floor(random() * 3) }, (_, index) => {
    const place = maker.known.length;
    const made = maker.vlan(id, 10 * (index + 1), parent);
    maker.items.push(made);
    return { made, place };
  });
  const policyAt = maker.known.length;
  const policy = maker.policy(id, parent);
  maker.items.push(policy);
  for (const { made, place } of vlans) maker.rename('appliance/vlans', id, ref(made), place);
  maker.rename('groupPolicies', id, ref(policy), policyAt);
}

function created(maker: Maker): ReturnType<typeof ref> {
  const network = maker.network();
  maker.items.push(network);
  return ref(network);
}
