import { type AnyAction, details, type Ref, target } from '../action/types.js';
import { effectOf, resolve } from '../action/wire.js';
import type { DialectBase } from '../protocol/protocol.js';
import { checkActions, endpointOf } from './endpoints.js';
import { pack, type Packed } from './pack.js';
import { Order } from './path-order.js';
import { actionAt, type Mode, nameOf, PlanError, type PlanInput } from './units.js';
import type { Unit } from './unit.js';

/**
 * Puts units into batches so that whatever touches the same resource keeps its order, a reference
 * comes in a later batch than what it refers to, and the rest is free to run in parallel.
 */
export function arrange(
  dialect: DialectBase,
  mode: Mode,
  ordered: boolean,
  input: PlanInput,
): readonly Packed[] {
  const { units } = input;
  const limit = dialect.limits.actions[mode];
  if (limit === undefined) throw new PlanError(`${dialect.name} has no mode "${mode}".`);
  const sizes = units.map((unit) => ({
    count: unit.indexes.length,
    bytes: unit.indexes.reduce((sum, index) => sum + bytesOf(actionAt(input, index)), 0),
  }));
  checkSizes(dialect, mode, limit, input, sizes);
  checkActions(dialect, input);

  const { before, clusters } = ordered ? inSequence(units) : byPath(input);
  const referred = referredTo(dialect, input);
  const needs = dialect.order === 'any' ? both(referred, before) : referred;
  return pack({
    units,
    sizes,
    before,
    needs,
    waveOf: wavesOf(input, before, needs),
    endpoint: endpointOf(dialect, input),
    cluster: clusters,
    limit: { count: limit, bytes: dialect.limits.bytes },
  });
}

function both(
  some: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return some.map((list, unit) => [...new Set([...list, ...others[unit]!])]);
}

function checkSizes(
  dialect: DialectBase,
  mode: Mode,
  limit: number,
  input: PlanInput,
  sizes: readonly { readonly count: number; readonly bytes: number }[],
): void {
  const { units } = input;
  for (const [unit, { count, bytes }] of sizes.entries()) {
    const name = (): string => nameOf(units[unit]!, input);
    if (count > limit) {
      const other = mode === 'sync' && (dialect.limits.actions.async ?? 0) >= count;
      throw new PlanError(
        `${dialect.name} takes ${limit} actions in one batch (${mode}), and ${name()} has ${count}. ` +
          (other ? "Use mode: 'async', or split it." : 'Split it.'),
      );
    }
    if (bytes > dialect.limits.bytes) {
      throw new PlanError(
        `${name()} is ${bytes} bytes long; ${dialect.name} takes ${dialect.limits.bytes} in one batch.`,
      );
    }
  }
}

/** For each unit, the units whose results it refers to. */
function referredTo(dialect: DialectBase, input: PlanInput): readonly (readonly number[])[] {
  const { actions, units, planned } = input;
  const owners = new Map<AnyAction, number>();
  const twice = new Set<AnyAction>();
  if (actions.some((action) => action[details].refs.length > 0)) {
    for (const [unit, { indexes }] of units.entries()) {
      for (const index of indexes) {
        const action = actionAt(input, index);
        if (owners.has(action)) twice.add(action);
        owners.set(action, unit);
      }
    }
  }
  return units.map((unit, position) => {
    const found = new Set<number>();
    for (const index of unit.indexes) {
      for (const ref of actionAt(input, index)[details].refs) {
        checkReference(dialect, ref);
        const { action } = ref[target];
        const owner = owners.get(action);
        const says = `${nameOf(unit, input)} refers to ${action[details].operationId}`;
        if (owner === position) {
          throw new PlanError(
            `${says} in the same group, and ${dialect.name} cannot resolve a reference inside one batch. ` +
              'Take one of them out of the group.',
          );
        }
        if (twice.has(action)) throw new PlanError(`${says}, which is in the plan more than once.`);
        if (owner !== undefined) found.add(owner);
        else if (!planned?.(action))
          throw new PlanError(`${says}, which is not in the plan. Add it.`);
      }
    }
    return Array.from(found);
  });
}

function checkReference({ name, references }: DialectBase, ref: Ref<unknown>): void {
  const { action, field } = ref[target];
  const { verb } = effectOf(action);
  const { verbs, fields } = references;
  if (verbs.includes(verb) && (fields === 'any' || fields.includes(field))) return;
  if (fields === 'any') {
    throw new PlanError(
      `In ${name}, a reference stands for what an action gives that ${verbs.join('s, ')}s; ` +
        `one asks for "${field}" of ${action[details].operationId} (${verb}).`,
    );
  }
  throw new PlanError(
    `${name} gives ${fields.map((known) => `"${known}"`).join(' and ')} of actions that ${verbs.join(', ')}; ` +
      `a reference asks for "${field}" of ${action[details].operationId} (${verb}).`,
  );
}

