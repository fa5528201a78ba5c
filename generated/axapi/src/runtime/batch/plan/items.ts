// @ts-nocheck
import { isGroup, membersOf } from '../action/group.js';
import { type AnyAction, details, type Item, type Items } from '../action/types.js';
import { PlanError } from './units.js';
import { SingleUnit, type Unit } from './unit.js';

/** The actions of `items` in one list, and the units that they form. Indexes begin at `first`. */
export function unitsOf(
  items: readonly Item[],
  first = 0,
): { readonly actions: readonly AnyAction[]; readonly units: readonly Unit[] } {
  if (!items.some(isGroup)) {
    return {
      // None is a group.
      actions: items.map((item) => checked(item as AnyAction)),
      units: items.map((_, offset) => new SingleUnit(first + offset)),
    };
  }
  const actions: AnyAction[] = [];
  const units: Unit[] = [];
  for (const item of items) {
    if (!isGroup(item)) {
      units.push(new SingleUnit(first + actions.length));
      actions.push(checked(item));
      continue;
    }
    const members: readonly AnyAction[] = membersOf(item);
    if (members.length === 0) continue;
    const indexes = members.map((_, offset) => first + actions.length + offset);
    units.push({ indexes, group: true, name: item.name });
    for (const member of members) actions.push(checked(member));
  }
  return { actions, units };
}

/** @throws PlanError for what no builder made. */
function checked(action: AnyAction): AnyAction {
  if (details in action) return action;
  throw new PlanError('Not a batch action: use the builders of the batch modules.');
}

/** The items in order, whatever shape they came in. */
export function itemsOf(items: Items): readonly Item[] {
  if (isArray(items)) return items;
  if (Symbol.iterator in items) {
    throw new PlanError('Actions come as a list, under names, or as an async iterable.');
  }
  return Object.values(items);
}

/** `found`, one for each action, in the shape of `items`. */
export function shapeLike<Found>(items: Items, found: readonly Found[]): unknown {
  let next = 0;
  const take = (item: Item): unknown =>
    isGroup(item) ? membersOf(item).map(() => found[next++]) : found[next++];
  if (isArray(items)) return items.map(take);
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [name, take(item)]));
}

/** `Array.isArray` does not narrow a readonly array. */
export function isArray(items: Items): items is readonly Item[] {
  return Array.isArray(items);
}
