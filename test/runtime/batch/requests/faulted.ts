import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import type { Account } from '../../../simulators/account.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { type Fault, type Faults, faultsIn } from '../../../simulators/mishaps.ts';
import { startGraph } from '../../../simulators/graph.ts';
import { startJournyx } from '../../../simulators/journyx.ts';
import type { Loopback } from '../../../simulators/loopback.ts';
import { type Random, randomOf } from '../../../simulators/random.ts';
import { axapiOn, change, get, graphOn, journyxOn, post, remove } from './fixtures.ts';

/** What came of many actions on a server that fails every so often. */
export interface Report {
  readonly requests: number;
  readonly faults: number;
  /** Faults after which the request had been carried out all the same. */
  readonly late: number;
  readonly applied: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  /** Of those that are unknown, what cannot be known once an answer was lost. */
  readonly untellable: number;
  /** Actions without an outcome. */
  readonly lost: number;
  /** Changes that the server made more than once. */
  readonly twice: number;
  /** Outcomes that the server's own account contradicts. */
  readonly wrong: readonly string[];
}

/** An action, and what of it the server's account is about. */
interface Marked {
  readonly action: RequestAction;
  /** Undefined for what only reads. */
  readonly mark: string | undefined;
  /** Whether a lost answer can be made up for: by a fence, and because a look shows what it did. */
  readonly isTellable: boolean;
  /** Whether the server must refuse it. */
  readonly fails: boolean;
}

/** Runs `count` actions of a kind; a `share` of all requests is faulted. */
export type Faulted = (
  count: number,
  share: number,
  seed: number,
  kinds?: readonly Fault[],
) => Promise<Report>;