interface Constraints {
  /** For each unit, earlier units that must come first. */
  readonly before: readonly (readonly number[])[];
  /** For each unit, the cluster that it shares with all units to which it is bound. */
  readonly clusters: readonly number[];
}

function inSequence(units: readonly Unit[]): Constraints {
  return {
    before: units.map((_, unit) => (unit === 0 ? [] : [unit - 1])),
    clusters: units.map(() => 0),
  };
}

const none: readonly number[] = [];

function byPath({ actions, units, first }: PlanInput): Constraints {
  const owner = new Map<AnyAction, number>();
  const placeholder = ({ [target]: { action, field } }: Ref<unknown>): string => {
    const known = owner.get(action) ?? owner.size;
    owner.set(action, known);
    return `(${known}.${field})`;
  };
  const effects = actions.map((action) => effectOf(action, placeholder));
  const order = new Order(effects.map(({ path }) => path));
  const clusters = new Clusters();
  const before = units.map(({ indexes }, unit) => {
    const found = new Set<number>();
    for (const index of indexes) {
      const { verb, path } = effects[index - first]!;
      for (const earlier of order.add(path, unit, verb === 'read')) {
        if (earlier !== unit) found.add(earlier);
      }
      clusters.join(unit, order.root(path));
    }
    return found.size === 0 ? none : [...found];
  });
  return { before, clusters: units.map((_, unit) => clusters.of(unit)) };
}

/** Units that share a root path, directly or through others (disjoint sets). */
class Clusters {
  readonly #parent: number[] = [];
  readonly #ofRoot = new Map<string, number>();

  join(unit: number, root: string): void {
    this.#parent[unit] ??= unit;
    const other = this.#ofRoot.get(root);
    if (other === undefined) {
      this.#ofRoot.set(root, unit);
      return;
    }
    const [one, two] = [this.of(other), this.of(unit)];
    this.#parent[Math.max(one, two)] = Math.min(one, two);
  }

  /** The first unit of the cluster. */
  of(unit: number): number {
    let top = unit;
    while (this.#parent[top] !== top) {
      // Halving the way up keeps later searches short.
      this.#parent[top] = this.#parent[this.#parent[top]!]!;
      top = this.#parent[top]!;
    }
    return top;
  }
}

/** The wave of each unit: one later than what it refers to, not earlier than what it must follow. */
function wavesOf(
  input: PlanInput,
  before: readonly (readonly number[])[],
  needs: readonly (readonly number[])[],
): readonly number[] {
  const { units } = input;
  const wave = units.map(() => 0);
  if (needs.every((list) => list.length === 0)) return wave;

  const followers = units.map((): number[] => []);
  const waiting = units.map((_, unit) => before[unit]!.length + needs[unit]!.length);
  for (const unit of units.keys()) {
    for (const earlier of before[unit]!) followers[earlier]!.push(unit);
    for (const earlier of needs[unit]!) followers[earlier]!.push(unit);
  }
  const ready = [...units.keys()].filter((unit) => waiting[unit] === 0);
  for (const unit of ready) {
    for (const needed of needs[unit]!) wave[unit] = Math.max(wave[unit]!, wave[needed]! + 1);
    for (const earlier of before[unit]!) wave[unit] = Math.max(wave[unit]!, wave[earlier]!);
    for (const follower of followers[unit]!) {
      waiting[follower]! -= 1;
      if (waiting[follower] === 0) ready.push(follower);
    }
  }
  if (ready.length === units.length) return wave;

  const stuck = cycle(waiting, (unit) => [...before[unit]!, ...needs[unit]!]);
  const names = stuck.map((unit) => nameOf(units[unit]!, input));
  throw new PlanError(
    `These wait for one another, by a reference or because they touch the same resource: ${names.join(' → ')}. ` +
      'List what is referred to first, or drop a reference.',
  );
}

/** A round of units that wait for one another, the first of them again at the end. */
function cycle(waiting: readonly number[], needed: (unit: number) => number[]): number[] {
  const trail: number[] = [];
  let unit = waiting.findIndex((count) => count > 0);
  while (!trail.includes(unit)) {
    trail.push(unit);
    unit = needed(unit).find((earlier) => waiting[earlier]! > 0)!;
  }
  return [...trail.slice(trail.indexOf(unit)), unit];
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(1 << 16);
/** About what an id is long. */
const idLength = '1'.repeat(20);

function bytesOf(action: AnyAction): number {
  const text = JSON.stringify(resolve(action, () => idLength));
  // A unit of UTF-16 takes three bytes at most.
  if (text.length * 3 > scratch.length) return encoder.encode(text).length + 1;
  return encoder.encodeInto(text, scratch).written + 1;
}
