import { own } from '../action/members.js';
import type { AnyAction } from '../action/types.js';
import { holds } from '../effects/compare-members.js';
import { collectionOf, LiveState, rowsIn } from '../effects/live-state.js';
import { type Located, ResourceIndex } from '../effects/resources.js';
import { keepsId } from '../effects/reversal.js';
import type { EffectSetting, Look } from '../effects/types.js';
import { verbFact } from '../effects/verbs.js';
import { extendPlan } from '../plan/plan.js';
import type { Preview } from '../preview/types.js';
import { decide, type Decision } from './decide.js';
import { type Deed, deedsOf, finalStates } from './final-state.js';
import { InverseActions } from './inverse-actions.js';
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
  const { facts, read, scope } = setting;
  const index = new ResourceIndex(facts.resources);
  const deeds = deedsOf(index, recording);
  const states = finalStates(deeds, facts.verbs);
  const live = new LiveState(read, index, scope);
  await live.load(
    [...states.values()].map(({ path, before, written, wasThere, mayBeGone }) => ({
      path,
      members: [...new Set([...before.keys(), ...(wasThere ? [] : written.keys())])],
      whole: mayBeGone,
    })),
  );
  const decisions = new Map<string, Decision>();
  const found = new Finder(setting);
  for (const state of states.values()) {
    const look = live.at(state.path);
    const decision = decide(state, look, force);
    decisions.set(state.path, (await found.isMadeAgain(state, look)) ? nothing : decision);
  }
  const inverses = new Inverses(setting, states, decisions);
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

function backwards<T>(list: readonly T[]): readonly T[] {
  return list.map((_, index) => list[list.length - 1 - index]!);
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

  async isMadeAgain(
    { path, located, wasThere, mayBeGone, before }: FinalState,
    look: Look,
  ): Promise<boolean> {
    if (!wasThere || !mayBeGone || look.state !== 'absent' || !located?.resource.create)
      return false;
    const members = bodyOf(located, Object.fromEntries(before));
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

/** The members that a creation takes, of those that a resource showed. */
function bodyOf(
  { resource }: Located,
  shown: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = resource.create ?? [];
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => names.includes(name) && value !== null),
  );
}

/** Collects what takes deeds back. */
class Inverses {
  readonly items: AnyAction[] = [];
  readonly left: Left[] = [];
  readonly #setting: EffectSetting;
  readonly #states: ReadonlyMap<string, FinalState>;
  readonly #decisions: ReadonlyMap<string, Decision>;
  readonly #make: InverseActions;

  constructor(
    setting: EffectSetting,
    states: ReadonlyMap<string, FinalState>,
    decisions: ReadonlyMap<string, Decision>,
  ) {
    this.#setting = setting;
    this.#states = states;
    this.#decisions = decisions;
    this.#make = new InverseActions(setting.dialect, setting.scope);
  }

  /** One action for each resource: nothing was created or destroyed, so the way back does not matter. */
  restoreAll(deeds: readonly Deed[]): void {
    const last = new Map(deeds.map((deed) => [deed.place, deed]));
    for (const deed of deeds) this.#noteHidden(deed);
    for (const [path, deed] of backwards([...last])) {
      const members = path === undefined ? undefined : this.#restored(deed, path);
      if (path === undefined || !members) continue;
      const { before } = this.#states.get(path)!;
      const old = Object.fromEntries([...before].filter(([name]) => members.has(name)));
      this.items.push(this.#make.change(deed.touch.action, path, old));
    }
  }

  /** The way back, one step: each state on it has been before. */
  take(deed: Deed): void {
    const { touch, place, located, image } = deed;
    this.#noteHidden(deed);
    if (place === undefined) {
      this.#leave(deed, 'nobody knows its id');
      return;
    }
    if (!this.#states.has(place)) {
      this.#leave(deed, `nothing is known that undoes "${touch.verb}"`);
      return;
    }
    const members = this.#restored(deed, place);
    if (!members) return;
    switch (touch.verb) {
      case 'create':
        this.items.push(this.#make.destroy(touch.action, place));
        return;
      case 'update': {
        if (image?.state !== 'there') {
          this.#leave(deed, 'it was not there before');
          return;
        }
        const isOld = this.#states.get(place)?.wasThere;
        const names = Object.keys(image.members).filter((name) => !isOld || members.has(name));
        if (names.length === 0) return;
        const old = Object.fromEntries(names.map((name) => [name, image.members[name]]));
        this.items.push(this.#make.change(touch.action, place, old));
        return;
      }
      case 'destroy': {
        if (image?.state !== 'there') return;
        const made =
          located?.resource.create &&
          this.#make.create(touch.action, place, located, bodyOf(located, image.members));
        if (made) this.items.push(made, ...this.#rest(deed, place, image.members));
        else this.#leave(deed, 'nothing is known that creates it');
        return;
      }
      default:
        this.#takeVerb(deed, place);
    }
  }

  /** The members that creation does not take, and a change does. */
  #rest(
    { touch, located }: Deed,
    place: string,
    shown: Readonly<Record<string, unknown>>,
  ): readonly AnyAction[] {
    const { create = [], update = [] } = located?.resource ?? {};
    const rest = Object.entries(shown).filter(
      ([name, value]) => update.includes(name) && !create.includes(name) && value !== null,
    );
    if (rest.length === 0) return [];
    return [this.#make.change(touch.action, place, Object.fromEntries(rest))];
  }

  #takeVerb(deed: Deed, place: string): void {
    const { touch, image } = deed;
    const fact = verbFact(this.#setting.facts.verbs, touch.verb);
    if (!fact || image?.state !== 'there') {
      this.#leave(deed, `nothing is known that undoes "${touch.verb}"`);
      return;
    }
    const body = fact.sendsOld ? image.members : undefined;
    this.items.push(this.#make.verb(touch.action, place, fact.inverse, body));
  }

  /** The members to be restored; undefined where nothing is to do. */
  #restored(deed: Deed, path: string): ReadonlySet<string> | undefined {
    const decision = this.#decisions.get(path)!;
    switch (decision.kind) {
      case 'restore':
        return decision.members;
      case 'left':
        this.#leave(deed, decision.why);
        return undefined;
      case 'nothing':
      case 'conflict':
        return undefined;
    }
  }

  #noteHidden(deed: Deed): void {
    const { image } = deed;
    const hidden = image?.state === 'there' ? (image.hidden ?? []) : [];
    if (hidden.length > 0) this.#leave(deed, `what ${hidden.join(', ')} was cannot be read`);
  }

  #leave({ touch, place }: Deed, why: string): void {
    this.left.push({ index: touch.index, path: place ?? touch.path, why });
  }
}
