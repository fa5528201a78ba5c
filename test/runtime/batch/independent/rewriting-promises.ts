import { sameJson } from '../../../../templates/runtime/batch/action/same-json.ts';
import type { Step } from '../../../../templates/runtime/batch/preview/types.ts';
import type { Members } from '../../../simulators/rewriting/store.ts';

export interface Promised {
  /** Whether it was promised to be as it was. */
  readonly isKept: boolean;
  readonly isRemade?: boolean;
  /** Members of which it was said that they cannot be restored. */
  readonly hidden: ReadonlySet<string>;
}

/** What the steps on each resource have promised together. */
export function promisesOf(
  steps: readonly Step[],
  isNamedByServer: boolean,
): ReadonlyMap<string, Promised> {
  const found = new Map<string, Promised>();
  for (const { path, kind, reversal } of steps) {
    const known = found.get(path) ?? { isKept: true, isRemade: false, hidden: new Set() };
    // Where secrets are lost besides, it is only partly what it was.
    const isRenamed =
      reversal.kind === 'newId' ||
      (isNamedByServer && kind === 'destroy' && reversal.kind === 'partly');
    const hidden = reversal.kind === 'partly' ? reversal.members : [];
    found.set(path, {
      isKept: known.isKept && reversal.kind !== 'irreversible' && !isRenamed,
      isRemade: known.isRemade || kind === 'destroy',
      hidden: new Set([...known.hidden, ...hidden.map((name) => name.split('/').at(-1)!)]),
    });
  }
  return found;
}

/** Where a resource is neither what it was nor what others have made of it. */
export function differences(
  was: Members,
  now: Members,
  theirs: Members | undefined,
  hidden: ReadonlySet<string>,
): readonly string[] {
  const wanted: Members = { ...was, ...theirs };
  return [...new Set([...Object.keys(wanted), ...Object.keys(now)])].flatMap((name) => {
    const [old, live] = [wanted[name], now[name]];
    if (hidden.has(name) || sameJson(old, live)) return [];
    return [`${name} was ${JSON.stringify(old)} and is ${JSON.stringify(live)}`];
  });
}
