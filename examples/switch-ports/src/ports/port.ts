import type { UpdateDeviceSwitchPortBody } from '../meraki/switch';

/** What this page changes of a port. */
export type Settings = Required<
  Pick<UpdateDeviceSwitchPortBody, 'name' | 'enabled' | 'poeEnabled' | 'type' | 'vlan'>
>;

/** A port of a switch as it is now. */
export interface Port {
  /** Its path in the API, which names it everywhere on this page. */
  readonly path: string;
  readonly serial: string;
  readonly switchName: string;
  readonly portId: string;
  readonly settings: Settings;
}

export type Edits = ReadonlyMap<string, Partial<Settings>>;

/** How people call the settings, in the order of the columns. */
export const settingNames: Readonly<Record<keyof Settings, string>> = {
  name: 'Name',
  enabled: 'Enabled',
  poeEnabled: 'PoE',
  type: 'Type',
  vlan: 'VLAN',
};

export const settingKeys = Object.keys(settingNames) as readonly (keyof Settings)[];

export function pathOf(serial: string, portId: string): string {
  return `/devices/${encodeURIComponent(serial)}/switch/ports/${encodeURIComponent(portId)}`;
}

/** A value as people read it. */
export function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === null || value === undefined || value === '') return 'nothing';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Sets values of ports. What a port has already is no edit. */
export function withEdits(edits: Edits, ports: readonly Port[], values: Partial<Settings>): Edits {
  const changed = new Map(edits);
  for (const { path, settings } of ports) {
    const wanted = { ...changed.get(path), ...values };
    const left = Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => settings[key as keyof Settings] !== value),
    ) as Partial<Settings>;
    if (Object.keys(left).length === 0) changed.delete(path);
    else changed.set(path, left);
  }
  return changed;
}
