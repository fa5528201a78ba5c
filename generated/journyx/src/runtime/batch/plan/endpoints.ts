import { details, type AnyAction } from '../action/action.js';
import type { DialectBase, Refusal } from '../protocol/protocol.js';
import type { Load } from './arrange.js';
import { nameOf, PlanError, type Unit } from './units.js';
import { subjectOf, wireOf } from '../action/wire.js';

/**
 * For each unit, the endpoint that takes its actions.
 *
 * @throws PlanError where there is none, or a group would need several.
 */
export function lanesOf(dialect: DialectBase, { actions, units, first }: Load): readonly number[] {
  const { endpoints } = dialect;
  if (!endpoints) return units.map(() => 0);
  return units.map((unit) => {
    const lanes = new Set(
      unit.indexes.map((index) => {
        const method = methodOf(actions[index - first]!);
        return endpoints.findIndex(({ methods }) => methods.includes(method));
      }),
    );
    const [lane = 0] = lanes;
    if (lanes.size === 1 && lane >= 0) return lane;
    const methods = unit.indexes.map((index) => methodOf(actions[index - first]!));
    throw new PlanError(
      `${nameOf(unit, actions, first)} is ${[...new Set(methods)].join(' and ')}; no batch of ${dialect.name} ` +
        `takes ${lanes.size > 1 ? 'these together' : 'that'}.`,
    );
  });
}

/** @throws PlanError for actions and groups that the dialect refuses. */
export function checkActions(dialect: DialectBase, { actions, units, first }: Load): void {
  for (const unit of units) {
    if (unit.group && dialect.atomic === false) {
      throw new PlanError(
        `${dialect.name} applies actions one by one, so it cannot keep the promise of ${nameOf(unit, actions, first)}. ` +
          'List the actions by themselves.',
      );
    }
    checkUnit(dialect, unit, actions, first);
  }
}

function checkUnit(
  { name, refuses = [] }: DialectBase,
  unit: Unit,
  actions: readonly AnyAction[],
  first: number,
): void {
  for (const index of unit.indexes) {
    const action = actions[index - first]!;
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
  return 'method' in wire ? wire.method.toUpperCase() : subjectOf(action).verb;
}
