import type { ReactNode } from 'react';
import { type Column, VirtualTable } from '../parts/virtual-table';
import { Field } from './fields';
import { type Edits, type Port, type Settings, settingKeys, settingNames, shown } from './port';

type Key = 'port' | keyof Settings | 'before';

const columns: readonly Column<Key>[] = [
  { key: 'port', heading: 'Port', size: 'minmax(11rem, 1.2fr)' },
  { key: 'name', heading: settingNames.name, size: 'minmax(9rem, 1.4fr)' },
  { key: 'enabled', heading: settingNames.enabled, size: '5rem' },
  { key: 'poeEnabled', heading: settingNames.poeEnabled, size: '4rem' },
  { key: 'type', heading: settingNames.type, size: '7rem' },
  { key: 'vlan', heading: settingNames.vlan, size: '6rem' },
  { key: 'before', heading: 'Now on the switch', size: 'minmax(10rem, 1.4fr)' },
];

const heights = { wide: 44, narrow: 132 };

/** The ports, each setting in a field. */
export function PortTable({
  ports,
  edits,
  edit,
}: {
  readonly ports: readonly Port[];
  readonly edits: Edits;
  readonly edit: (port: Port, values: Partial<Settings>) => void;
}): ReactNode {
  return (
    <VirtualTable
      label="Switch ports"
      kind="ports"
      columns={columns}
      count={ports.length}
      keyOf={(index) => ports[index]?.path ?? String(index)}
      heights={heights}
      cell={(index, key) => {
        const port = ports[index];
        return port && cellOf(port, edits.get(port.path) ?? {}, key, edit);
      }}
    />
  );
}

function cellOf(
  port: Port,
  changed: Partial<Settings>,
  key: Key,
  edit: (port: Port, values: Partial<Settings>) => void,
): ReactNode {
  const { switchName, portId, settings } = port;
  switch (key) {
    case 'port':
      return (
        <>
          {switchName}, <span className="number">port {portId}</span>
        </>
      );
    case 'before':
      return settingKeys
        .filter((each) => each in changed)
        .map((each) => `${settingNames[each]}: ${shown(settings[each])}`)
        .join(', ');
    case 'name':
    case 'enabled':
    case 'poeEnabled':
    case 'type':
    case 'vlan':
      return (
        <>
          <span className="small-heading" aria-hidden="true">
            {settingNames[key]}
          </span>
          <Field
            setting={key}
            value={changed[key] ?? settings[key]}
            of={`${switchName}, port ${portId}`}
            before={key in changed ? shown(settings[key]) : undefined}
            set={(value) => edit(port, { [key]: value })}
          />
        </>
      );
  }
}
