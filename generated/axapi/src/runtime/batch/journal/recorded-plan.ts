// @ts-nocheck
import { isPathTemplate } from '../action/path.js';
import {
  type AnyAction,
  details,
  isRef,
  type Json,
  type PathTemplate,
  type Ref,
  target,
} from '../action/types.js';
import { substitute } from '../action/wire.js';
import { actionAt, type Chunk, chunkOf, type Plan } from '../plan/units.js';
import type { Unit } from '../plan/unit.js';
import type { BatchEntry } from './journal.js';
import type { RecordedUnit } from './recorded-unit.js';

/** Members that stand for what JSON lacks. No API has names with a control character. */
export const refMark = '\u0000ref';
/** Data may hold names like these: they get one more of the characters. */
export const escapeMark = '\u0000';
export const pathMark = '\u0000path';

/** What of a chunk goes into a journal. `indexOf` gives the index of an action referred to. */
export function entriesOf(
  chunk: Chunk,
  indexOf: (action: AnyAction) => number,
): readonly BatchEntry[] {
  return chunk.batches.map(({ index, after, wave, bytes, units }) => ({
    type: 'batch',
    batch: index,
    after,
    wave,
    bytes,
    units: units.map((unit) => recordUnit(unit, chunk, indexOf)),
  }));
}

/** All of a plan, as a journal that has no entries yet would hold it. */
export function planEntries(plan: Plan): readonly BatchEntry[] {
  const indexes = new Map(plan.actions.map((action, index) => [action, index]));
  const indexOf = (action: AnyAction): number => indexes.get(action) ?? -1;
  return [...chunkOf(plan, true)].flatMap((chunk) => entriesOf(chunk, indexOf));
}

function recordUnit(
  { indexes, group, name }: Unit,
  chunk: Chunk,
  indexOf: (action: AnyAction) => number,
): RecordedUnit {
  const mark = (reference: Ref<unknown>): unknown => {
    const { action, field } = reference[target];
    return { [refMark]: [indexOf(action), field] };
  };
  const path = (template: PathTemplate): unknown => ({
    [pathMark]: template.parts().map((part) => (isRef(part) ? mark(part) : part)),
  });
  return {
    group,
    ...(name === undefined ? {} : { name }),
    actions: indexes.map((index) => {
      const action = actionAt(chunk, index);
      const { operationId, adds, templates } = action[details];
      const wire = Object.entries(action).map(([member, value]): [string, unknown] => {
        const template = Object.hasOwn(templates, member) ? templates[member] : undefined;
        if (template) return [member, path(template)];
        // What an action holds is JSON, and frozen.
        const json = value as Json;
        return [member, isPlain(json) ? json : substitute(escaped(json), mark)];
      });
      const at = isPathTemplate(adds?.at) ? path(adds.at) : (adds?.at ?? null);
      return { index, operationId, ...(adds && { adds: at }), wire: Object.fromEntries(wire) };
    }),
  };
}

/** Whether a journal can hold it as it is: without references, and names that might pass for marks. */
function isPlain(json: Json): boolean {
  if (typeof json !== 'object' || json === null) return true;
  if (isRef(json)) return false;
  return Object.entries(json).every(
    ([name, member]) => !name.startsWith(escapeMark) && isPlain(member),
  );
}

/** JSON whose names cannot pass for marks. */
function escaped(json: Json): Json {
  if (typeof json !== 'object' || json === null || isRef(json)) return json;
  if (Array.isArray(json)) return json.map((item: Json) => escaped(item));
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name.startsWith(escapeMark) ? escapeMark + name : name,
      escaped(value),
    ]),
  );
}
