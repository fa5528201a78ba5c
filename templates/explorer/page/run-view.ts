import { type Content, element, section, sentences, table } from './element.ts';
import { codeBlock } from './highlight.ts';
import type { RecordedAction, RecordedBatch, RecordedRun } from './recorded-run.ts';

/** As many rows as a browser lays out at once. */
const shown = 500;

/** A plan or a journal: its waves and batches, and what came of its actions. */
export function runView(run: RecordedRun, fileName: string): Content {
  const { kind, dialect, scope, batches, notes } = run;
  const actions = batches.flatMap((batch) => batch.actions);
  const waves = new Set(batches.map(({ wave }) => wave)).size;
  const problems = actions.filter(({ outcome }) => outcome && outcome.status !== 'applied');
  return [
    element('h1', { attributes: { tabindex: '-1' } }, kind === 'plan' ? 'Plan' : 'Journal'),
    element('p', {}, `${fileName}: ${dialect}${scope === '' ? '' : `, ${scope}`}.`),
    element(
      'p',
      { class: 'figures' },
      `${counted(actions.length, 'action')} in ${counted(batches.length, 'batch', 'batches')} and ${counted(waves, 'wave')}. ${countsOf(actions)}`,
    ),
    sentences(notes),
    ...(problems.length === 0
      ? []
      : [
          section(
            'Not applied',
            table('Not applied', ['Action', 'Operation', 'Outcome', 'Why'], problemRows(problems)),
            rest(problems.length),
          ),
        ]),
    section('Batches', batches.slice(0, shown).map(batchOf), rest(batches.length)),
  ];
}

/** What invites to drop a file; `error` says what was wrong with the last. */
export function runInvitation(open: (file: File) => void, error = ''): Content {
  const input = element('input', {
    attributes: { id: 'file', type: 'file' },
    on: {
      change: () => {
        const [file] = input.files ?? [];
        if (file) open(file);
      },
    },
  });
  return [
    element('h1', { attributes: { tabindex: '-1' } }, 'Plan or journal'),
    element(
      'p',
      {},
      'Drop the file of a plan or a journal anywhere on this page, or choose it. It stays on this computer: the page cannot send anything.',
    ),
    element('label', { attributes: { for: 'file' } }, 'File'),
    ' ',
    input,
    element('p', { class: 'error', attributes: { role: 'alert' } }, error),
  ];
}

function countsOf(actions: readonly RecordedAction[]): string {
  const counts = new Map<string, number>();
  for (const action of actions) {
    const status = statusOf(action);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return `${[...counts].map(([status, count]) => `${count} ${status}`).join(', ')}.`;
}

function statusOf({ outcome }: RecordedAction): string {
  if (!outcome) return 'planned';
  return outcome.status === 'rolledBack' ? 'rolled back' : outcome.status;
}

function problemRows(problems: readonly RecordedAction[]): readonly Content[] {
  return problems
    .slice(0, shown)
    .map((action) => [
      String(action.index),
      action.operationId,
      statusOf(action),
      reasonFor(action),
    ]);
}

function reasonFor({ outcome }: RecordedAction): string {
  if (!outcome) return '';
  const reason = 'reason' in outcome ? outcome.reason : '';
  const message =
    outcome.status === 'unknown'
      ? outcome.message
      : 'error' in outcome
        ? (outcome.error?.message ?? '')
        : '';
  return [reason, message].filter((text) => text !== '').join(': ');
}

function rest(count: number): HTMLElement | undefined {
  return count > shown ? element('p', {}, `${count - shown} more are not shown.`) : undefined;
}

/** A batch, whose actions are laid out when a reader opens it. */
function batchOf({ index, wave, after, bytes, actions }: RecordedBatch): HTMLElement {
  const facts = [
    `wave ${wave}`,
    `${actions.length} actions: ${countsOf(actions).slice(0, -1)}`,
    `${bytes} bytes`,
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
  ];
  const details = element(
    'details',
    {
      on: {
        toggle: () => {
          if (details.childElementCount > 1) return;
          details.append(
            ...actions.map((action) =>
              element(
                'div',
                {},
                element('h3', {}, `${action.index} ${action.operationId} ${statusOf(action)}`),
                codeBlock(`Action ${action.index}`, JSON.stringify(action.wire, null, 2)),
              ),
            ),
          );
        },
      },
    },
    element('summary', {}, element('strong', {}, `Batch ${index}`), ` ${facts.join(', ')}`),
  );
  return details;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
