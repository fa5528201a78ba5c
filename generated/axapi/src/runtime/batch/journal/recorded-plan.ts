import { action, addition, details, type AnyAction } from '../action/action.js';
import { atomic, type Item } from '../action/group.js';
import type { BatchEntry } from './journal.js';
import type { Json } from '../action/snapshot.js';
import { PathTemplate, templateOf } from '../action/path.js';
import { isRef, ref, target, type Ref } from '../action/reference.js';
import type { Chunk } from '../plan/chunks.js';
import type { Unit } from '../plan/units.js';
import { substitute } from '../action/wire.js';

/** A unit as it stands in a journal. */
export interface RecordedUnit {
  readonly group: boolean;
  readonly name?: string | undefined;
  readonly actions: readonly RecordedAction[];
}

export interface RecordedAction {
  /** In the plan. */
  readonly index: number;
  readonly operationId: string;
  /** Set where it adds to a collection: the place of what it adds, or null where the server names it. */
  readonly adds?: unknown;
  /** The wire form, with marks where references stand. */
  readonly wire: Readonly<Record<string, unknown>>;
}

/** Members that stand for what JSON lacks. No API has names with a control character. */
const refMark = '\u0000ref';
const pathMark = '\u0000path';

/** What of a chunk goes into a journal. `indexOf` gives the index of an action referred to. */
export function entriesOf(
  { first, actions, batches }: Chunk,
  indexOf: (action: AnyAction) => number,
): readonly BatchEntry[] {
  const actionAt = (index: number): AnyAction => actions[index - first]!;
  return batches.map(({ index, after, wave, bytes, units }) => ({
    type: 'batch',
    batch: index,
    after,
    wave,
    bytes,
    units: units.map((unit) => recordUnit(unit, actionAt, indexOf)),
  }));
}

function recordUnit(
  { indexes, group, name }: Unit,
  actionAt: (index: number) => AnyAction,
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
      const { [details]: known, ...members } = actionAt(index);
      const wire = Object.entries(members).map(([member, value]): [string, unknown] => {
        const template = known.templates[member];
        return [member, template ? path(template) : substitute(value as Json, mark)];
      });
      const { operationId, adds } = known;
      const at = adds?.at instanceof PathTemplate ? path(adds.at) : (adds?.at ?? null);
      return { index, operationId, ...(adds && { adds: at }), wire: Object.fromEntries(wire) };
    }),
  };
}

/** The actions again, by their index, and the items that they form, in that order. */
export function restore(recorded: Iterable<RecordedUnit>): {
  readonly items: readonly Item[];
  readonly actions: readonly AnyAction[];
} {
  const units: RecordedUnit[] = [];
  const found: RecordedAction[] = [];
  for (const unit of recorded) {
    const [first] = unit.actions;
    if (first) units[first.index] = unit;
    for (const one of unit.actions) found[one.index] = one;
  }
  const actions: AnyAction[] = [];
  const actionAt = (index: number): AnyAction => {
    const one = found[index];
    if (!one) throw new RangeError(`the journal lacks action ${index}`);
    // The wire form came from an action, so it is one again.
    const wire = revive(one.wire, actionAt) as Wire;
    // So did the place.
    const at = revive(one.adds ?? undefined, actionAt) as string | PathTemplate | undefined;
    actions[index] ??=
      one.adds === undefined
        ? action(one.operationId, wire)
        : addition(one.operationId, { ...wire, ...(at !== undefined && { at }) });
    return actions[index];
  };
  for (const index of found.keys()) actionAt(index);
  // Only indexes where a unit begins are filled.
  const items = Object.values(units).map((unit): Item => {
    const members = unit.actions.map(({ index }) => actionAt(index));
    const [single] = members;
    return single && !unit.group ? single : atomic(members, unit.name);
  });
  return { items, actions };
}

type Wire = Parameters<typeof action>[1] & Parameters<typeof addition>[1];

/** JSON with its marks replaced by what they stand for. */
function revive(json: unknown, actionAt: (index: number) => AnyAction): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((item: unknown) => revive(item, actionAt));
  const members: Readonly<Record<string, unknown>> = { ...json };
  const { [refMark]: reference, [pathMark]: parts } = members;
  if (Array.isArray(reference)) {
    const [index, field] = reference as [number, string];
    return untyped(actionAt(index), field);
  }
  if (Array.isArray(parts)) {
    return templateOf(parts.map((part) => revive(part, actionAt) as string | Ref<unknown>));
  }
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, revive(value, actionAt)]),
  );
}

/** What an action returns is not known here, so neither is which fields it has. */
const untyped = ref as (action: AnyAction, field: string) => Ref<unknown>;
