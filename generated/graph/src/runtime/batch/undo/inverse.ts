import { own } from '../action/members.js';
import type { AnyAction } from '../action/types.js';
import { holds } from '../effects/compare-members.js';
import { topOf } from '../effects/leaves.js';
import { LiveState, rowsIn } from '../effects/live-state.js';
import { collectionOf, keepsId, ResourceIndex } from '../effects/resources.js';
import type { EffectSetting, Look, Want } from '../effects/types.js';
import { consistentAfter } from '../pace/read-lag.js';
import { backOff } from '../pace/retry-deadline.js';
import { extendPlan } from '../plan/plan.js';
import type { Preview } from '../preview/types.js';
import { Additions } from './additions.js';
import { decide, type Decision } from './decide.js';
import { deedsOf, finalStates, membersBefore } from './final-state.js';
import { backwards } from './deed.js';
import { Habits } from './habits.js';
import { bodyOf, Inverses, type Restore } from './inverses.js';
import type { Conflict, FinalState, Left, Recording, Undo } from './types.js';

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
  const { dialect, facts, read, scope, clock } = setting;
  const index = new ResourceIndex(facts);
  const deeds = deedsOf(index, recording, dialect.references.within ?? []);
  const habits = new Habits(deeds);
  const additions = new Additions(deeds);
  const states = finalStates(deeds, facts.verbs, {
    effectsOf: (deed) => habits.effectsOf(deed),
    addedTo: (deed) => additions.of(deed),
  });
  const live = new LiveState(read, index, scope);
  const decisions = new Map<string, Decision>();
  const found = new Finder(setting);
  const end = clock.now() + consistentAfter;
  let open = [...states.values()];
  for (let tries = 1; open.length > 0; tries += 1) {
    await live.load(open.map(wantOf));
    for (const state of open) {
      const look = live.at(state.path);
      const decision = decide(state, look, force);
      decisions.set(state.path, (await found.isMadeAgain(state, look)) ? nothing : decision);
    }
    // A server that nobody has seen to show the run's changes may show yet what was there before.
    open = open.filter(({ path, isSeen }) => !isSeen && decisions.get(path)?.kind === 'nothing');
    const left = end - clock.now();
    if (left <= 0) break;
    if (open.length > 0) await clock.sleep(Math.min(backOff(tries), left));
  }
  const restores = new Map(
    [...decisions].flatMap(([path, decision]): [string, Restore][] =>
      decision.kind === 'restore' || decision.kind === 'left' ? [[path, decision]] : [],
    ),
  );
  const inverses = new Inverses(setting, states, restores, live);
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

/** What has to be seen to decide about a resource. */
function wantOf({ path, before, beside, written, wasThere, mayBeGone }: FinalState): Want {
  const paths = [...before.keys(), ...beside.keys(), ...(wasThere ? [] : written.paths)];
  return { path, members: [...new Set(paths.map(topOf))], whole: mayBeGone || beside.size > 0 };
}

const nothing: Decision = { kind: 'nothing' };

function linesOf(conflicts: readonly Conflict[], left: readonly Left[]): readonly string[] {
  return [
    ...conflicts.map(({ path, why, members }) => {
      const names = Object.keys(members).join(', ');
      return `! ${path}: ${why}${names === '' ? '' : ` (${names})`}; it is left as it is`;
    }),
    ...left.map(({ path, why }) => `! ${path}: cannot be taken back: ${why}`),
  ];
}

/** Finds what was destroyed and has been made again under another id. */
class Finder {
  readonly #setting: EffectSetting;
  readonly #lists = new Map<string, Promise<ReturnType<typeof rowsIn>>>();

  constructor(setting: EffectSetting) {
    this.#setting = setting;
  }

  async isMadeAgain(state: FinalState, look: Look): Promise<boolean> {
    const { path, located, wasThere, mayBeGone } = state;
    if (!wasThere || !mayBeGone || look.state !== 'absent' || !located?.resource.create)
      return false;
    const members = bodyOf(located, membersBefore(state));
    if (keepsId(located, path, members) || located.resource.list === false) return false;
    const collection = collectionOf(path, located, this.#setting.scope);
    if (collection === '') return false;
    const rows = this.#lists.get(collection) ?? this.#read(collection);
    this.#lists.set(collection, rows);
    const order = { ordered: located.resource.orderedLists };
    return ((await rows) ?? []).some((row) =>
      Object.entries(members).every(([name, value]) => holds(value, own(row, name), name, order)),
    );
  }

  async #read(collection: string): Promise<ReturnType<typeof rowsIn>> {
    const answered = await this.#setting.read(collection);
    return 'value' in answered ? rowsIn(answered.value) : undefined;
  }
}
