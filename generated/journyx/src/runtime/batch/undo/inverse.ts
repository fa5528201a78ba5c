// @ts-nocheck
import type { AnyAction } from '../action/types.js';
import { LiveState } from '../effects/live-state.js';
import { ResourceIndex } from '../effects/resources.js';
import type { EffectSetting } from '../effects/types.js';
import { extendPlan } from '../plan/plan.js';
import type { Preview } from '../preview/types.js';
import { Additions } from './additions.js';
import { decideAll } from './decisions.js';
import { backwards } from './deed.js';
import { Finder } from './finder.js';
import { deedsOf, finalStates } from './final-states.js';
import { Habits } from './habits.js';
import { Inverses, type Restore } from './inverses.js';
import { endsOfMiddleLives } from './middle-lives.js';
import { NewIds } from './new-ids.js';
import { Passable } from './passable.js';
import type { Conflict } from './conflict.js';
import type { Left, Recording, Undo } from './types.js';

/** What takes a run back. */
export interface Inverse extends Pick<Undo, 'conflicts' | 'left'> {
  readonly items: readonly AnyAction[];
  readonly ordered: boolean;
}

/** Works out what takes a run back, from what its journal says and what is there now. */
export async function inverseOf(
  setting: EffectSetting,
  recording: Recording,
  force: boolean,
): Promise<Inverse> {
  const { dialect, facts, read, scope } = setting;
  const index = new ResourceIndex(facts);
  const deeds = deedsOf(index, recording, {
    within: dialect.references.within ?? [],
    verbs: facts.verbs,
  });
  const habits = new Habits(deeds);
  const additions = new Additions(deeds);
  const states = finalStates(deeds, facts.verbs, {
    effectsOf: (deed) => habits.effectsOf(deed),
    addedTo: (deed) => additions.of(deed),
  });
  const live = new LiveState(read, index, scope);
  const ids = new NewIds();
  const finder = new Finder(setting, { states, siblings: recording.siblings, ids });
  const decisions = await decideAll(setting, { states, live, ids, finder, force });
  const restores = new Map(
    [...decisions].flatMap(([path, decision]): [string, Restore][] =>
      decision.kind === 'restore' || decision.kind === 'left' ? [[path, decision]] : [],
    ),
  );
  const inverses = new Inverses(setting, {
    states,
    restores,
    live,
    ids,
    passable: new Passable(deeds, states),
    passed: endsOfMiddleLives(deeds, (place) => restores.has(place ?? '')),
  });
  const isPlain = deeds.every(({ touch }) => touch.verb === 'update');
  if (isPlain) inverses.restoreAll(deeds);
  else for (const deed of backwards(deeds)) inverses.take(deed);
  const conflicts = [...decisions.values()].flatMap((decision): readonly Conflict[] =>
    'conflict' in decision && decision.conflict ? [decision.conflict] : [],
  );
  const { items, left } = inverses;
  return { items, ordered: !isPlain, conflicts, left };
}

/** The plan that takes a run back, with what stays as it is. */
export function undoOf(preview: Preview<readonly AnyAction[]>, { conflicts, left }: Inverse): Undo {
  return extendPlan(preview, {
    conflicts,
    left,
    toString: () => [String(preview), ...linesOf(conflicts, left)].join('\n'),
    toJSON: () => ({ ...preview.toJSON(), conflicts, left }),
  });
}

function linesOf(conflicts: readonly Conflict[], left: readonly Left[]): readonly string[] {
  return [
    ...conflicts.map(({ path, why, members }) => {
      const names = Object.keys(members).join(', ');
      return `! ${path}: ${why}${names === '' ? '' : ` (${names})`}; it is left as it is`;
    }),
    ...left.map(({ path, why }) => `! ${path}: cannot be taken back: ${why}`),
  ];
}
