import type { Severity } from '../finding.ts';

/** Which way a schema's values travel: from the client, or to it. */
export type Direction = 'request' | 'response';

/**
 * What a change does to the values that pass: it narrows them, widens them, exchanges some for
 * others, or leaves them as they are.
 */
export type Effect = 'narrows' | 'widens' | 'exchanges' | 'none';

export interface Change {
  readonly effect: Effect;
  /** What the rule is about, for its row in the documentation. */
  readonly text: string;
  /** Where a direction weighs it otherwise than its effect says. */
  readonly request?: Severity;
  readonly response?: Severity;
}

/**
 * A client is right when it sends what the old document allows, and reads what it promises. So a
 * request breaks by what narrows, an answer by what widens.
 */
export function severityOf({ effect, request, response }: Change, direction: Direction): Severity {
  const own = direction === 'request' ? request : response;
  if (own) return own;
  if (effect === 'exchanges') return 'breaking';
  if (effect === 'none') return 'info';
  return (effect === 'narrows') === (direction === 'request') ? 'breaking' : 'info';
}
