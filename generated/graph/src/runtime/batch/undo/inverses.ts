// @ts-nocheck
import type { AnyAction } from '../action/types.js';
import { isObject } from '../action/members.js';
import { isMask, unmasked } from '../action/masks.js';
import { bodyOf } from '../effects/body-of.js';
import { hasLeaf, leafAt, leavesOf, type Members, topOf, withLeaves } from '../effects/leaves.js';
import type { LiveState } from '../effects/live-state.js';
import type { Located } from '../effects/resources.js';
import { verbFact } from '../effects/verbs.js';
import type { DialectBase, EffectFacts } from '../protocol/protocol.js';
import { backwards, besides, type Deed, touchedBy } from './deed.js';
import { InverseActions } from './inverse-actions.js';
import type { BeforeImage } from '../journal/journal.js';
import type { NewIds } from './new-ids.js';
import type { FinalState } from './final-state.js';
import type { Left } from './types.js';

/** What inverses are made with. */
interface InverseSetting {
  readonly dialect: DialectBase;
  readonly facts: EffectFacts;
  readonly scope: Readonly<Record<string, string>>;
}

/** What is restored of a resource, by its path inside of that; or why nothing can be. */
export type Restore = { readonly members: ReadonlySet<string> } | { readonly why: string };

/** What can be sent on the way back, in the place of what named something that is gone. */
interface Sendable {
  /** From now on, this says what is there. */
  watch(isThere: (place: string) => boolean): void;
  members(place: string, members: Members): Members;
  value(place: string, path: string, value: unknown): unknown;
}

/** Collects what takes deeds back. */
export class Inverses {
  readonly items: AnyAction[] = [];
  readonly left: Left[] = [];
  readonly #setting: InverseSetting;
  readonly #states: ReadonlyMap<string, FinalState>;
  readonly #restores: ReadonlyMap<string, Restore>;
  readonly #live: LiveState;
  readonly #ids: NewIds;
  /** The deeds that end what the way back passes by. */
  readonly #passed: ReadonlySet<Deed>;
  readonly #make: InverseActions;
  readonly #passable: Sendable;
  /** Whether a resource is there, when what was collected so far has been executed. */
  readonly #isThere: Map<string, boolean>;
  /** What was destroyed by the run, and made again by what was collected so far. */
  readonly #madeAgain = new Set<string>();

