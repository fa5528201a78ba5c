import { type ReactNode, useMemo, useState } from 'react';
import type { JournalReport, Outcome } from '../meraki/batch';
import { counted, Figures } from '../parts/figures';
import { type Column, VirtualTable } from '../parts/virtual-table';
import { type Port, shown } from '../ports/port';
import { isChange } from './is-change';
import { type Kind, openIn } from './last-run';
import { labelOf, nameOf } from './review';

const columns: readonly Column<'port' | 'sent' | 'status' | 'reason'>[] = [
  { key: 'port', heading: 'Port', size: 'minmax(11rem, 1fr)' },
  { key: 'sent', heading: 'Sent', size: 'minmax(10rem, 1fr)' },
  { key: 'status', heading: 'Outcome', size: '8rem' },
  { key: 'reason', heading: 'Reason', size: 'minmax(14rem, 2fr)' },
];

const statusNames: Readonly<Record<Outcome['status'], string>> = {
  applied: 'applied',
  failed: 'failed',
  rolledBack: 'rolled back',
  skipped: 'not sent',
  unknown: 'unknown',
};

const whole = { apply: 'Applied', undo: 'Undone' };
const partly = { apply: 'Partly applied', undo: 'Partly undone' };

/** What became of each change, and what can be done now. */
export function Outcomes({
  kind,
  report,
  ports,
  isBusy,
  resume,
  undo,
  back,
}: {
  readonly kind: Kind;
  readonly report: JournalReport;
  readonly ports: ReadonlyMap<string, Port>;
  readonly isBusy: boolean;
  readonly resume: () => void;
  readonly undo: () => void;
  readonly back: () => void;
}): ReactNode {
  const { counts, outcomes, plan } = report;
  const [onlyProblems, setOnlyProblems] = useState(report.problems.length > 0);
  const rows = useMemo(() => {
    const indexes = outcomes.map((_, index) => index);
    return onlyProblems
      ? indexes.filter((index) => outcomes[index]?.status !== 'applied')
      : indexes;
  }, [outcomes, onlyProblems]);
  const open = openIn(report);
  return (
    <section aria-labelledby="outcomes-heading" className="page">
      <div className="title">
        <h1 id="outcomes-heading">{open > 0 ? partly[kind] : whole[kind]}</h1>
        <p role="status">{summary(kind, report, open)}</p>
      </div>
      <Figures
        figures={[
          { name: kind === 'apply' ? 'applied' : 'undone', value: counts.applied, tone: 'good' },
          { name: 'failed', value: counts.failed + counts.rolledBack, tone: 'bad' },
          { name: 'not sent', value: counts.skipped, tone: 'open' },
          { name: 'unknown', value: counts.unknown, tone: 'open' },
        ]}
      />
      {open > 0 && (
        <div className="note">
          <strong>The run ended early.</strong>
          <p>
            Resuming looks at what is unknown, and sends what was not sent. Nothing is sent twice.
          </p>
          <button type="button" className="main" onClick={resume} disabled={isBusy}>
            Resume {counted(open, 'change')}
          </button>
        </div>
      )}
      {report.leftDrafts.length > 0 && (
        <p className="aside">
          Drafts that may be left on the server: {report.leftDrafts.length}. They do nothing, and it
          deletes them after a week.
        </p>
      )}
      <div className="toolbar">
        <label className="check">
          <input
            type="checkbox"
            checked={onlyProblems}
            onChange={({ target }) => setOnlyProblems(target.checked)}
          />{' '}
          Problems only
        </label>
        <button type="button" className="quiet" onClick={() => save(`${kind}.csv`, report.toCsv())}>
          Save as CSV
        </button>
      </div>
      <VirtualTable
        label="Outcomes"
        kind="outcomes"
        columns={columns}
        count={rows.length}
        keyOf={(row) => String(rows[row])}
        heights={{ wide: 44, narrow: 112 }}
        cell={(row, key) => {
          const index = rows[row] ?? -1;
          const action = plan.actions[index];
          const outcome = outcomes[index];
          if (!action || !outcome || !isChange(action)) return null;
          switch (key) {
            case 'port':
              return nameOf(action.resource, ports);
            case 'sent':
              return Object.entries(action.body ?? {})
                .map(([name, value]) => `${labelOf(name)}: ${shown(value)}`)
                .join(', ');
            case 'status':
              return (
                <span className={`status ${outcome.status}`}>{statusNames[outcome.status]}</span>
              );
            case 'reason':
              return reasonOf(outcome);
          }
        }}
      />
      <div className="actions">
        <p>{kind === 'apply' && 'The old values are in the journal of this browser.'}</p>
        <button type="button" className="quiet" onClick={back} disabled={isBusy}>
          Back to the ports
        </button>
        {(kind === 'apply' || counts.applied < outcomes.length) && (
          <button type="button" className="main" onClick={undo} disabled={isBusy || open > 0}>
            {isBusy ? 'Comparing with the switches…' : 'Undo…'}
          </button>
        )}
      </div>
    </section>
  );
}

function summary(kind: Kind, { counts, outcomes }: JournalReport, open: number): string {
  const verb = kind === 'apply' ? 'took effect' : 'were taken back';
  const sentence = `${counts.applied.toLocaleString('en')} of ${counted(outcomes.length, 'change')} ${verb}.`;
  if (open > 0 || counts.applied === outcomes.length) return sentence;
  return `${sentence} The others left their ports as they were.`;
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'applied':
      return '';
    case 'failed':
    case 'rolledBack':
      return outcome.error.message;
    case 'skipped':
      return outcome.error?.message ?? skipped[outcome.reason] ?? outcome.reason;
    case 'unknown':
      return outcome.message;
  }
}

const skipped: Readonly<Record<string, string>> = {
  stopped: 'The run was stopped.',
  aborted: 'The run ended before.',
  denied: 'The server does not accept the API key.',
  unreachable: 'The server did not answer.',
  journal: 'The journal could not be written.',
};

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
