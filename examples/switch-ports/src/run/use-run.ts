import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { batch, organizationId } from '../api';
import type { Action, JournalReport, Preview, Progress, Undo } from '../meraki/batch';
import { batchMutation } from '../meraki/tanstack-query';
import { browserJournal, clearJournals } from './browser-journal';
import { type Kind, lastRun, reportOn } from './last-run';

/** Where the user is: each stage leads to the next. */
export type Stage =
  | { readonly at: 'edit' }
  | { readonly at: 'review'; readonly kind: 'apply'; readonly plan: Preview }
  | { readonly at: 'review'; readonly kind: 'undo'; readonly plan: Undo }
  | { readonly at: 'running'; readonly kind: Kind }
  | { readonly at: 'outcomes'; readonly kind: Kind; readonly report: JournalReport };

/** A run to begin with its plan, or one to resume from its journal. */
type Order = { readonly kind: Kind; readonly plan?: Preview };

export interface RunControl {
  readonly stage: Stage;
  readonly progress: Progress | undefined;
  readonly isBusy: boolean;
  readonly isStopping: boolean;
  readonly error: Error | null;
  /** The run that this browser remembers. */
  readonly last: Kind | undefined;
  review(actions: readonly Action[]): void;
  reviewUndo(): void;
  start(kind: Kind, plan: Preview): void;
  resume(kind: Kind): void;
  stop(): void;
  edit(): void;
  showLast(): void;
}

/** Previews, runs and undoes changes. `onEnd` hears what became of a run. */
export function useRun(onEnd: (kind: Kind, report: JournalReport) => void): RunControl {
  const [stage, setStage] = useState<Stage>({ at: 'edit' });
  const [progress, setProgress] = useState<Progress>();
  const [isStopping, setStopping] = useState(false);
  const [last, setLast] = useState<Kind>();
  const current = useRef<{ stop(): Promise<void> }>(undefined);

  useEffect(() => {
    void lastRun().then((run) => {
      setLast(run?.kind);
      if (run) setStage((now) => (now.at === 'edit' ? { at: 'outcomes', ...run } : now));
    });
  }, []);

  const review = useMutation({
    mutationFn: (actions: readonly Action[]): Promise<Preview> =>
      batch.preview(actions, { organizationId }),
    onSuccess: (plan) => setStage({ at: 'review', kind: 'apply', plan }),
  });

  const reviewUndo = useMutation({
    mutationFn: (): Promise<Undo> => batch.undo(browserJournal('apply')),
    onSuccess: (plan) => setStage({ at: 'review', kind: 'undo', plan }),
  });

  const showLast = useMutation({
    mutationFn: lastRun,
    onSuccess: (run) => setStage(run ? { at: 'outcomes', ...run } : { at: 'edit' }),
  });

  const run = useMutation({
    ...batchMutation(({ kind, plan }: Order): PromiseLike<unknown> & AsyncIterable<Progress> => {
      const journal = browserJournal(kind);
      const began = plan
        ? batch.run(plan, {
            organizationId,
            journal,
            capture: kind === 'apply',
            onError: 'continue',
          })
        : batch.resume(journal, { organizationId });
      current.current = began;
      return began;
    }, setProgress),
    // The run itself waits for a server that is away.
    networkMode: 'always',
    onMutate: ({ kind }) => {
      setProgress(undefined);
      setStopping(false);
      setStage({ at: 'running', kind });
    },
    onSuccess: async (_, { kind }) => {
      const report = await reportOn(kind);
      setStage({ at: 'outcomes', kind, report });
      setLast(kind);
      onEnd(kind, report);
    },
    onError: async () => {
      const found = await lastRun();
      setLast(found?.kind);
      setStage(found ? { at: 'outcomes', ...found } : { at: 'edit' });
    },
  });

  const begin = useMutation({
    mutationFn: async ({ kind }: Required<Order>) =>
      clearJournals(kind === 'apply' ? ['apply', 'undo'] : ['undo']),
    onSuccess: (_, order) => run.mutate(order),
  });

  const steps = [review, reviewUndo, showLast, begin, run];
  /** An error stays until the next step is begun. */
  const fresh = (): void => {
    for (const step of steps) if (!step.isPending) step.reset();
  };
  return {
    stage,
    progress,
    isStopping,
    last,
    isBusy: steps.some(({ isPending }) => isPending),
    error: steps.find(({ error }) => error)?.error ?? null,
    review: (actions) => {
      fresh();
      review.mutate(actions);
    },
    reviewUndo: () => {
      fresh();
      reviewUndo.mutate();
    },
    start: (kind, plan) => {
      fresh();
      begin.mutate({ kind, plan });
    },
    resume: (kind) => {
      fresh();
      run.mutate({ kind });
    },
    stop: () => {
      setStopping(true);
      void current.current?.stop();
    },
    edit: () => {
      fresh();
      setStage({ at: 'edit' });
    },
    showLast: () => {
      fresh();
      showLast.mutate();
    },
  };
}
