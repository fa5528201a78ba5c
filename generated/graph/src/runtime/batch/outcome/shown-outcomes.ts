// @ts-nocheck
import type { BatchOutcomes, Outcome } from './outcome.js';

/** The outcomes, of which no text shows what a server repeats of a secret. */
export function shownOutcomes(
  { outcomes, ...rest }: BatchOutcomes,
  show: (text: string) => string,
): BatchOutcomes {
  // Many actions share one text.
  const known = new Map<string, string>();
  const shown = (text: string): string => {
    const found = known.get(text) ?? show(text);
    known.set(text, found);
    return found;
  };
  const of = (outcome: Outcome): Outcome => {
    switch (outcome.status) {
      case 'applied':
        return outcome;
      case 'failed':
      case 'rolledBack':
        return { ...outcome, error: { ...outcome.error, message: shown(outcome.error.message) } };
      case 'skipped': {
        const { error } = outcome;
        return error ? { ...outcome, error: { ...error, message: shown(error.message) } } : outcome;
      }
      case 'unknown':
        return { ...outcome, message: shown(outcome.message) };
    }
  };
  return { ...rest, outcomes: outcomes.map(([index, outcome]) => [index, of(outcome)]) };
}
