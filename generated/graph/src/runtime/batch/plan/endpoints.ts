// @ts-nocheck
import { type AnyAction, details } from '../action/types.js';
import { effectOf, wireOf } from '../action/wire.js';
import type { DialectBase, Refusal } from '../protocol/protocol.js';
import { actionAt, nameOf, PlanError, type PlanInput } from './units.js';
import type { Unit } from './unit.js';

/**
 * For each unit, the endpoint that takes its actions.
 *
 * @throws PlanError where there is none, or a group would need several.
 */
export function endpointOf(dialect: DialectBase, input: PlanInput): Int32Array {
  const found = new Int32Array(input.units.length);
  const { endpoints } = dialect;
  if (!endpoints) return found;
  const places = new Map<string, number>();
  for (const [place, { methods }] of endpoints.entries()) {
    for (const method of methods) if (!places.has(method)) places.set(method, place);
  }
  for (const [position, unit] of input.units.entries()) {
    const [first = 0] = unit.indexes;
    const endpoint = places.get(methodOf(actionAt(input, first)));
    const isOne = unit.indexes.every(
      (index) => places.get(methodOf(actionAt(input, index))) === endpoint,
    );
    if (!isOne || endpoint === undefined) throw noEndpoint(dialect, input, unit, isOne);
    found[position] = endpoint;
  }
  return found;
}

function noEndpoint(
  { name }: DialectBase,
  input: PlanInput,
  unit: Unit,
  isOne: boolean,
): PlanError {
  const methods = new Set(unit.indexes.map((index) => methodOf(actionAt(input, index))));
  return new PlanError(
    `${nameOf(unit, input)} is ${[...methods].join(' and ')}; no batch of ${name} ` +
      `takes ${isOne ? 'that' : 'these together'}.`,
  );
}

/** @throws PlanError for actions and groups that the dialect refuses. */
export function checkActions(dialect: DialectBase, input: PlanInput): void {
  for (const unit of input.units) {
    if (unit.group && dialect.atomic === false) {
      throw new PlanError(
        `${dialect.name} applies actions one by one, so it cannot keep the promise of ${nameOf(unit, input)}. ` +
          'List the actions by themselves.',
      );
    }
    checkUnit(dialect, unit, input);
  }
}

function checkUnit({ name, refuses = [] }: DialectBase, unit: Unit, input: PlanInput): void {
  for (const index of unit.indexes) {
    const action = actionAt(input, index);
    const refusal = refuses.find((one) => applies(one, action));
    if (!refusal) continue;
    throw new PlanError(
      `action ${index} (${action[details].operationId}) cannot be part of a batch of ${name}: ${refusal.because}.`,
    );
  }
}

function applies({ methods, url, header }: Refusal, action: AnyAction): boolean {
  const wire = wireOf(action);
  if (!('method' in wire)) return false;
  if (methods && !methods.includes(methodOf(action))) return false;
  if (url && !url.test(wire.url)) return false;
  return !header || (wire.headers ?? []).some(([name]) => header.test(name));
}

function methodOf(action: AnyAction): string {
  const wire = wireOf(action);
  return 'method' in wire ? wire.method.toUpperCase() : effectOf(action).verb;
}
