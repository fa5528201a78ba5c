import type { CheckActions, SentAction } from '../schema/check-actions.js';
import { effectOf, wireOf } from './action/wire.js';
import { type AnyAction, details, type Item, type Items, isRef } from './action/types.js';
import { itemsOf, unitsOf } from './plan/items.js';
import { isPlan } from './plan/plan.js';
import type { Plan } from './plan/units.js';

/** What of a batch object takes actions. Not every dialect has all of it. */
interface Checked {
  plan(items: Items, options?: object): Plan;
  run(items: Plan | Items | AsyncIterable<Item>, options?: object): object;
  draft?(items: Plan | Items, options?: object): Promise<object>;
  preview?(items: Plan | Items, options?: object): Promise<Previewed>;
  undo?(journal: object, options?: object): Promise<Previewed>;
  resume(journal: object, options?: Resumed): object;
}

type Previewed = object & { readonly changes?: object };

interface Resumed {
  readonly plan?: Plan;
  readonly items?: AsyncIterable<Item>;
}

/**
 * A batch object that has the bodies of its actions checked before anything is sent. A plan is checked
 * once. What takes a run back puts values of the server in place, and is not checked.
 */
export function checkedBatch<Batch extends object>(batch: Batch, check: CheckActions): Batch {
  // `createBatch` makes it, of either kind.
  const own = batch as unknown as Checked;
  const passed = new WeakSet<object>();
  const pass = <T extends Previewed>(plan: T): T => {
    passed.add(plan);
    if (plan.changes) passed.add(plan.changes);
    return plan;
  };
  const look = (items: Plan | Items): void => {
    if (passed.has(items)) return;
    // A plan knows that it is one, so the other is a list or record of items.
    const { actions } = isPlan(items) ? items : unitsOf(itemsOf(items as Items));
    check(sent(actions));
    if (isPlan(items)) passed.add(items);
  };
  const { draft, preview, undo } = own;
  const checked: Checked = {
    plan(items, options) {
      look(items);
      return pass(own.plan(items, options));
    },
    run(items, options) {
      if (isStream(items)) return own.run(checkedStream(items, check), options);
      look(items);
      return own.run(items, options);
    },
    resume(journal, options = {}) {
      const { plan, items } = options;
      if (plan) look(plan);
      return own.resume(
        journal,
        items ? { ...options, items: checkedStream(items, check) } : options,
      );
    },
    ...(draft && {
      draft(items, options) {
        look(items);
        return draft(items, options);
      },
    }),
    ...(preview && {
      async preview(items, options) {
        look(items);
        return pass(await preview(items, options));
      },
    }),
    ...(undo && { undo: async (journal, options) => pass(await undo(journal, options)) }),
  };
  return { ...batch, ...checked };
}

function isStream(items: object): items is AsyncIterable<Item> {
  return Symbol.asyncIterator in items;
}

/** Items that are checked one by one as they come; what is refused ends the stream, and closes its source. */
function checkedStream(items: AsyncIterable<Item>, check: CheckActions): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator]() {
      const source = items[Symbol.asyncIterator]();
      let first = 0;
      return {
        async next() {
          const result = await source.next();
          if (result.done) return result;
          const { actions } = unitsOf([result.value]);
          try {
            check(sent(actions, first));
          } catch (error) {
            await source.return?.();
            throw error;
          }
          first += actions.length;
          return result;
        },
        ...(source.return && { return: () => source.return?.() ?? Promise.resolve(ended) }),
      };
    },
  };
}

const ended = { done: true, value: undefined } as const;

/** One after the other: there may be a million. */
function* sent(actions: readonly AnyAction[], first = 0): Generator<SentAction> {
  for (const [offset, action] of actions.entries()) {
    const { operationId, refs } = action[details];
    yield {
      index: first + offset,
      operationId,
      body: wireOf(action).body,
      effect: () => effectOf(action),
      isOpen: refs.length === 0 ? undefined : isRef,
    };
  }
}
