import { type ReactNode, useState } from 'react';
import { type Settings, settingNames } from './port';

interface FieldProps<Key extends keyof Settings> {
  readonly setting: Key;
  readonly value: Settings[Key];
  /** Whose setting it is: `Basel floor 1, port 3`. Absent where a label stands beside the field. */
  readonly of?: string | undefined;
  /** What it was, where it is changed. */
  readonly before?: string | undefined;
  readonly set: (value: Settings[Key]) => void;
}

/** The field of a setting. */
export function Field<Key extends keyof Settings>(props: FieldProps<Key>): ReactNode {
  const { setting, value, of, before, set } = props;
  const was = before === undefined ? '' : `, was ${before}`;
  const shared = {
    ...(of !== undefined && { 'aria-label': `${settingNames[setting]} of ${of}${was}` }),
    'data-changed': before !== undefined,
  };
  switch (typeof value) {
    case 'boolean':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value}
          // `value` is a boolean, and so is what the setting takes.
          onChange={({ target }) => set(target.checked as Settings[Key])}
        />
      );
    case 'number':
      return <VlanField {...shared} value={value} set={(vlan) => set(vlan as Settings[Key])} />;
    default:
      return setting === 'type' ? (
        <select
          {...shared}
          value={String(value)}
          // The options are all that there is.
          onChange={({ target }) => set(target.value as Settings[Key])}
        >
          <option>access</option>
          <option>trunk</option>
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          maxLength={100}
          value={String(value)}
          // The one other setting that is a text is the name.
          onChange={({ target }) => set(target.value as Settings[Key])}
        />
      );
  }
}

/** Keeps what is not a VLAN yet to itself, until the user leaves the field. */
function VlanField({
  value,
  set,
  ...shared
}: {
  readonly value: number;
  readonly set: (value: number) => void;
  readonly 'aria-label'?: string;
  readonly 'data-changed': boolean;
}): ReactNode {
  const [draft, setDraft] = useState<string>();
  return (
    <input
      {...shared}
      type="text"
      inputMode="numeric"
      size={4}
      value={draft ?? value}
      aria-invalid={draft !== undefined}
      title={draft === undefined ? undefined : 'A VLAN is a number from 1 to 4094.'}
      onChange={({ target }) => {
        const isVlan = /^\d{1,4}$/.test(target.value) && within(Number(target.value));
        setDraft(isVlan ? undefined : target.value);
        if (isVlan) set(Number(target.value));
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
}

function within(vlan: number): boolean {
  return vlan >= 1 && vlan <= 4_094;
}
