import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyAction, Item } from '../../../templates/runtime/batch/action/types.ts';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { meraki } from './meraki.ts';
import { createPlan } from '../../../templates/runtime/batch/plan/create-plan.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import { PlanError, type Plan } from '../../../templates/runtime/batch/plan/units.ts';
import { effectOf } from '../../../templates/runtime/batch/action/wire.ts';
import { createNetwork, createVlan, deleteNetwork, updateNetwork, updatePort } from './builders.ts';

/** A recipe of an action; `target` chooses what a reference refers to. */
const recipe = fc.record({
  kind: fc.constantFrom('network', 'vlan', 'update', 'destroy', 'port', 'child', 'renamed'),
  id: fc.integer({ min: 0, max: 6 }),
  target: fc.nat({ max: 50 }),
  size: fc.integer({ min: 0, max: 3 }),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never;

const recipes = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.array(recipe, { minLength: 1, maxLength: 1 }) },
    fc.array(recipe, { minLength: 2, maxLength: 6 }),
  ),
  { maxLength: 120, size: 'max' },
);

interface Made {
  readonly items: readonly Item[];
  readonly actions: readonly AnyAction[];
  /** For each action, the actions that it refers to. */
  readonly refers: readonly (readonly number[])[];
  readonly groups: readonly (readonly number[])[];
}

/** Builds the actions. References go to earlier creates outside of the own group. */
function make(groups: readonly (readonly Recipe[])[]): Made {
  const actions: AnyAction[] = [];
  const refers: number[][] = [];
  const creates: { readonly index: number; readonly action: ReturnType<typeof createNetwork> }[] =
    [];
  const sets: number[][] = [];
  const items = groups.map((group): Item => {
    const before = [...creates];
    const members = group.map((one): AnyAction => {
      const index = actions.length;
      const known = before.length > 0 ? before[one.target % before.length] : undefined;
      refers.push(known && (one.kind === 'child' || one.kind === 'renamed') ? [known.index] : []);
      const action = build(one, known?.action);
      if (one.kind === 'network')
        creates.push({ index, action: action as ReturnType<typeof createNetwork> });
      actions.push(action);
      return action;
    });
    sets.push(members.map((_, offset) => actions.length - members.length + offset));
    const [single] = members;
    return single && members.length === 1 ? single : atomic(members);
  });
  return { items, actions, refers, groups: sets };
}

function build(one: Recipe, known: ReturnType<typeof createNetwork> | undefined): AnyAction {
  const networkId = `N_${one.id}`;
  const name = 'x'.repeat(one.size * 100);
  switch (one.kind) {
    case 'network':
      return createNetwork({ organizationId: String(one.id), body: { name } });
    case 'vlan':
      return createVlan({ networkId, body: { id: '1', name } });
    case 'update':
      return updateNetwork({ networkId, body: { name } });
    case 'destroy':
      return deleteNetwork({ networkId });
    case 'port':
      return updatePort({ serial: `Q_${one.id}`, portId: String(one.target), body: { name } });
    case 'child':
      return createVlan({ networkId: known ? ref(known) : networkId, body: { id: '1', name } });
    case 'renamed':
      return updateNetwork({ networkId, body: { name: known ? ref(known) : name } });
  }
}

interface Place {
  readonly batch: number;
  readonly position: number;
}

function places({ batches }: Plan): ReadonlyMap<number, Place> {
  return new Map(
    batches.flatMap(({ index, actions }) =>
      actions.map((action, position): [number, Place] => [action, { batch: index, position }]),
    ),
  );
}

/** For each batch, all those that end before it begins. */
function ancestors({ batches }: Plan): readonly ReadonlySet<number>[] {
  const found: Set<number>[] = [];
  for (const { index, after } of batches) {
    found[index] = new Set(after.flatMap((earlier) => [earlier, ...(found[earlier] ?? [])]));
  }
  return found;
}

