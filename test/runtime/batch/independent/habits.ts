import type { Habits } from '../../../simulators/rewriting/store.ts';

/** What servers do with what they are sent, by what is said of them. */
export const habits: Readonly<Record<string, Habits>> = {
  'rewrites values': {},
  'replaces what a PUT does not send': { replaces: true },
  'replaces the objects that are sent': { replacesInner: true },
  'replaces all, and lags behind': { replaces: true, replacesInner: true, lag: 4_000 },
  'shows masks': { masks: true },
  'shows numbers as texts': { showsTexts: true, replacesInner: true },
};
