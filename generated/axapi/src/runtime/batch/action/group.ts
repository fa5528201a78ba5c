// @ts-nocheck
import { type AnyAction, type AtomicGroup, type Item, members } from './types.js';

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
