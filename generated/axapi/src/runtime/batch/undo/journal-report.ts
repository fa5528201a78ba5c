// @ts-nocheck
import { details } from '../action/types.js';
import { effectOf } from '../action/wire.js';
import type { Outcome } from '../outcome/outcome.js';
import { restOf } from './rest.js';
import type { JournalReport, Problem, Recording } from './types.js';

/** What a journal says of its run, for people and for programs. */
export function reportOf(recording: Recording): JournalReport {
  const { plan, outcomes, leftDrafts, isRetried } = recording;
  const counts = { applied: 0, failed: 0, rolledBack: 0, skipped: 0, unknown: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  const all = outcomes.map((outcome, index): Problem => {
    const action = plan.actions[index]!;
    return {
      index,
      operationId: action[details].operationId,
      path: effectOf(action).path,
      outcome,
    };
  });
  const problems = all.filter(({ outcome }) => outcome.status !== 'applied');
  return {
    plan,
    outcomes,
    counts,
    problems,
    retryable: restOf(recording).indexes,
    isRetried,
    leftDrafts,
    toString: () => [countsText(counts), ...problems.map(lineOf)].join('\n'),
    toCsv: () => [heading, ...all.map(rowOf)].map((cells) => `${cells.join(',')}\r\n`).join(''),
  };
}

function countsText(counts: JournalReport['counts']): string {
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status === 'rolledBack' ? 'rolled back' : status}`)
    .join(', ');
}

function lineOf({ index, operationId, path, outcome }: Problem): string {
  const why = [reasonOf(outcome), messageOf(outcome)].filter((text) => text !== '').join(': ');
  return `${index} ${operationId} ${path} ${outcome.status}${why === '' ? '' : ` (${why})`}`;
}

const heading = ['index', 'operation', 'path', 'status', 'reason', 'message', 'batch'];

function rowOf({ index, operationId, path, outcome }: Problem): readonly string[] {
  const batch = 'batchId' in outcome ? outcome.batchId : errorOf(outcome)?.batchId;
  const texts = [operationId, path, outcome.status, reasonOf(outcome), messageOf(outcome)];
  return [String(index), ...[...texts, batch ?? ''].map(cell)];
}

/** https://www.rfc-editor.org/rfc/rfc4180, and what https://owasp.org/www-community/attacks/CSV_Injection advises. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function reasonOf(outcome: Outcome): string {
  return outcome.status === 'skipped' || outcome.status === 'unknown' ? outcome.reason : '';
}

function messageOf(outcome: Outcome): string {
  if (outcome.status === 'unknown') return outcome.message;
  return errorOf(outcome)?.message ?? '';
}

function errorOf(
  outcome: Outcome,
): { readonly message: string; readonly batchId?: string | undefined } | undefined {
  return 'error' in outcome ? outcome.error : undefined;
}
