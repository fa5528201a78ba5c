// @ts-nocheck
import { member } from '../action/members.js';
import type { Unit } from '../plan/unit.js';
import type { OnError } from '../protocol/protocol.js';
import { attribute, type Attribution } from './attribute-error.js';
import type { ActionResult, BatchResult, SkipReason } from './batch-result.js';
import { matchCreated } from './match-created.js';
import type { ActionError, BatchOutcomes, Outcome, Sent, SentBatch } from './outcome.js';

export interface Rules {
  readonly onError: OnError;
  /** How an error text names the action; absent where no text does. */
  readonly failure?: RegExp | undefined;
}

/**
 * Outcomes from the result of a batch. A failed batch took no effect; with `continue` the actions that failed are
 * taken out and the rest is sent again, or both halves where it is not known which action failed. A
 * group is never taken apart.
 */
export function outcomesOf(sentBatch: SentBatch, result: BatchResult, rules: Rules): BatchOutcomes {
  switch (result.kind) {
    case 'completed':
      return outcomesOfCompleted(sentBatch, result);
    case 'failed':
    case 'refused':
      return outcomesOfFailed(sentBatch, result, rules);
    case 'tooLarge':
      return sentBatch.units.length > 1
        ? { outcomes: [], retry: halves(sentBatch.units), stop: false }
        : outcomesOfFailed(
            sentBatch,
            { kind: 'refused', status: 413, errors: result.errors },
            rules,
          );
    case 'unknown': {
      const { reason, batchId, message } = result;
      return all(
        sentBatch,
        { status: 'unknown', reason, batchId, message },
        rules.onError !== 'continue',
      );
    }
    case 'answered':
      return outcomesOfAnswered(sentBatch, result.results, rules);
    case 'notSent': {
      const { reason, message } = result;
      const error = message === undefined ? undefined : { message, candidates: [] };
      return all(sentBatch, { status: 'skipped', reason, error }, true);
    }
  }
}

function outcomesOfAnswered(
  { sent }: SentBatch,
  results: readonly ActionResult[],
  { onError }: Rules,
): BatchOutcomes {
  const indexOf = (place: number): number => sent[place]!.index;
  return {
    outcomes: sent.map(({ index }, place) => [index, outcomeOf(results[place]!, indexOf)]),
    retry: [],
    stop: results.some(({ kind, ...one }) => stops(kind, onError) || isHopeless(one)),
  };
}

function stops(kind: ActionResult['kind'], onError: Rules['onError']): boolean {
  return (
    onError !== 'continue' && (kind === 'failed' || kind === 'rolledBack' || kind === 'unknown')
  );
}

/** What comes later would be refused as well. */
function isHopeless(result: object): boolean {
  return hopeless.has(member(result, 'reason'));
}

const hopeless: ReadonlySet<unknown> = new Set<SkipReason>(['denied', 'stale', 'unreachable']);

function outcomeOf(result: ActionResult, indexOf: (place: number) => number): Outcome {
  switch (result.kind) {
    case 'applied': {
      const { value, answer } = result;
      return { status: 'applied', value, batchId: undefined, ...(answer && { answer }) };
    }
    case 'failed': {
      const { errors, status } = result;
      return { status: 'failed', error: { message: textOf(errors), candidates: [], status } };
    }
    case 'rolledBack': {
      const { errors, status, candidates } = result;
      const found = candidates.map(indexOf);
      const cause = found.length === 1 ? found[0] : undefined;
      const error = { message: textOf(errors), candidates: found, status };
      return { status: 'rolledBack', cause, error };
    }
    case 'skipped': {
      const { reason, cause, message, status, version } = result;
      const error =
        message === undefined ? undefined : { message, candidates: [], status, version };
      return {
        status: 'skipped',
        reason,
        ...(cause === undefined ? {} : { cause: indexOf(cause) }),
        ...(error && { error }),
      };
    }
    case 'unknown': {
      const { reason, message } = result;
      return { status: 'unknown', reason, batchId: undefined, message };
    }
  }
}

function textOf(errors: readonly string[]): string {
  return errors.length === 0 ? unexplained : errors.join('; ');
}

function outcomesOfCompleted(
  { sent, creates }: SentBatch,
  { batchId, created, owners }: BatchResult & { kind: 'completed' },
): BatchOutcomes {
  const plain: Outcome = Object.freeze({ status: 'applied', value: undefined, batchId });
  const resources = owners
    ? new Map(
        owners.flatMap((place, at) => {
          const index = place === null ? undefined : sent[place]?.index;
          return index === undefined ? [] : [[index, created[at]!] as const];
        }),
      )
    : matchCreated(creates, created);
  const outcomes = sent.map(({ index }): [number, Outcome] => {
    const value = resources.get(index);
    return [index, value ? { status: 'applied', value, batchId } : plain];
  });
  return { outcomes, retry: [], stop: false };
}

type Failure = BatchResult & { kind: 'failed' | 'refused' };