/** Reads and changes of many objects, each batch of changes under a version. */
export function axapiFaulted(fenced: boolean): Faulted {
  return async (count, share, seed, kinds) => {
    const random = randomOf(seed);
    await using simulator = await startAxapi({ faults: faults(share, random, kinds) });
    const actions = Array.from({ length: count }, (_, index): Marked => {
      const name = `s${index}`;
      const mark = `m${index}`;
      const element = { name, host: '10.0.0.1', 'user-tag': mark };
      const base = { mark, isTellable: fenced, fails: false };
      const dice = random();
      if (dice < 0.2)
        return {
          ...base,
          mark: undefined,
          action: get(`/axapi/v3/interface/ethernet/${(index % 8) + 1}`),
        };
      if (dice < 0.9) {
        const url = '/axapi/v3/slb/server';
        return { ...base, action: post(url, { server: element }, `${url}/${name}`) };
      }
      if (dice < 0.99) {
        const ethernet = { ifnum: (index % 8) + 1, 'user-tag': mark };
        const url = `/axapi/v3/interface/ethernet/${ethernet.ifnum}`;
        // Others of the batch may change the same.
        return { ...base, isTellable: false, action: change('POST', url, { ethernet }) };
      }
      return {
        ...base,
        isTellable: false,
        fails: true,
        action: remove(`/axapi/v3/slb/server/none-${index}`),
      };
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run(
      actions.map(({ action }) => action),
      { onError: 'continue', ...(fenced && { configVersion: simulator.device.version }) },
    );
    return reportOf(actions, outcomes, simulator, simulator.device.account);
  };
}

/** Reads, changes with and without an ETag, and creates. */
export const journyxFaulted: Faulted = async (count, share, seed, kinds) => {
  const random = randomOf(seed);
  await using simulator = await startJournyx(faults(share, random, kinds));
  const { site } = simulator;
  const actions = Array.from({ length: count }, (_, index): Marked => {
    const mark = `m${index}`;
    const { id, etag } = site.put('projects', { pname: `P${index}` });
    const url = `/api/v1/projects/${id}`;
    const base = { mark, isTellable: true, fails: false };
    const dice = random();
    if (dice < 0.2) return { ...base, mark: undefined, action: get(url) };
    if (dice < 0.6) return { ...base, action: change('PUT', url, { description: mark }, etag) };
    if (dice < 0.7) return { ...base, mark: `delete projects/${id}`, action: remove(url, etag) };
    if (dice < 0.71)
      return {
        ...base,
        isTellable: false,
        fails: true,
        action: change('PUT', url, { description: mark }, '"0"'),
      };
    const body = { comments: mark };
    return { ...base, isTellable: false, action: post('/api/v1/time_entries', body) };
  });
  const { batch } = journyxOn(simulator.baseUrl);
  const outcomes = await batch.run(
    actions.map(({ action }) => action),
    { onError: 'continue' },
  );
  return reportOf(actions, outcomes, simulator, site.account);
};

/** Reads, changes and creates, none of which has a fence; items are throttled too. */
export const graphFaulted: Faulted = async (count, share, seed, kinds) => {
  const random = randomOf(seed);
  await using simulator = await startGraph({
    faults: faults(share, random, kinds),
    random,
    throttled: share,
  });
  const { tenant } = simulator;
  const actions = Array.from({ length: count }, (_, index): Marked => {
    const mark = `m${index}`;
    const url = `/users/u${index}`;
    tenant.put(url, { id: `u${index}` });
    const base = { mark, isTellable: false, fails: false };
    const dice = random();
    if (dice < 0.2) return { ...base, mark: undefined, action: get(url) };
    if (dice < 0.7) return { ...base, action: change('PATCH', url, { jobTitle: mark }) };
    if (dice < 0.71) {
      const action = change('PATCH', `/users/none-${index}`, { jobTitle: mark });
      return { ...base, fails: true, action };
    }
    return { ...base, action: post('/users', { jobTitle: mark }) };
  });
  const { batch } = graphOn(simulator.baseUrl);
  const outcomes = await batch.run(
    actions.map(({ action }) => action),
    { onError: 'continue' },
  );
  return reportOf(actions, outcomes, simulator, tenant.account);
};

function faults(share: number, random: Random, kinds: readonly Fault[] | undefined): Faults {
  return faultsIn(share, random, kinds);
}

function reportOf(
  actions: readonly Marked[],
  outcomes: readonly Outcome[],
  { requests, faults: faulted, late }: Loopback,
  account: Account,
): Report {
  const count = (status: Outcome['status']): number =>
    outcomes.filter((outcome) => outcome?.status === status).length;
  return {
    requests: requests.length,
    faults: faulted,
    late,
    applied: count('applied'),
    failed: count('failed'),
    skipped: count('skipped'),
    unknown: count('unknown'),
    untellable: actions.filter(
      ({ isTellable }, index) => !isTellable && outcomes[index]?.status === 'unknown',
    ).length,
    lost: actions.filter((_, index) => outcomes[index] === undefined).length,
    twice: account.twice().length,
    wrong: actions.flatMap((action, index) => mistakeOf(action, outcomes[index], index, account)),
  };
}

function mistakeOf(
  { mark, fails }: Marked,
  outcome: Outcome | undefined,
  index: number,
  account: Account,
): readonly string[] {
  if (!outcome || outcome.status === 'unknown') return [];
  const made = mark === undefined ? undefined : account.count(mark) > 0;
  const isApplied = outcome.status === 'applied';
  const says = `action ${index} is ${outcome.status}`;
  if (made !== undefined && made !== isApplied)
    return [`${says}, and was ${made ? '' : 'not '}made`];
  if (fails && isApplied) return [`${says}, and had to fail`];
  if (!fails && outcome.status === 'failed') return [`${says}, and had not to`];
  return isApplied && outcome.value === undefined && outcome.answer?.status !== 204
    ? valueless(says, mark)
    : [];
}

/** Only of what is gone there may be no value. */
function valueless(says: string, mark: string | undefined): readonly string[] {
  return mark?.startsWith('delete ') ? [] : [`${says}, without a value`];
}