  constructor(
    setting: InverseSetting,
    {
      states,
      restores,
      live,
      ids,
      passed,
      passable,
    }: {
      readonly states: ReadonlyMap<string, FinalState>;
      readonly restores: ReadonlyMap<string, Restore>;
      readonly live: LiveState;
      readonly ids: NewIds;
      readonly passed: ReadonlySet<Deed>;
      readonly passable: Sendable;
    },
  ) {
    this.#setting = setting;
    this.#states = states;
    this.#restores = restores;
    this.#live = live;
    this.#ids = ids;
    this.#passed = passed;
    this.#make = new InverseActions(setting.dialect, setting.scope, ids);
    this.#isThere = new Map(
      [...restores.keys()].map((path) => [path, live.at(ids.placeOf(path)).state === 'there']),
    );
    passable.watch(
      (place) => this.#isThere.get(place) ?? live.at(ids.placeOf(place)).state !== 'absent',
    );
    this.#passable = passable;
  }

  /** One action for each resource: nothing was created or destroyed, so the way back does not matter. */
  restoreAll(deeds: readonly Deed[]): void {
    const last = new Map(deeds.map((deed) => [deed.place, deed]));
    for (const deed of deeds) this.#noteHidden(deed);
    for (const [path, deed] of backwards([...last])) {
      const members = path === undefined ? undefined : this.#restored(deed, path);
      if (path === undefined || !members) continue;
      const { before, beside } = this.#states.get(path)!;
      this.#change(
        deed,
        path,
        [...before, ...beside].filter(([name]) => members.has(name)),
      );
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
    // Nobody may know whether the run, or an undo of it that was interrupted, has done it.
    const isThere = this.#isThere.get(place);
    switch (touch.verb) {
      case 'create':
        if (isThere) this.items.push(this.#make.destroy(touch.action, place));
        this.#isThere.set(place, false);
        return;
      case 'update': {
        if (!isThere) {
          const lost = this.#states.get(place)?.lost;
          if (lost) this.#leave(deed, `it was destroyed with ${lost.parent}`);
          return;
        }
        if (image?.state !== 'there') {
          this.#leave(deed, 'it was not there before');
          return;
        }
        const isOld = this.#states.get(place)?.wasThere;
        const paths = [...touchedBy(deed), ...(isOld ? besides(deed) : [])];
        this.#change(
          deed,
          place,
          paths
            .filter((path) => !isOld || members.has(path))
            .map((path): [string, unknown] => [path, leafAt(image.members, path)])
            .map(([path, old]): [string, unknown] => [
              path,
              isOld ? this.#passable.value(place, path, old) : old,
            ])
            .filter(([, value]) => value !== undefined),
        );
        return;
      }
      case 'destroy': {
        if (isThere || image?.state !== 'there' || this.#passed.has(deed)) return;
        const shown = this.#passable.members(place, image.members);
        this.#isThere.set(place, true);
        this.#madeAgain.add(place);
        const made =
          located?.resource.create &&
          this.#make.create(touch.action, place, located, typedAs(located, bodyOf(located, shown)));
        if (made) this.items.push(made, ...this.#rest(deed, place, shown));
        else this.#leave(deed, 'nothing is known that creates it');
        return;
      }
      default:
        this.#takeVerb(deed, place);
    }
  }

  /** Sets what is at some paths. What the run has not touched is sent as it is now, where it has to be. */
  #change(
    { touch, located, image }: Deed,
    place: string,
    old: readonly (readonly [path: string, value: unknown])[],
  ): void {
    const around = this.#around(place, image);
    const isWhole = touch.mayReplace && around !== undefined;
    const { update } = located?.resource ?? {};
    const tops = new Set(old.map(([path]) => topOf(path)));
    const kept = Object.entries(around ?? {}).filter(([name, value]) =>
      tops.has(name) ? isObject(value) : isWhole && update?.includes(name) && value !== null,
    );
    const start = unmasked(
      withoutAdded(Object.fromEntries(kept), image, this.#states.get(place)),
    ) as Members;
    const readable = old.flatMap(([path, value]): [string, unknown][] =>
      isMask(value) ? [] : [[path, unmasked(value)]],
    );
    const body = typedAs(located, withLeaves(start, readable));
    if (Object.keys(body).length > 0 && readable.length > 0) {
      this.items.push(this.#make.change(touch.action, place, located, body));
    }
  }

  /** What else there is; of what was made again on the way back, what there was. */
  #around(place: string, image: BeforeImage | undefined): Members | undefined {
    if (this.#madeAgain.has(place) && image?.state === 'there')
      return this.#passable.members(place, image.members);
    const look = this.#live.at(this.#ids.placeOf(place));
    return look.state === 'there' ? look.members : undefined;
  }

  /** The members that creation does not take, and a change does. */
  #rest({ touch, located }: Deed, place: string, shown: Members): readonly AnyAction[] {
    const { create = [], update = [] } = located?.resource ?? {};
    const rest = Object.entries(shown).filter(
      ([name, value]) =>
        update.includes(name) && !create.includes(name) && value !== null && !isMask(value),
    );
    if (rest.length === 0) return [];
    return [
      this.#make.change(
        touch.action,
        place,
        located,
        typedAs(located, unmasked(Object.fromEntries(rest)) as Members),
      ),
    ];
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
    const restore = this.#restores.get(path);
    if (restore && 'why' in restore) this.#leave(deed, restore.why);
    return restore && 'members' in restore ? restore.members : undefined;
  }

  #noteHidden(deed: Deed): void {
    const { image, place } = deed;
    // What the run has made is destroyed with its secrets.
    if (place !== undefined && this.#states.get(place)?.wasThere === false) return;
    const hidden = image?.state === 'there' ? (image.hidden ?? []) : [];
    if (hidden.length > 0) this.#leave(deed, `what ${hidden.join(', ')} was cannot be read`);
  }

  #leave({ touch, place }: Deed, why: string): void {
    this.left.push({ index: touch.index, path: place ?? touch.path, why });
  }
}

/** Members without what the run has added to objects: where it is not sent, a server that replaces them drops it. */
function withoutAdded(
  members: Members,
  image: BeforeImage | undefined,
  state: FinalState | undefined,
): Members {
  if (image?.state !== 'there' || !state?.wasThere) return members;
  const paths = leavesOf(members, members);
  const kept = paths.filter((path) => hasLeaf(image.members, path) || !state.written.knows(path));
  if (kept.length === paths.length) return members;
  return withLeaves(
    {},
    kept.map((path) => [path, leafAt(members, path)]),
  );
}

/** Members with the numbers and booleans as such that the server shows as texts. */
function typedAs(located: Located | undefined, members: Members): Members {
  const { numbers = [], booleans = [] } = located?.resource ?? {};
  const texts = [...numbers, ...booleans].flatMap((path): [string, unknown][] => {
    const value = leafAt(members, path);
    return typeof value === 'string' && value !== '' ? [[path, value]] : [];
  });
  return withLeaves(
    members,
    texts.map(([path, text]) => [path, numbers.includes(path) ? numberIn(text) : flagIn(text)]),
  );
}

function numberIn(text: unknown): unknown {
  return String(Number(text)) === text ? Number(text) : text;
}

function flagIn(text: unknown): unknown {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
