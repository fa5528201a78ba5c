import type { AnyAction } from '../action/types.js';
import { isObject } from '../action/members.js';
import { leafAt, type Members, topOf, unmasked, withLeaves } from '../effects/leaves.js';
import type { LiveState } from '../effects/live-state.js';
import type { Located } from '../effects/resources.js';
import { verbFact } from '../effects/verbs.js';
import type { DialectBase, EffectFacts } from '../protocol/protocol.js';
import { besides, type Deed, touchedBy } from './deed.js';
import { InverseActions } from './inverse-actions.js';
import type { FinalState, Left } from './types.js';

/** What inverses are made with. */
interface InverseSetting {
  readonly dialect: DialectBase;
  readonly facts: EffectFacts;
  readonly scope: Readonly<Record<string, string>>;
}

/** What is restored of a resource, by its path inside of that; or why nothing can be. */
export type Restore = { readonly members: ReadonlySet<string> } | { readonly why: string };

/** Collects what takes deeds back. */
export class Inverses {
  readonly items: AnyAction[] = [];
  readonly left: Left[] = [];
  readonly #setting: InverseSetting;
  readonly #states: ReadonlyMap<string, FinalState>;
  readonly #restores: ReadonlyMap<string, Restore>;
  readonly #live: LiveState;
  readonly #make: InverseActions;

  constructor(
    setting: InverseSetting,
    states: ReadonlyMap<string, FinalState>,
    restores: ReadonlyMap<string, Restore>,
    live: LiveState,
  ) {
    this.#setting = setting;
    this.#states = states;
    this.#restores = restores;
    this.#live = live;
    this.#make = new InverseActions(setting.dialect, setting.scope);
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
        const paths = [...touchedBy(deed), ...(isOld ? besides(deed) : [])];
        this.#change(
          deed,
          place,
          paths
            .filter((path) => !isOld || members.has(path))
            .map((path) => [path, leafAt(image.members, path)]),
        );
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

  /** Sets what is at some paths. What the run has not touched is sent as it is now, where it has to be. */
  #change(
    { touch, located }: Deed,
    place: string,
    old: readonly (readonly [path: string, value: unknown])[],
  ): void {
    const look = this.#live.at(place);
    const live = look.state === 'there' ? look.members : {};
    const isWhole = touch.mayReplace && look.state === 'there';
    const { update } = located?.resource ?? {};
    const tops = new Set(old.map(([path]) => topOf(path)));
    const around = Object.entries(live).filter(([name, value]) =>
      tops.has(name) ? isObject(value) : isWhole && update?.includes(name) && value !== null,
    );
    const start = unmasked(Object.fromEntries(around)) as Members;
    const values = old.map(
      ([path, value]) => [path, typedAs(leafAt(touch.members, path), value)] as const,
    );
    const body = withLeaves(start, values);
    if (Object.keys(body).length > 0 && old.length > 0) {
      this.items.push(this.#make.change(touch.action, place, located, body));
    }
  }

  /** The members that creation does not take, and a change does. */
  #rest({ touch, located }: Deed, place: string, shown: Members): readonly AnyAction[] {
    const { create = [], update = [] } = located?.resource ?? {};
    const rest = Object.entries(shown).filter(
      ([name, value]) => update.includes(name) && !create.includes(name) && value !== null,
    );
    if (rest.length === 0) return [];
    return [this.#make.change(touch.action, place, located, Object.fromEntries(rest))];
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
    const { image } = deed;
    const hidden = image?.state === 'there' ? (image.hidden ?? []) : [];
    if (hidden.length > 0) this.#leave(deed, `what ${hidden.join(', ')} was cannot be read`);
  }

  #leave({ touch, place }: Deed, why: string): void {
    this.left.push({ index: touch.index, path: place ?? touch.path, why });
  }
}

/** The members that a creation takes, of those that a resource showed. */
export function bodyOf({ resource }: Located, shown: Members): Members {
  const names = resource.create ?? [];
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => names.includes(name) && value !== null),
  );
}

export function backwards<T>(list: readonly T[]): readonly T[] {
  return list.map((_, index) => list[list.length - 1 - index]!);
}

/** A value that is shown as a text, in the type in which the API takes it. */
function typedAs(sent: unknown, shown: unknown): unknown {
  if (typeof shown !== 'string' || shown === '') return shown;
  if (typeof sent === 'number' && String(Number(shown)) === shown) return Number(shown);
  if (typeof sent === 'boolean' && (shown === 'true' || shown === 'false')) return shown === 'true';
  return shown;
}
