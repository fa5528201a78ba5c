import type { AnyAction } from './action.js';

const members: unique symbol = Symbol('batch.group');

/** Actions that are applied together or not at all. Made by `atomic`. */
export interface AtomicGroup<out Actions extends readonly AnyAction[] = readonly AnyAction[]> {
  readonly [members]: Actions;
  readonly name: string | undefined;
}

/** What a plan is made of. */
export type Item = AnyAction | AtomicGroup;

/** Actions in a list, or under names of the caller's choice; outcomes come in the same shape. */
export type Items = readonly Item[] | { readonly [name: string]: Item };

/**
 * Actions that stay in one batch, in their order, so that the server applies all or none. `name` shows
 * in errors. A group that is too large for a batch is refused when it is planned.
 */
export function atomic<const Actions extends readonly AnyAction[]>(
  actions: Actions,
  name?: string,
): AtomicGroup<Actions> {
  return Object.freeze({ [members]: actions, name });
}

export function isGroup(item: Item): item is AtomicGroup {
  return members in item;
}

export function membersOf<Actions extends readonly AnyAction[]>(
  group: AtomicGroup<Actions>,
): Actions {
  return group[members];
}
