import { details, type AnyAction } from '../action/action.js';
import { isGroup, membersOf, type Item, type Items } from '../action/group.js';

/** What a batch is packed from: an action, or a group that stays together. */
export interface Unit {
  /** Indexes of its actions in the plan. */
  readonly indexes: readonly number[];
  readonly group: boolean;
  readonly name: string | undefined;
}

/** What cannot be planned, and what to do about it. Nothing was sent. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

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
function isArray(items: Items): items is readonly Item[] {
  return Array.isArray(items);
}

/** How a unit shows in an error. */
export function nameOf(unit: Unit, actions: readonly AnyAction[], first = 0): string {
  const [index = 0] = unit.indexes;
  if (unit.name !== undefined) return `the atomic group "${unit.name}"`;
  if (unit.group) return `the atomic group at action ${index}`;
  return `action ${index} (${actions[index - first]?.[details].operationId})`;
}
