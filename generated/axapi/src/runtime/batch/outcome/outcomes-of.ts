import { attribute, member, type Attribution, type Sent } from './attribute-error.js';
import { matchCreated } from './match-created.js';
import type { OnError } from '../protocol/protocol.js';
import type { ActionError, Outcome } from './outcome.js';
import type { Unit } from '../plan/units.js';
import type { Result, Verdict } from './batch-result.js';

/** A batch, or a part of one, as it was sent. */
export interface Piece {
  readonly units: readonly Unit[];
  /** Its actions in their order. */
  readonly sent: readonly Sent[];
  /** Those that create something. */
  readonly creates: readonly Sent[];
}

export interface Rules {
  readonly onError: OnError;
  /** How an error text names the action; absent where no text does. */
  readonly failure?: RegExp | undefined;
}

/** What a verdict means for the actions. */
export interface Settled {
  /** By index in the plan. */
  readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
  /** What is sent again, in this order. */
  readonly again: readonly (readonly Unit[])[];
  /** Whether nothing more is to be sent. */
  readonly stop: boolean;
}

/**
 * Outcomes from a verdict. A failed batch took no effect; with `continue` the actions that failed are
 * taken out and the rest is sent again, or both halves where nobody can tell which action failed. A
 * group is never taken apart.
 */
export function settle(piece: Piece, verdict: Verdict, rules: Rules): Settled {
  switch (verdict.kind) {
    case 'completed':
      return settleApplied(piece, verdict);
    case 'failed':
    case 'refused':
      return settleFailure(piece, verdict, rules);
    case 'tooLarge':
      return piece.units.length > 1
        ? { outcomes: [], again: halves(piece.units), stop: false }
        : settleFailure(piece, { kind: 'refused', status: 413, errors: verdict.errors }, rules);
    case 'unknown': {
      const { reason, batchId, message } = verdict;
      return all(
        piece,
        { status: 'unknown', reason, batchId, message },
        rules.onError !== 'continue',
      );
    }
    case 'answered':
      return settleAnswers(piece, verdict.results, rules);
    case 'notSent': {
      const { reason, message } = verdict;
      const error = message === undefined ? undefined : { message, candidates: [] };
      return all(piece, { status: 'skipped', reason, error }, true);
    }
  }
}

function settleAnswers({ sent }: Piece, results: readonly Result[], { onError }: Rules): Settled {
  const indexOf = (place: number): number => sent[place]!.index;
  return {
    outcomes: sent.map(({ index }, place) => [index, outcomeOf(results[place]!, indexOf)]),
    again: [],
    stop: results.some(({ kind, ...one }) => stops(kind, onError) || isStale(one)),
  };
}

function stops(kind: Result['kind'], onError: Rules['onError']): boolean {
  return (
    onError !== 'continue' && (kind === 'failed' || kind === 'rolledBack' || kind === 'unknown')
  );
}

/** What comes later would be refused as well. */
function isStale(result: object): boolean {
  return member(result, 'reason') === 'stale' || member(result, 'reason') === 'unreachable';
}

function outcomeOf(result: Result, indexOf: (place: number) => number): Outcome {
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

function settleApplied(
  { sent, creates }: Piece,
  { batchId, created }: Verdict & { kind: 'completed' },
): Settled {
  const plain: Outcome = Object.freeze({ status: 'applied', value: undefined, batchId });
  const resources = matchCreated(creates, created);
  const outcomes = sent.map(({ index }): [number, Outcome] => {
    const value = resources.get(index);
    return [index, value ? { status: 'applied', value, batchId } : plain];
  });
  return { outcomes, again: [], stop: false };
}

type Failure = Verdict & { kind: 'failed' | 'refused' };

function settleFailure(piece: Piece, verdict: Failure, { onError, failure }: Rules): Settled {
  const found = attributions(piece, verdict, failure);
  const clear = found.filter(({ candidates, certain }) => certain && candidates.length === 1);
  const guilty = new Map(clear.map((error) => [error.candidates[0]!, error]));
  const [only] = piece.units;
  if (onError !== 'continue' || piece.units.length === 1) {
    const lone = piece.sent.length === 1 && only ? blame(only.indexes[0]!, found[0]) : guilty;
    return {
      outcomes: piece.sent.map(({ index }) => [index, blamed(index, lone, found, verdict)]),
      again: [],
      stop: onError !== 'continue',
    };
  }
  if (guilty.size === 0) {
    const suspects = new Set(found.flatMap(({ candidates }) => candidates));
    return { outcomes: [], again: apart(piece.units, suspects), stop: false };
  }

  const out = piece.units.filter(({ indexes }) => indexes.some((index) => guilty.has(index)));
  const rest = piece.units.filter((unit) => !out.includes(unit));
  return {
    outcomes: out.flatMap(({ indexes }) => {
      const own = new Map(indexes.flatMap((index) => pair(index, guilty.get(index))));
      return indexes.map((index): [number, Outcome] => [index, blamed(index, own, found, verdict)]);
    }),
    again: rest.length > 0 ? [rest] : [],
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
  { sent }: Piece,
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
  verdict: Failure,
): Outcome {
  const own = guilty.get(index);
  if (own) return { status: 'failed', error: errorOf([own], verdict) };
  const [cause] = guilty.keys();
  const error = errorOf(cause === undefined ? found : [guilty.get(cause)!], verdict);
  if (verdict.kind === 'refused') return { status: 'skipped', reason: 'refused', cause, error };
  return { status: 'rolledBack', cause, error };
}

function errorOf(found: readonly Attribution[], verdict: Failure): ActionError {
  return {
    message: found.map(({ message }) => message).join('; '),
    candidates: [...new Set(found.flatMap(({ candidates }) => candidates))],
    ...(verdict.kind === 'failed' ? { batchId: verdict.batchId } : { status: verdict.status }),
  };
}

function all({ sent }: Piece, outcome: Outcome, stop: boolean): Settled {
  return { outcomes: sent.map(({ index }) => [index, outcome]), again: [], stop };
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
