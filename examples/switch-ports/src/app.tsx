import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { batch } from './api';
import { Jobs } from './jobs/jobs';
import type { JournalReport } from './meraki/batch';
import { Problem } from './parts/problem';
import { Editor } from './ports/editor';
import type { Edits, Port } from './ports/port';
import { usePorts } from './ports/use-ports';
import type { Kind } from './run/last-run';
import { isChange } from './run/is-change';
import { Outcomes } from './run/outcomes';
import { Review } from './run/review';
import { Running } from './run/running';
import { type RunControl, useRun } from './run/use-run';

export function App(): ReactNode {
  const tab = useTab();
  const [edits, setEdits] = useState<Edits>(new Map());
  const ports = usePorts();
  const queries = useQueryClient();
  const run = useRun(
    useCallback(
      (kind: Kind, report: JournalReport) => {
        if (kind === 'apply') setEdits((before) => withoutApplied(before, report));
        void queries.invalidateQueries({ queryKey: ['getDeviceSwitchPorts'] });
      },
      [queries],
    ),
  );
  const byPath = useMemo(
    () => new Map(ports.ports.map((port) => [port.path, port])),
    [ports.ports],
  );
  return (
    <>
      <header>
        <p className="brand">Switch ports</p>
        <nav aria-label="Pages">
          <a href="#ports" aria-current={tab === 'ports' ? 'page' : undefined}>
            Ports{run.stage.at === 'running' && <span className="busy"> (running)</span>}
          </a>
          <a href="#jobs" aria-current={tab === 'jobs' ? 'page' : undefined}>
            Jobs
          </a>
        </nav>
      </header>
      <main>
        {tab === 'ports' && run.error && <Problem error={run.error} />}
        {tab === 'jobs' ? (
          <Jobs />
        ) : run.stage.at === 'edit' ? (
          <Editor
            ports={ports}
            edits={edits}
            setEdits={setEdits}
            isBusy={run.isBusy}
            {...(run.last && { showLast: run.showLast })}
            review={() => run.review(actionsOf(edits, byPath))}
          />
        ) : (
          <RunPage run={run} ports={byPath} />
        )}
      </main>
    </>
  );
}

function noteOn({ stage, last }: RunControl): string {
  if (stage.at === 'review' && stage.kind === 'undo') return 'The ports get back what they had.';
  return last ? 'Once this is applied, the run before can no longer be undone here.' : '';
}

function RunPage({
  run,
  ports,
}: {
  readonly run: RunControl;
  readonly ports: ReadonlyMap<string, Port>;
}): ReactNode {
  const { stage, isBusy, isStopping, progress } = run;
  switch (stage.at) {
    case 'edit':
      return null;
    case 'review':
      return (
        <Review
          key={stage.kind}
          plan={stage.plan}
          {...(stage.kind === 'undo' && { left: stage.plan })}
          note={noteOn(run)}
          ports={ports}
          isBusy={isBusy}
          start={() => run.start(stage.kind, stage.plan)}
          back={() => (stage.kind === 'undo' ? run.showLast() : run.edit())}
        />
      );
    case 'running':
      return (
        <Running kind={stage.kind} progress={progress} isStopping={isStopping} stop={run.stop} />
      );
    case 'outcomes':
      return (
        <Outcomes
          key={stage.kind}
          kind={stage.kind}
          report={stage.report}
          ports={ports}
          isBusy={isBusy}
          resume={() => run.resume(stage.kind)}
          undo={run.reviewUndo}
          back={run.edit}
        />
      );
  }
}

/** The changes as actions, switch by switch, so that a batch reads few switches. */
function actionsOf(edits: Edits, ports: ReadonlyMap<string, Port>) {
  return [...ports.values()].flatMap(({ path, serial, portId }) => {
    const body = edits.get(path);
    return body ? [batch.switch.updateDeviceSwitchPort({ serial, portId, body })] : [];
  });
}

/** What was not applied stays in the table, to be corrected. */
function withoutApplied(edits: Edits, { plan, outcomes }: JournalReport): Edits {
  const left = new Map(edits);
  for (const [index, action] of plan.actions.entries())
    if (outcomes[index]?.status === 'applied' && isChange(action)) left.delete(action.resource);
  return left;
}

function useTab(): 'ports' | 'jobs' {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => (location.hash === '#jobs' ? 'jobs' : 'ports'),
  );
}
