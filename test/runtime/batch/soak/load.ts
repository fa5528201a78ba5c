import type { AnyAction } from '../../../../templates/runtime/batch/action/types.ts';
import { atomic } from '../../../../templates/runtime/batch/action/group.ts';
import { type Item } from '../../../../templates/runtime/batch/action/types.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { ref } from '../../../../templates/runtime/batch/action/reference.ts';
import type { Random } from '../../../simulators/random.ts';
import {
  createNetwork,
  createVlan,
  organizationId,
  updateNetwork,
  updatePort,
} from '../builders.ts';

/** What must become of an action, whatever goes wrong on the way. */
type Fate = Outcome['status'];

export interface Load {
  readonly items: readonly Item[];
  /** By index of the action, which also is its mark. */
  readonly fates: readonly Fate[];
  /** Actions that are in a group. */
  readonly grouped: ReadonlySet<number>;
}

/**
 * Actions of all kinds: independent ones, several of the same resource, groups, creates that others refer to,
 * and some that the server refuses at once or when it executes them.
 */
export function load(count: number, random: Random): Load {
  const items: Item[] = [];
  const fates: Fate[] = [];
  const mark = (fate: Fate): { n: number; fail?: string; refuse?: string } => {
    const n = fates.length;
    fates.push(fate);
    if (fate !== 'failed') return { n };
    return random() < 0.5 ? { n, fail: `no ${n}` } : { n, refuse: `Action ${n} is invalid` };
  };
  const grouped = new Set<number>();
  const port = (fate: Fate): AnyAction => {
    const serial = `Q2-${Math.floor(fates.length / 48)}`;
    const portId = String(fates.length % 48);
    return updatePort({ serial, portId, body: mark(fate) });
  };
  while (fates.length < count) {
    const dice = random();
    if (dice < 0.9) items.push(port(random() < 0.002 ? 'failed' : 'applied'));
    else if (dice < 0.93) items.push(...chain(mark, random));
    else if (dice < 0.96) items.push(...family(mark, random() < 0.01));
    else {
      for (let member = 0; member < 3; member += 1) grouped.add(fates.length + member);
      items.push(group(port, random() < 0.01));
    }
  }
  return { items, fates, grouped };
}

type Mark = (fate: Fate) => { n: number; fail?: string; refuse?: string };

/** Several updates of one network, whose order matters. */
function chain(mark: Mark, random: Random): Item[] {
  const networkId = `N_${Math.floor(random() * 1e9)}`;
  return Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
    updateNetwork({ networkId, body: mark('applied') }),
  );
}

/** A network and what is in it, by reference. */
function family(mark: Mark, fails: boolean): Item[] {
  const marked = mark(fails ? 'failed' : 'applied');
  const network = createNetwork({
    organizationId,
    body: { name: `net ${marked.n}`, ...marked },
  });
  const fate = fails ? 'skipped' : 'applied';
  const vlan = createVlan({
    networkId: ref(network),
    body: { id: '7', name: 'x', ...mark(fate) },
  });
  return [network, vlan, updateNetwork({ networkId: ref(network), body: mark(fate) })];
}

/** Three ports together. */
function group(port: (fate: Fate) => AnyAction, fails: boolean): Item {
  return fails
    ? atomic([port('rolledBack'), port('failed'), port('rolledBack')])
    : atomic([port('applied'), port('applied'), port('applied')]);
}

/** Outcomes that differ from what took effect, or from what had to become of the action. */
export function mistakes(
  { fates, grouped }: Load,
  outcomes: readonly Pick<Outcome, 'status'>[],
  counts: ReadonlyMap<number, number>,
): readonly string[] {
  return fates.flatMap((fate, index) => {
    const outcome = outcomes[index];
    const tookEffect = (counts.get(index) ?? 0) > 0;
    const isRight = outcome && fits(outcome, fate, grouped.has(index));
    if (isRight && (outcome.status === 'applied') === tookEffect) return [];
    return [`${index}: ${JSON.stringify(outcome)}, should be ${fate}, took effect: ${tookEffect}`];
  });
}

function fits(outcome: Pick<Outcome, 'status'>, fate: Fate, isGrouped: boolean): boolean {
  const { status } = outcome;
  if (status === fate) return true;
  if (!isGrouped) return false;
  // A group that was refused before it was executed; or one of which the server does not say who failed.
  const unattributed = !('cause' in outcome && outcome.cause !== undefined);
  return status === 'skipped'
    ? fate === 'rolledBack' || unattributed
    : status === 'rolledBack' && unattributed;
}
