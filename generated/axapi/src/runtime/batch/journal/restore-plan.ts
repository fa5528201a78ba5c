// @ts-nocheck
import { action, addition } from '../action/action.js';
import { atomic } from '../action/group.js';
import { isPathTemplate, templateOf } from '../action/path.js';
import { ref } from '../action/reference.js';
import type { AnyAction, Item, PathTemplate, Ref } from '../action/types.js';
import type { RecordedAction, RecordedUnit } from './recorded-unit.js';
import { escapeMark, pathMark, refMark } from './recorded-plan.js';

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
    const wire = revive(one.wire, actionAt);
    if (!isWire(wire)) throw new TypeError(`action ${index} does not say what it does, or to what`);
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

export type Wire = Parameters<typeof action>[1] & Parameters<typeof addition>[1];

/** The journal's store may hold anything: an action without a path or a verb could not be planned. */
function isWire(wire: unknown): wire is Wire {
  const members = new Map<string, unknown>(Object.entries(Object(wire)));
  const [verb, path] = members.has('method') ? ['method', 'url'] : ['operation', 'resource'];
  const place = members.get(path);
  return (
    typeof members.get(verb) === 'string' && (typeof place === 'string' || isPathTemplate(place))
  );
}

/** JSON with its marks replaced by what they stand for. */
export function revive(json: unknown, actionAt: (index: number) => AnyAction): unknown {
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
    Object.entries(members).map(([name, value]) => [
      name.startsWith(escapeMark) ? name.slice(escapeMark.length) : name,
      revive(value, actionAt),
    ]),
  );
}

/** What an action returns is not known here, so neither is which fields it has. */
export const untyped = ref as (action: AnyAction, field: string) => Ref<unknown>;
