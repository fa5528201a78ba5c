import { batch } from '../api';
import { type Journal, JournalError, type JournalReport } from '../meraki/batch';
import { readJournal } from './browser-journal';

/** What a run is for. Each kind has a journal of this name. */
export type Kind = 'apply' | 'undo';

/** What the journal says of a run, also while another tab has it. */
export function reportOn(kind: Kind): Promise<JournalReport> {
  const reader: Journal = {
    open: () => readJournal(kind),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return batch.readJournal(reader);
}

/** The run that this browser remembers; undefined where there is none. */
export async function lastRun(): Promise<
  { readonly kind: Kind; readonly report: JournalReport } | undefined
> {
  for (const kind of ['undo', 'apply'] as const) {
    if ((await readJournal(kind)).length === 0) continue;
    try {
      return { kind, report: await reportOn(kind) };
    } catch (error) {
      // The page was left before the plan was written down: nothing was sent.
      if (!(error instanceof JournalError)) throw error;
    }
  }
  return undefined;
}

/** Actions that a resumed run sends, or looks at again. */
export function openIn({ problems }: JournalReport): number {
  return problems.filter(({ outcome: { status } }) => status === 'skipped' || status === 'unknown')
    .length;
}
