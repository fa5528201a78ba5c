import { type ReactNode, useId, useState } from 'react';
import { counted } from '../parts/figures';
import { Field } from './fields';
import { type Settings, settingNames } from './port';

const keys = ['vlan', 'type', 'enabled', 'poeEnabled'] as const;
const first: Pick<Settings, (typeof keys)[number]> = {
  vlan: 120,
  type: 'access',
  enabled: true,
  poeEnabled: true,
};

/** Sets one setting of all ports that are shown. */
export function BulkEdit({
  count,
  set,
}: {
  readonly count: number;
  readonly set: (values: Partial<Settings>) => void;
}): ReactNode {
  const [key, setKey] = useState<(typeof keys)[number]>('vlan');
  const [values, setValues] = useState(first);
  const id = useId();
  return (
    <form
      className="bulk"
      onSubmit={(event) => {
        event.preventDefault();
        set({ [key]: values[key] });
      }}
    >
      <label>
        Set{' '}
        <select
          value={key}
          // The options are the keys.
          onChange={({ target }) => setKey(target.value as typeof key)}
        >
          {keys.map((each) => (
            <option key={each} value={each}>
              {settingNames[each]}
            </option>
          ))}
        </select>
      </label>
      <span className="value" role="group" aria-labelledby={id}>
        <span id={id}>to</span>
        <Field
          setting={key}
          value={values[key]}
          of="all ports shown"
          set={(value) => setValues({ ...values, [key]: value })}
        />
      </span>
      <button type="submit" disabled={count === 0}>
        Set for {counted(count, 'port')} shown
      </button>
    </form>
  );
}
