import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { counted } from '../parts/figures';
import { Problem } from '../parts/problem';
import { BulkEdit } from './bulk-edit';
import { type Edits, type Port, withEdits } from './port';
import { PortTable } from './port-table';
import type { Ports } from './use-ports';

/** The table of ports, and what is done with it. */
export function Editor({
  ports: { ports, switches, read, isReading, error, retry },
  edits,
  isBusy,
  setEdits,
  review,
  showLast,
}: {
  readonly ports: Ports;
  readonly edits: Edits;
  readonly isBusy: boolean;
  readonly setEdits: (edits: Edits) => void;
  readonly review: () => void;
  /** Absent where nothing has run yet. */
  readonly showLast?: () => void;
}): ReactNode {
  const [filter, setFilter] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const words = useDeferredValue(filter);
  const shown = useMemo(
    () => ports.filter((port) => matches(port, words) && (!onlyChanged || edits.has(port.path))),
    [ports, words, onlyChanged, edits],
  );
  return (
    <section aria-labelledby="ports-heading" className="page">
      <div className="title">
        <h1 id="ports-heading">Ports</h1>
        <p role="status">
          {isReading
            ? `Reading switch ${read} of ${switches || '…'}`
            : `${counted(ports.length, 'port')} on ${counted(switches, 'switch')}`}
        </p>
        {showLast && (
          <button type="button" className="quiet link" disabled={isBusy} onClick={showLast}>
            Show the last run
          </button>
        )}
      </div>
      {error && !isReading && <Problem error={error} retry={retry} />}
      <div className="toolbar">
        <label className="filter">
          Filter{' '}
          <input
            type="search"
            placeholder="Switch, port or name"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={({ target }) => setOnlyChanged(target.checked)}
          />{' '}
          Changed only
        </label>
        <BulkEdit
          count={shown.length}
          set={(values) => setEdits(withEdits(edits, shown, values))}
        />
      </div>
      <PortTable
        ports={shown}
        edits={edits}
        edit={(port, values) => setEdits(withEdits(edits, [port], values))}
      />
      <div className="actions">
        <p role="status">{counted(edits.size, 'port')} changed. Nothing is sent yet.</p>
        <button
          type="button"
          className="quiet"
          disabled={edits.size === 0}
          onClick={() => setEdits(new Map())}
        >
          Discard
        </button>
        <button
          type="button"
          className="main"
          disabled={edits.size === 0 || isReading || isBusy}
          onClick={review}
        >
          {isBusy ? 'Comparing with the switches…' : 'Review changes'}
        </button>
      </div>
    </section>
  );
}

/** Whether a port has all of the words. */
function matches({ switchName, serial, portId, settings }: Port, filter: string): boolean {
  const text = `${switchName} ${serial} port ${portId} ${settings.name}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(' ')
    .every((word) => text.includes(word));
}
