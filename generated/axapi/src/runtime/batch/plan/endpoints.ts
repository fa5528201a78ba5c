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
export function endpointOf(dialect: DialectBase, input: PlanInput): readonly number[] {
  const { endpoints } = dialect;
  if (!endpoints) return input.units.map(() => 0);
  return input.units.map((unit) => {
    const taking = new Set(
      unit.indexes.map((index) => {
        const method = methodOf(actionAt(input, index));
        return endpoints.findIndex(({ methods }) => methods.includes(method));
      }),
    );
    const [endpoint = 0] = taking;
    if (taking.size === 1 && endpoint >= 0) return endpoint;
    const methods = unit.indexes.map((index) => methodOf(actionAt(input, index)));
    throw new PlanError(
      `${nameOf(unit, input)} is ${[...new Set(methods)].join(' and ')}; no batch of ${dialect.name} ` +
        `takes ${taking.size > 1 ? 'these together' : 'that'}.`,
    );
  });
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