/** Runs a check on the plans of random actions. Plans that cannot be are refused with a reason. */
function forAllPlans(
  check: (made: Made, plan: Plan) => void,
  options: { readonly ordered?: boolean } = {},
): void {
  fc.assert(
    fc.property(recipes, fc.constantFrom('sync', 'async', 'auto'), (groups, mode) => {
      const made = make(groups);
      try {
        check(made, createPlan(meraki, made.items, { mode, ...options }));
      } catch (error) {
        if (!(error instanceof PlanError)) throw error;
        expect(error.message).toMatch(/wait for one another/);
      }
    }),
    { numRuns: 200 },
  );
}

test('each action is in exactly one batch', () => {
  forAllPlans(({ actions }, plan) => {
    const all = plan.batches.flatMap((batch) => batch.actions);
    expect(all.toSorted((a, b) => a - b)).toEqual([...actions.keys()]);
  });
});

test('no batch exceeds the limits', () => {
  forAllPlans((_, { batches, mode }) => {
    for (const { actions, bytes } of batches) {
      expect(actions.length).toBeLessThanOrEqual(mode === 'sync' ? 20 : 100);
      expect(bytes).toBeLessThanOrEqual(1_000_000);
    }
  });
});

test('a group is in one batch, side by side and in its order', () => {
  forAllPlans(({ groups }, plan) => {
    const at = places(plan);
    for (const members of groups) {
      const { batch, position } = at.get(members[0]!)!;
      const found = members.map((member) => at.get(member));
      expect(found).toEqual(members.map((_, offset) => ({ batch, position: position + offset })));
    }
  });
});

test('of two actions on one resource or one above it, the earlier takes effect first', () => {
  forAllPlans(({ actions }, plan) => {
    const at = places(plan);
    const ended = ancestors(plan);
    const paths = actions.map((action) => effectOf(action).path.split('/'));
    for (const [later, path] of paths.entries()) {
      for (const [earlier, other] of paths.slice(0, later).entries()) {
        const [short, long] = path.length < other.length ? [path, other] : [other, path];
        if (short.some((segment, index) => segment !== long[index])) continue;
        // A reference shows as the same text whatever it refers to.
        if (short.some((segment) => segment.startsWith('('))) continue;
        const [a, b] = [at.get(earlier)!, at.get(later)!];
        const inOrder =
          a.batch === b.batch ? a.position < b.position : ended[b.batch]!.has(a.batch);
        expect(inOrder, `${earlier} before ${later}`).toBe(true);
      }
    }
  });
});

test('what an action refers to has ended before its batch begins', () => {
  forAllPlans(({ refers }, plan) => {
    const at = places(plan);
    const ended = ancestors(plan);
    for (const [action, targets] of refers.entries()) {
      for (const target of targets) {
        expect(ended[at.get(action)!.batch]!.has(at.get(target)!.batch)).toBe(true);
      }
    }
  });
});

test('a batch waits only for batches with a lower index', () => {
  forAllPlans((_, { batches }) => {
    for (const { index, after } of batches) {
      for (const earlier of after) expect(earlier).toBeLessThan(index);
    }
  });
});

test('ordered plans execute the list from first to last', () => {
  forAllPlans(
    ({ actions }, plan) => {
      const ended = ancestors(plan);
      expect(plan.batches.flatMap((batch) => batch.actions)).toEqual([...actions.keys()]);
      for (const { index } of plan.batches.slice(1))
        expect(ended[index]!.has(index - 1)).toBe(true);
    },
    { ordered: true },
  );
});

test('independent actions fill as few batches as possible', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.constantFrom('sync', 'async'),
      (count, mode) => {
        const items = Array.from({ length: count }, (_, index) =>
          updateNetwork({ networkId: `N_${index}` }),
        );
        const { batches } = createPlan(meraki, items, { mode });
        expect(batches).toHaveLength(Math.ceil(count / (mode === 'sync' ? 20 : 100)));
      },
    ),
  );
});

test('the same actions give the same plan', () => {
  forAllPlans(({ items }, plan) => {
    const { mode } = plan;
    expect(JSON.stringify(createPlan(meraki, items, { mode }))).toBe(JSON.stringify(plan));
  });
});
