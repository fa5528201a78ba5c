// @ts-nocheck
import { type Members, topOf } from '../effects/leaves.js';
import type { LiveState } from '../effects/live-state.js';
import { idIn } from '../effects/resources.js';
import type { EffectSetting, Look, Want } from '../effects/types.js';
import { consistentAfter } from '../pace/read-lag.js';
import { backOff } from '../pace/retry-deadline.js';
import { decide, type Decision } from './decide.js';
import type { NewIds } from './new-ids.js';
import type { ComparedState, FinalState } from './final-state.js';

/** Finds what has been made again. */
interface Finding {
  /** The row of a resource that is not where it was, or why nobody can tell; undefined where it is nowhere. */
  rowOf(
    state: FinalState,
    look: Look,
  ): Promise<{ readonly row: Members } | { readonly why: string } | undefined>;
  /** Whether it may have been made again, and lists may not show it yet. */
  mayBeListed(state: FinalState, look: Look): boolean;
  /** Has lists read again. */
  refresh(): void;
}

interface Means {
  readonly states: ReadonlyMap<string, FinalState>;
  readonly live: LiveState;
  /** Gets the ids of what is found to have been made again. */
  readonly ids: NewIds;
  readonly finder: Finding;
  readonly force: boolean;
}

/** What is to be done about each resource, by the path that it had in the run. */
export async function decideAll(
  setting: EffectSetting,
  { states, live, ids, finder, force }: Means,
): Promise<ReadonlyMap<string, Decision>> {
  const { clock } = setting;
  const decisions = new Map<string, Decision>();
  const end = clock.now() + consistentAfter;
  let open = [...states.values()];
  for (let tries = 1; open.length > 0; tries += 1) {
    const found = ids.count;
    await live.load(open.map((state) => wantOf(state, ids)));
    const decided = await findAll(open, { finder, live, ids });
    for (const state of open) {
      const look = live.at(ids.placeOf(state.path));
      const decision = decided.get(state) ?? decide(withNewIds(state, ids), look, force);
      decisions.set(state.path, decision);
    }
    if (ids.count > found && open.length < states.size) {
      // What refers to what was found is compared again.
      open = [...states.values()];
      continue;
    }
    open = open.filter((state) => {
      const kind = decisions.get(state.path)?.kind;
      // A server that nobody has seen to show the run's changes may show yet what was there before.
      if (!state.isSeen && kind === 'nothing') return true;
      // Nor may its lists show yet what an undo that was interrupted has just made again.
      return kind === 'restore' && finder.mayBeListed(state, live.at(ids.placeOf(state.path)));
    });
    const left = end - clock.now();
    if (left <= 0) break;
    if (open.length > 0) await clock.sleep(Math.min(backOff(tries), left));
    finder.refresh();
  }
  return decisions;
}

/**
 * Finds what has been made again, until nothing more is found: what lies below something, or refers to it, is
 * known by the new id only. Gives the decisions that need no more looking.
 */
async function findAll(
  states: readonly FinalState[],
  { finder, live, ids }: Pick<Means, 'live' | 'ids' | 'finder'>,
): Promise<ReadonlyMap<FinalState, Decision>> {
  const decided = new Map<FinalState, Decision>();
  let open = states;
  for (let isNew = true; isNew;) {
    isNew = false;
    const rest: FinalState[] = [];
    for (const level of levelsOf(open)) {
      const moved = level.filter(({ path }) => !live.hasRead(ids.placeOf(path)));
      await live.load(moved.map((state) => wantOf(state, ids)));
      for (const state of level) {
        const { path, located } = state;
        const found = await finder.rowOf(state, live.at(ids.placeOf(path)));
        if (!found) {
          rest.push(state);
          continue;
        }
        if ('why' in found) {
          decided.set(state, { kind: 'left', why: found.why });
          continue;
        }
        const id = idIn(found.row, located?.key);
        if (located && id !== undefined) {
          ids.add(path, located, id);
          await live.load([wantOf(state, ids)]);
          isNew = true;
        } else decided.set(state, { kind: 'nothing' });
      }
    }
    open = rest;
  }
  return decided;
}

/** What has to be seen to decide about a resource. */
function wantOf(
  { path, before, beside, written, wasThere, mayBeGone }: FinalState,
  ids: NewIds,
): Want {
  const paths = [...before.keys(), ...beside.keys(), ...(wasThere ? [] : written.paths)];
  return {
    path: ids.placeOf(path),
    members: [...new Set(paths.map(topOf))],
    whole: mayBeGone || beside.size > 0,
  };
}

/** What it was, by the ids that others have now. */
function withNewIds(state: FinalState, ids: NewIds): ComparedState {
  if (!ids.hasAny) return state;
  const renamed = (values: ReadonlyMap<string, unknown>): Map<string, unknown> =>
    new Map(
      [...values].map(([path, value]) => [path, ids.inValue(value, path.split('/').at(-1)!)]),
    );
  const { written } = state;
  return {
    ...state,
    before: renamed(state.before),
    beside: renamed(state.beside),
    written: {
      paths: written.paths,
      knows: (path) => written.knows(path),
      last: (path) => written.last(path),
      // An undo that was interrupted names what it has made again by the new ids.
      fits: (path, live, order) =>
        written.fits(path, live, order) || written.fits(path, ids.oldInValue(live), order),
    },
  };
}

/** Resources by the length of their paths, so that each comes after those that it lies in. */
function levelsOf(states: readonly FinalState[]): readonly (readonly FinalState[])[] {
  const levels = new Map<number, FinalState[]>();
  for (const state of states) {
    const depth = state.path.split('/').length;
    levels.set(depth, [...(levels.get(depth) ?? []), state]);
  }
  const sorted = [...levels];
  sorted.sort(([a], [b]) => a - b);
  return sorted.map(([, level]) => level);
}
