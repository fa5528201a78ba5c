// @ts-nocheck
import { segment } from '../../params/path.js';
import { action, addition } from '../action/action.js';
import { atomic } from '../action/group.js';
import { isPathTemplate, templateOf } from '../action/path.js';
import {
  type AnyAction,
  details,
  isRef,
  type Item,
  type Json,
  type PathTemplate,
  type Ref,
  target,
} from '../action/types.js';
import { effectOf, label, substitute } from '../action/wire.js';
import {
  type Journal,
  type JournalEntry,
  JournalError,
  openEntries,
  readEntries,
} from '../journal/journal.js';
import { untyped, type Wire } from '../journal/restore-plan.js';
import { createPlan } from '../plan/create-plan.js';
import { Footprint } from '../plan/path-order.js';
import { runEntry } from '../run/run-entry.js';
import type { Engine, Prepare, PreparedRun } from '../run/session.js';
import { type RetryOptions, settingsFor } from '../run/start.js';
import type { Recording } from './types.js';

/** What a journal says of a run. */
type Replay = (entries: readonly JournalEntry[]) => Promise<Recording>;

/** What is left of a run: by the index in its plan of the action, or of the first of a group. */
export type Rest = Readonly<Record<string, Item>>;

/**
 * A run of the actions of another run that failed, were rolled back or were skipped. What touches something
 * unknown, or refers to what is not there, is not among them. The journal of the other run notes that its rest
 * was sent, so that no resume sends it again.
 *
 * @throws JournalError where that run has to be resumed first, or was retried before.
 */
export function retriedRun(
  engine: Engine,
  journal: Journal,
  options: RetryOptions,
  replay: Replay,
): Prepare<PreparedRun> {
  return async (state) => {
    const entries = await readEntries(journal);
    refuseUnended(entries);
    const recording = await replay(entries);
    const { scope, mode, ordered, onError, concurrency } = recording.run;
    const plan = createPlan(engine.dialect, restOf(recording), { mode, ordered, concurrency });
    const chosen = { onError, ...options, ...scope };
    const settings = settingsFor(engine, chosen, { ...plan, stream: false });
    await markRetried(journal);
    await state.begin(runEntry(engine, settings));
    return { plan, settings, complete: true };
  };
}

async function markRetried(journal: Journal): Promise<void> {
  const entries = await openEntries(journal);
  try {
    refuseUnended(entries);
    await journal.append({ type: 'retried' });
  } finally {
    await journal.close();
  }
}

/** @throws JournalError where sending the rest would leave something behind, or send it a second time. */
function refuseUnended(entries: readonly JournalEntry[]): void {
  const drafts = new Set<string>();
  for (const entry of entries) {
    const key = 'batch' in entry && 'attempt' in entry ? `${entry.batch} ${entry.attempt}` : '';
    switch (entry.type) {
      case 'retried':
        throw new JournalError(
          'different',
          'What was left of the run was sent before, under another journal: use that one.',
        );
      case 'undone':
        throw new JournalError('different', 'The changes of the run are undone.');
      case 'draft':
        drafts.add(key);
        break;
      case 'confirm':
      case 'discard':
      case 'done':
        drafts.delete(key);
        break;
      case 'run':
      case 'batch':
      case 'planned':
      case 'others':
      case 'submit':
      case 'send':
      case 'results':
      case 'before':
      case 'after':
      case 'hold':
      case 'keep':
      case 'undo':
    }
  }
  if (drafts.size > 0) {
    throw new JournalError('different', 'The run has not ended: resume the journal first.');
  }
}

function restOf({ plan, outcomes, lookup }: Recording): Rest {
  const unclear = new Footprint();
  const touched = (one: AnyAction): string =>
    effectOf(one, (ref) => lookup(ref) ?? label(ref)).path;
  for (const [index, { status }] of outcomes.entries()) {
    if (status !== 'unknown') continue;
    unclear.add(touched(plan.actions[index]!), index, false);
  }
  const made = new Map<AnyAction, AnyAction>();
  const valueOf = (ref: Ref<unknown>): unknown => {
    const { action: of, field } = ref[target];
    const again = made.get(of);
    return again ? untyped(again, field) : lookup(ref);
  };
  const items: [string, Item][] = [];
  // What is referred to is in an earlier batch.
  for (const unit of plan.batches.flatMap(({ units }) => units)) {
    const actions = unit.indexes.map((index) => plan.actions[index]!);
    const isLeft = unit.indexes.every((index) => isRest(outcomes[index]!.status));
    const isKnown = actions.every((one) =>
      one[details].refs.every((ref) => valueOf(ref) !== undefined),
    );
    if (!isLeft || !isKnown) continue;
    if (!unclear.isEmpty && actions.some((one) => unclear.first(touched(one)) !== undefined))
      continue;
    const again = actions.map((one) => copyOf(one, valueOf));
    for (const [place, one] of actions.entries()) made.set(one, again[place]!);
    const [first] = again;
    items.push([String(unit.indexes[0]), unit.group || !first ? atomic(again, unit.name) : first]);
  }
  return Object.fromEntries(items);
}

function isRest(status: Recording['outcomes'][number]['status']): boolean {
  return status === 'failed' || status === 'rolledBack' || status === 'skipped';
}

/** An action whose references have values, or stand for what is sent again as well. */
function copyOf(one: AnyAction, valueOf: (ref: Ref<unknown>) => unknown): AnyAction {
  const { [details]: known, ...members } = one;
  const filled = (template: PathTemplate): PathTemplate =>
    templateOf(template.parts().map((part) => (isRef(part) ? pieceOf(valueOf(part)) : part)));
  const wire = Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const template = Object.hasOwn(known.templates, name) ? known.templates[name] : undefined;
      return [name, template ? filled(template) : substitute(value as Json, valueOf)];
    }),
    // The members are those of the action.
  ) as unknown as Wire;
  const { adds, operationId } = known;
  if (!adds) return action(operationId, wire);
  const at = isPathTemplate(adds.at) ? filled(adds.at) : adds.at;
  return addition(operationId, { ...wire, ...(at !== undefined && { at }) });
}

function pieceOf(value: unknown): string | Ref<unknown> {
  return isRef(value) ? value : segment(String(value), 'reference');
}
