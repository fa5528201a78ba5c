import type { MerakiSimulator } from '../../simulators/meraki-http.ts';
import type { SentAction } from '../../simulators/meraki-batch.ts';

/** Rows of three operations, with a mark in each by which the simulator's account knows it. */
export interface Changes {
  readonly csv: string;
  /** What each row does, `update n-17`; in the order of the rows. */
  readonly marks: readonly string[];
  /** Marks of rows that the server will refuse when it executes them. */
  readonly bad: ReadonlySet<string>;
  readonly destroys: number;
}

const head = 'operation,serial,portId,networkId,id,vlanId,name';

/** Three of five rows change a port, one creates a VLAN, one deletes one; one in `every` is bad. */
export function changesOf(count: number, every: number): Changes {
  const lines: string[] = [head];
  const marks: string[] = [];
  const bad = new Set<string>();
  let destroys = 0;
  for (let row = 0; row < count; row++) {
    const isBad = row % every === every - 2;
    const name = `${isBad ? 'bad' : 'n'}-${row}`;
    const network = `N_${row % 20}`;
    const kind = row % 5;
    if (kind < 3) {
      const serial = `Q2AA-${Math.floor(row / 240)}`;
      lines.push(`updateDeviceSwitchPort,${serial},${(row % 240) + 1},,,,${name}`);
      marks.push(`update ${name}`);
    } else if (kind === 3) {
      lines.push(`createNetworkApplianceVlan,,,${network},${10_000 + row},,${name}`);
      marks.push(`create ${name}`);
    } else {
      lines.push(`deleteNetworkApplianceVlan,,,${network},,${row},`);
      marks.push(`destroy /networks/${network}/appliance/vlans/${row}`);
      destroys += 1;
      continue;
    }
    if (isBad) bad.add(marks.at(-1) ?? '');
  }
  return { csv: `${lines.join('\n')}\n`, marks, bad, destroys };
}

/** The mark of an action that took effect. */
export function markOf({ operation, resource, body }: SentAction): string {
  return operation === 'destroy' ? `destroy ${resource}` : `${operation} ${String(body?.['name'])}`;
}

/** Why the server refuses an action when it executes it. */
export function refusalOf({ body }: SentAction): string | undefined {
  return String(body?.['name'] ?? '').startsWith('bad') ? 'is not a good name' : undefined;
}

/** Puts there what the rows change and delete. */
export function seed({ server }: MerakiSimulator, count: number): void {
  for (let row = 0; row < count; row++) {
    const path =
      row % 5 === 4
        ? `/networks/N_${row % 20}/appliance/vlans/${row}`
        : `/devices/Q2AA-${Math.floor(row / 240)}/switch/ports/${(row % 240) + 1}`;
    const last = path.slice(path.lastIndexOf('/') + 1);
    server.resources.put(path, { id: last, portId: last, name: 'old' });
  }
}
