// @ts-nocheck
import { isObject, isSegment } from '../action/members.js';

type Check = (value: unknown) => boolean;

/** The types of the entries that are checked. */
export type CheckedType =
  | 'run'
  | 'batch'
  | 'planned'
  | 'others'
  | 'resumed'
  | 'submit'
  | 'draft'
  | 'confirm'
  | 'discard'
  | 'withdraw'
  | 'left'
  | 'send'
  | 'refused'
  | 'results'
  | 'done'
  | 'before'
  | 'after'
  | 'hold'
  | 'keep'
  | 'undo'
  | 'undone'
  | 'retried';

/**
 * Checks what a journal gave: its file may be damaged, and other stores may hold anything. Returns the index of
 * the first entry that says what no run writes.
 */
export function damagedEntry(entries: readonly unknown[]): number | undefined {
  let batches = 0;
  for (const [at, entry] of entries.entries()) {
    if (!isSound(entry, at)) return at;
    // As was just checked. A batch that is written again, where a stream is resumed, is the same.
    const { type, batch } = entry as { readonly type: CheckedType; readonly batch: number };
    if (type !== 'batch') continue;
    if (batch > batches) return at;
    batches = Math.max(batches, batch + 1);
  }
  return undefined;
}

function isSound(entry: unknown, at: number): boolean {
  const type = isObject(entry) ? entry['type'] : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(checks, type) || (type === 'run') !== (at === 0))
    return false;
  // An own member of the checks, as was just seen.
  return checks[type as CheckedType](entry);
}

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isAmount: Check = (value) => typeof value === 'number' && value >= 0;
// As many as a list can have.
const isIndex: Check = (value) =>
  Number.isInteger(value) && isAmount(value) && Number(value) < 2 ** 32 - 1;
const isAny: Check = () => true;

function oneOf(...texts: readonly string[]): Check {
  return (value) => typeof value === 'string' && texts.includes(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function maybe(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function pairOf(second: Check): Check {
  return (value) =>
    Array.isArray(value) && value.length === 2 && isIndex(value[0]) && second(value[1]);
}

function shape(members: Readonly<Record<string, Check>>): Check {
  const list = Object.entries(members);
  return (value) => isObject(value) && list.every(([name, check]) => check(value[name]));
}

const ofAttempt = { batch: isIndex, attempt: isIndex };
const isTextList = listOf(isText);
const isKind = shape({ kind: isText, errors: maybe(isTextList), kept: maybe(listOf(isIndex)) });
const isCreated = shape({ id: isText, uri: isText });

const isUnit = shape({
  group: isFlag,
  name: maybe(isText),
  actions: (value) =>
    listOf(shape({ index: isIndex, operationId: isText, wire: isObject }))(value) &&
    Array.isArray(value) &&
    value.length > 0,
});

const isSiblings: Check = (value) =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isTextList(value[1]);

const checks: Readonly<Record<CheckedType, Check>> = {
  run: shape({
    scope: (scope) =>
      isObject(scope) &&
      Object.values(scope).every((value) => typeof value === 'string' && isSegment(value)),
    mode: oneOf('sync', 'async'),
    onError: oneOf('rollback', 'stop', 'continue'),
    concurrency: (value) => isIndex(value) && value !== 0,
    ordered: isFlag,
    stream: isFlag,
    safeguards: maybe(isObject),
  }),
  batch: shape({
    batch: isIndex,
    after: listOf(isIndex),
    wave: isIndex,
    bytes: isAmount,
    units: listOf(isUnit),
  }),
  planned: isAny,
  others: shape({ ids: isTextList }),
  resumed: isAny,
  submit: shape(ofAttempt),
  draft: shape({ ...ofAttempt, id: isText }),
  confirm: shape(ofAttempt),
  discard: shape(ofAttempt),
  withdraw: shape(ofAttempt),
  left: shape({ drafts: listOf(shape({ id: maybe(isText), batch: isIndex, isOurs: isFlag })) }),
  send: shape({ ...ofAttempt, places: listOf(isIndex), version: maybe(isText) }),
  refused: shape({ ...ofAttempt, places: listOf(isIndex) }),
  results: shape({ ...ofAttempt, results: listOf(pairOf(isKind)) }),
  done: shape({
    ...ofAttempt,
    result: (value) => isKind(value) && shape({ created: maybe(listOf(isCreated)) })(value),
  }),
  before: shape({
    ...ofAttempt,
    images: listOf(pairOf(shape({ state: isText }))),
    siblings: maybe(listOf(isSiblings)),
  }),
  after: shape({ ...ofAttempt, images: listOf(pairOf(isObject)), isLate: maybe(isFlag) }),
  hold: shape({ until: isAmount }),
  keep: isAny,
  undo: shape({ entry: isObject }),
  undone: shape({ isPartly: maybe(isFlag) }),
  retried: isAny,
};