function outcomesOfFailed(sentBatch: SentBatch, result: Failure, rules: Rules): BatchOutcomes {
  const found = attributions(sentBatch, result, rules.failure);
  const places = result.kind === 'failed' ? (result.kept ?? []) : [];
  if (places.length === 0) return outcomesOfUndone(sentBatch, found, result, rules, true);
  const kept = new Set(places.map((place) => sentBatch.sent[place]?.index));
  const isKept = ({ indexes }: Unit): boolean => indexes.some((index) => kept.has(index));
  const doubtful = new Set(sentBatch.units.filter(isKept).flatMap(({ indexes }) => indexes));
  const isUndone = ({ index }: Sent): boolean => !doubtful.has(index);
  const undone: SentBatch = {
    units: sentBatch.units.filter((unit) => !isKept(unit)),
    sent: sentBatch.sent.filter(isUndone),
    creates: sentBatch.creates.filter(isUndone),
  };
  const rest = outcomesOfUndone(undone, found, result, rules, false);
  const unclear = [...doubtful].map((index): [number, Outcome] => [
    index,
    kept.has(index) ? mayBeKept(result) : blamed(index, new Map(), found, result),
  ]);
  return { ...rest, outcomes: [...unclear, ...rest.outcomes] };
}

function mayBeKept(result: Failure): Outcome {
  return {
    status: 'unknown',
    reason: 'suspect',
    batchId: result.kind === 'failed' ? result.batchId : undefined,
    message: 'the batch failed, and what the action wants is the case, or cannot be read',
  };
}

/** `isWhole`: whether these are all actions of the batch. */
function outcomesOfUndone(
  sentBatch: SentBatch,
  found: readonly Attribution[],
  result: Failure,
  { onError }: Rules,
  isWhole: boolean,
): BatchOutcomes {
  const clear = found.filter(({ candidates, certain }) => certain && candidates.length === 1);
  const guilty = new Map(clear.map((error) => [error.candidates[0]!, error]));
  const [only] = sentBatch.units;
  if (onError !== 'continue' || (isWhole && sentBatch.units.length === 1)) {
    const lone =
      isWhole && sentBatch.sent.length === 1 && only ? blame(only.indexes[0]!, found[0]) : guilty;
    return {
      outcomes: sentBatch.sent.map(({ index }) => [index, blamed(index, lone, found, result)]),
      retry: [],
      stop: onError !== 'continue',
    };
  }
  if (guilty.size === 0) {
    const suspects = new Set(found.flatMap(({ candidates }) => candidates));
    return { outcomes: [], retry: apart(sentBatch.units, suspects), stop: false };
  }

  const out = sentBatch.units.filter(({ indexes }) => indexes.some((index) => guilty.has(index)));
  const rest = sentBatch.units.filter((unit) => !out.includes(unit));
  return {
    outcomes: out.flatMap(({ indexes }) => {
      const own = new Map(indexes.flatMap((index) => pair(index, guilty.get(index))));
      return indexes.map((index): [number, Outcome] => [index, blamed(index, own, found, result)]);
    }),
    retry: rest.length > 0 ? [rest] : [],
    stop: false,
  };
}

function pair(index: number, error: Attribution | undefined): [number, Attribution][] {
  return error ? [[index, error]] : [];
}

/** In a batch of one action, that action failed, whatever the text says. */
function blame(index: number, error: Attribution | undefined): ReadonlyMap<number, Attribution> {
  const message = error?.message ?? unexplained;
  return new Map([[index, { candidates: [index], certain: true, message }]]);
}

const unexplained = 'the server gave no reason';

function attributions(
  { sent }: SentBatch,
  { errors }: Failure,
  failure: RegExp | undefined,
): readonly Attribution[] {
  const nobody = { candidates: [], certain: false };
  if (errors.length === 0) return [{ ...nobody, message: unexplained }];
  return errors.map((message) =>
    failure ? attribute(message, failure, sent) : { ...nobody, message },
  );
}

/** The outcome of one action of a batch that failed because of `guilty`. */
function blamed(
  index: number,
  guilty: ReadonlyMap<number, Attribution>,
  found: readonly Attribution[],
  result: Failure,
): Outcome {
  const own = guilty.get(index);
  if (own) return { status: 'failed', error: errorOf([own], result) };
  const [cause] = guilty.keys();
  const error = errorOf(cause === undefined ? found : [guilty.get(cause)!], result);
  if (result.kind === 'refused') return { status: 'skipped', reason: 'refused', cause, error };
  return { status: 'rolledBack', cause, error };
}

function errorOf(found: readonly Attribution[], result: Failure): ActionError {
  return {
    message: found.map(({ message }) => message).join('; '),
    candidates: [...new Set(found.flatMap(({ candidates }) => candidates))],
    ...(result.kind === 'failed' ? { batchId: result.batchId } : { status: result.status }),
  };
}

function all({ sent }: SentBatch, outcome: Outcome, stop: boolean): BatchOutcomes {
  return { outcomes: sent.map(({ index }) => [index, outcome]), retry: [], stop };
}

/** In order, with each suspect alone; halves where nobody is suspected, or too many are. */
function apart(
  units: readonly Unit[],
  suspects: ReadonlySet<number>,
): readonly (readonly Unit[])[] {
  const suspected = (unit: Unit): boolean => unit.indexes.some((index) => suspects.has(index));
  const count = units.filter(suspected).length;
  if (count === 0 || count > mostSuspects) return halves(units);
  const parts: Unit[][] = [];
  let open = false;
  for (const unit of units) {
    if (suspected(unit) || !open) parts.push([unit]);
    else parts.at(-1)?.push(unit);
    open = !suspected(unit);
  }
  return parts;
}

/** From here on halves find the action that failed with fewer batches. */
const mostSuspects = 4;

function halves(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const middle = Math.ceil(units.length / 2);
  return [units.slice(0, middle), units.slice(middle)];
}
