import { isGroup, membersOf } from '../action/group.js';
import { type AnyAction, details, type Item, type Items } from '../action/types.js';
import { PlanError } from './units.js';
import type { Unit } from './unit.js';

/** The actions of `items` in one list, and the units that they form. Indexes begin at `first`. */
export function unitsOf(
  items: Iterable<Item>,
  first = 0,
): { readonly actions: AnyAction[]; readonly units: Unit[] } {
  const actions: AnyAction[] = [];
  const units: Unit[] = [];
  for (const item of items) {
    const group = isGroup(item);
    const members: readonly AnyAction[] = group ? membersOf(item) : [item];
    if (members.length === 0) continue;
    units.push({
      indexes: members.map((_, offset) => first + actions.length + offset),
      group,
      name: group ? item.name : undefined,
    });
    for (const member of members) {
      if (!(details in member)) {
        throw new PlanError('Not a batch action: use the builders of the batch modules.');
      }
      actions.push(member);
    }
  }
  return { actions, units };
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
