// @ts-nocheck
import { own } from '../action/members.js';
import { holds } from '../effects/compare-members.js';
import { type Plan, PlanError } from '../plan/units.js';
import { stepsOf } from '../preview/steps.js';
import { isPreview, type Preview, type Step } from '../preview/types.js';
import type { RunSettings } from '../run/executor.js';
import type { Engine } from '../run/session.js';
import { settingOf } from './effects-of.js';

/** How many actions an error names. */
const mostNamed = 5;

/**
 * Looks at what a plan touches before it runs.
 *
 * @throws PlanError where a value that the preview showed has changed since, or where something cannot be
 * taken back and all of it has to be.
 */
export async function preflight(
  engine: Engine,
  plan: Plan,
  { scope, safeguards }: RunSettings,
  signal: AbortSignal | undefined,
): Promise<void> {
  const setting = await settingOf(engine, scope, signal);
  const { steps } = await stepsOf(setting, plan);
  if (isPreview(plan)) refuseStale(plan, steps);
  if (safeguards?.requireReversible) refuseIrreversible(steps);
}

function refuseStale({ steps: before }: Preview, now: readonly Step[]): void {
  const stale = now.filter((step, index) => !isAsBefore(before[index]!, step));
  if (stale.length === 0) return;
  throw new PlanError(
    `The preview is out of date: ${named(stale.map(({ path }) => path))} changed since. Make it again.`,
  );
}

/** Whether the touched values are those that the preview showed. */
function isAsBefore(before: Step, now: Step): boolean {
  if (before.kind !== now.kind) return false;
  switch (now.kind) {
    case 'create':
    case 'same':
    case 'unreadable':
      return true;
    case 'change':
      return before.kind === 'change' && sameMembers(oldOf(before.members), oldOf(now.members));
    case 'destroy':
      return before.kind === 'destroy' && sameMembers(before.lost, now.lost);
  }
}

function oldOf(
  members: Readonly<Record<string, { readonly old: unknown }>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, { old }]) => [name, old]));
}

function sameMembers(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  const order = { ordered: undefined };
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every(
    (name) =>
      holds(own(a, name), own(b, name), name, order) &&
      holds(own(b, name), own(a, name), name, order),
  );
}

function refuseIrreversible(steps: readonly Step[]): void {
  const lasting = steps.flatMap(({ index, operationId, reversal }): readonly string[] => {
    switch (reversal.kind) {
      case 'reversible':
      case 'newId':
        return [];
      case 'partly':
        return [`action ${index} (${operationId}: all but ${reversal.members.join(', ')})`];
      case 'irreversible':
        return [`action ${index} (${operationId}: ${reversal.why})`];
    }
  });
  if (lasting.length === 0) return;
  throw new PlanError(
    `With requireReversible nothing is sent: ${lasting.length} of ${steps.length} actions cannot be taken back, as ${named(lasting)}.`,
  );
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown;
}
