// @ts-nocheck
import { type AnyAction, details, type Ref, target } from '../action/types.js';
import { effectOf, resolve } from '../action/wire.js';
import type { DialectBase } from '../protocol/protocol.js';
import { byPath, inSequence } from './constraints.js';
import { checkActions, endpointOf } from './endpoints.js';
import { pack, type Packed } from './pack.js';
import { actionAt, type Mode, nameOf, PlanError, type PlanInput } from './units.js';
import { wavesOf } from './waves.js';

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
  const bytes = new Float64Array(units.length);
  for (const [unit, { indexes }] of units.entries()) {
    for (const index of indexes) bytes[unit]! += bytesOf(actionAt(input, index));
  }
  checkSizes(dialect, mode, limit, input, bytes);
  checkActions(dialect, input);

  const { before, clusters } = ordered ? inSequence(units) : byPath(input);
  const referred = referredTo(dialect, input);
  const needs = dialect.order === 'any' ? both(referred, before) : referred;
  return pack({
    units,
    bytes,
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
  return some.map((list, unit) => {
    const more = others[unit]!;
    if (list.length === 0) return more;
    return more.length === 0 ? list : [...new Set([...list, ...more])];
  });
}

function checkSizes(
  dialect: DialectBase,
  mode: Mode,
  limit: number,
  input: PlanInput,
  bytes: Float64Array,
): void {
  const { units } = input;
  for (const [position, unit] of units.entries()) {
    const { length: count } = unit.indexes;
    const name = (): string => nameOf(unit, input);
    if (count > limit) {
      const other = mode === 'sync' && (dialect.limits.actions.async ?? 0) >= count;
      throw new PlanError(
        `${dialect.name} takes ${limit} actions in one batch (${mode}), and ${name()} has ${count}. ` +
          (other ? "Use mode: 'async', or split it." : 'Split it.'),
      );
    }
    if (bytes[position]! > dialect.limits.bytes) {
      throw new PlanError(
        `${name()} is ${bytes[position]} bytes long; ${dialect.name} takes ${dialect.limits.bytes} in one batch.`,
      );
    }
  }
}

const none: readonly number[] = [];

/** For each unit, the units whose results it refers to. */
function referredTo(dialect: DialectBase, input: PlanInput): readonly (readonly number[])[] {
  const { actions, units, planned } = input;
  if (actions.every((action) => action[details].refs.length === 0)) return units.map(() => none);
  const owners = new Map<AnyAction, number>();
  const twice = new Set<AnyAction>();
  for (const [unit, { indexes }] of units.entries()) {
    for (const index of indexes) {
      const action = actionAt(input, index);
      if (owners.has(action)) twice.add(action);
      owners.set(action, unit);
    }
  }
  return units.map((unit, position) => {
    let found: Set<number> | undefined;
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
        if (owner !== undefined) (found ??= new Set()).add(owner);
        else if (!planned?.(action))
          throw new PlanError(`${says}, which is not in the plan. Add it.`);
      }
    }
    return found ? Array.from(found) : none;
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

const encoder = new TextEncoder();
/** About what an id is long. */
const idLength = '1'.repeat(20);

function bytesOf(action: AnyAction): number {
  const text = JSON.stringify(resolve(action, () => idLength));
  // Most texts have one byte for each letter, and encoding them would only count these.
  return (/[\u0080-\uffff]/.test(text) ? encoder.encode(text).length : text.length) + 1;
}
