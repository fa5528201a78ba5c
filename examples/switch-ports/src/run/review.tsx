import { type ReactNode, useState } from 'react';
import { shownBy, type Preview, type Step, type Undo } from '../meraki/batch';
import { type Column, VirtualTable } from '../parts/virtual-table';
import { counted, Figures } from '../parts/figures';
import { type Port, settingNames, shown } from '../ports/port';

const columns: readonly Column<'port' | 'change' | 'undo'>[] = [
  { key: 'port', heading: 'Port', size: 'minmax(11rem, 1fr)' },
  { key: 'change', heading: 'Change', size: 'minmax(14rem, 2.5fr)' },
  { key: 'undo', heading: 'Can be undone', size: '9rem' },
];

/** What a plan will do, before any of it is sent. */
export function Review({
  plan,
  left,
  note,
  ports,
  isBusy,
  start,
  back,
}: {
  readonly plan: Preview;
  /** Of an undo: what stays as it is. */
  readonly left?: Pick<Undo, 'conflicts' | 'left'>;
  readonly note: string;
  readonly ports: ReadonlyMap<string, Port>;
  readonly isBusy: boolean;
  readonly start: () => void;
  readonly back: () => void;
}): ReactNode {
  const [asText, setAsText] = useState(false);
  const { steps, reversals, batches, estimate } = plan;
  const count = (kind: Step['kind']): number => steps.filter((step) => step.kind === kind).length;
  const stay = [...(left?.conflicts ?? []), ...(left?.left ?? [])];
  return (
    <section aria-labelledby="review-heading" className="page">
      <div className="title">
        <h1 id="review-heading">{left ? 'Review the undo' : 'Review'}</h1>
        <p>
          Nothing is sent yet. It takes {seconds(estimate.minimumMs)} or more, instead of{' '}
          {seconds(estimate.plainMs)} one by one.
        </p>
      </div>
      <Figures
        figures={[
          { name: 'to change', value: count('change') },
          { name: 'already so', value: count('same') },
          { name: 'unreadable', value: count('unreadable'), tone: 'bad' },
          ...(left
            ? []
            : [{ name: 'can be undone', value: reversals.reversible, tone: 'good' } as const]),
          { name: batches.length === 1 ? 'batch' : 'batches', value: batches.length },
        ]}
      />
      {stay.length > 0 && (
        <div className="note">
          <strong>{counted(stay.length, 'port')} will be left alone.</strong>
          <ul>
            {stay.slice(0, 20).map(({ path, why }) => (
              <li key={path}>
                {nameOf(path, ports)}: {why}
              </li>
            ))}
          </ul>
        </div>
      )}
      <VirtualTable
        label="Planned changes"
        kind="steps"
        columns={left ? columns.slice(0, 2) : columns}
        count={steps.length}
        keyOf={String}
        heights={{ wide: 44, narrow: 92 }}
        cell={(index, key) => {
          const step = steps[index];
          if (!step) return null;
          switch (key) {
            case 'port':
              return nameOf(step.path, ports);
            case 'change':
              return <Changes plan={plan} step={step} />;
            case 'undo':
              return step.reversal.kind === 'reversible' ? 'yes' : 'not all of it';
          }
        }}
      />
      <details className="text" onToggle={({ currentTarget }) => setAsText(currentTarget.open)}>
        <summary>The plan as text</summary>
        {asText && (
          <pre tabIndex={0} aria-label="The plan as text">
            {String(plan)}
          </pre>
        )}
      </details>
      <div className="actions">
        <p>{note}</p>
        <button type="button" className="quiet" onClick={back} disabled={isBusy}>
          Back
        </button>
        <button
          type="button"
          className="main"
          onClick={start}
          disabled={isBusy || steps.length === 0}
        >
          {left ? 'Undo' : 'Apply'} {counted(steps.length, 'change')}
        </button>
      </div>
    </section>
  );
}

function Changes({ plan, step }: { readonly plan: Preview; readonly step: Step }): ReactNode {
  switch (step.kind) {
    case 'same':
      return 'already so';
    case 'unreadable':
      return `not known before it runs: ${step.why}`;
    case 'destroy':
      return 'is removed';
    case 'create':
      return 'is made';
    case 'change':
      return (
        <span className="changes">
          {Object.entries(step.members).map(([name, change]) => {
            const { old, new: wanted } = shownBy(plan, { [name]: change })[name] as typeof change;
            return (
              <span key={name}>
                {labelOf(name)} <del>{shown(old)}</del> <span aria-hidden="true">→</span>
                <span className="hidden"> becomes </span> <ins>{shown(wanted)}</ins>
              </span>
            );
          })}
        </span>
      );
  }
}

export function labelOf(name: string): string {
  return Object.hasOwn(settingNames, name) ? settingNames[name as keyof typeof settingNames] : name;
}

/** How people call a port; its path where it is not known. */
export function nameOf(path: string, ports: ReadonlyMap<string, Port>): string {
  const port = ports.get(path);
  return port ? `${port.switchName}, port ${port.portId}` : path;
}

/** `40 seconds`, `3 minutes`. */
export function seconds(ms: number): string {
  if (ms < 100_000) return counted(Math.max(1, Math.round(ms / 1_000)), 'second');
  return counted(Math.round(ms / 60_000), 'minute');
}
