import type { ReactNode } from 'react';
import type { Progress } from '../meraki/batch';
import { seconds } from './review';
import type { Kind } from './last-run';

/** How far a run is. */
export function Running({
  kind,
  progress,
  isStopping,
  stop,
}: {
  readonly kind: Kind;
  readonly progress: Progress | undefined;
  readonly isStopping: boolean;
  readonly stop: () => void;
}): ReactNode {
  const { done = 0, total = 0, remaining, waiting } = progress ?? {};
  return (
    <section aria-labelledby="run-heading" className="page">
      <div className="title">
        <h1 id="run-heading">{kind === 'apply' ? 'Applying' : 'Undoing'}</h1>
        <p>A reload loses nothing: each step is in the journal of this browser.</p>
      </div>
      <div className="progress">
        <progress
          aria-label={kind === 'apply' ? 'Changes applied' : 'Changes undone'}
          {...(progress && { value: done, max: Math.max(total, 1) })}
        />
        <p role="status">
          {progress
            ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')} changes`
            : 'Comparing with the switches…'}
          {remaining !== undefined && remaining > 0 && `, about ${seconds(remaining)} left`}
        </p>
        {waiting && <p className="waiting">Waiting: {waiting.message}</p>}
      </div>
      <div className="actions">
        <p>{isStopping && 'Stopping: what has begun is finished first.'}</p>
        <button type="button" onClick={stop} disabled={isStopping}>
          Stop
        </button>
      </div>
    </section>
  );
}
