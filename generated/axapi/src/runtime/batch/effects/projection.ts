// @ts-nocheck
import type { VerbFacts } from '../protocol/protocol.js';
import { type Members, merged } from './leaves.js';
import type { LiveState } from './live-state.js';
import { parentOf } from './resources.js';
import type { Touch } from './touch.js';
import type { Look, Want } from './types.js';
import { verbFact } from './verbs.js';

/** What has to be read to know what touches set; with `rest`, also what they may change besides. */
export function wantsOf(
  touches: readonly Touch[],
  verbs: VerbFacts,
  { rest }: { readonly rest: boolean },
): readonly Want[] {
  return touches.flatMap(({ verb, path, isWithinNew, members, isPlace, mayReplace }): Want[] => {
    if (isWithinNew || verb === 'create' || verb === 'read' || !isPlace) return [];
    if (verb === 'update')
      return [{ path, members: Object.keys(members), whole: rest && mayReplace }];
    if (verb === 'destroy') return [{ path, members: [], whole: true }];
    const fact = verbFact(verbs, verb);
    return fact ? [{ path, members: [], whole: true }] : [];
  });
}

/** What resources will be after some of the actions: what they are, and what those actions change. */
export class Projection {
  readonly #live: LiveState;
  readonly #own = new Map<string, Look>();

  constructor(live: LiveState) {
    this.#live = live;
  }

  at(path: string): Look {
    const own = this.#own.get(path);
    if (own) return own;
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
      if (this.#own.get(above)?.state === 'absent') return { state: 'absent' };
    }
    return this.#live.at(path);
  }

  apply(touch: Touch, verbs: VerbFacts): void {
    const { verb, path, isPlace, members } = touch;
    switch (verb) {
      case 'read':
        return;
      case 'create':
        // What is there already is not created.
        if (isPlace && this.#lookAt(path)?.state !== 'there') {
          this.#own.set(path, { state: 'there', members: shownOf(touch, {}) });
        }
        return;
      case 'destroy':
        this.#own.set(path, { state: 'absent' });
        return;
      case 'update': {
        const look = this.at(path);
        if (look.state === 'there') this.#set(path, look, shownOf(touch, look.members));
        return;
      }
      default: {
        const fact = verbFact(verbs, verb);
        const look = this.at(path);
        if (!fact || look.state !== 'there') return;
        const value = fact.leaves === 'sent' ? members[fact.shownIn] : undefined;
        this.#set(path, look, { [fact.shownIn]: value });
      }
    }
  }

  /** What there is, where that was read. */
  #lookAt(path: string): Look | undefined {
    return this.#own.get(path) ?? (this.#live.hasRead(path) ? this.#live.at(path) : undefined);
  }

  #set(path: string, look: Look & { state: 'there' }, members: Touch['members']): void {
    // Both are objects.
    const next = merged(look.members, members) as Members;
    this.#own.set(path, { state: 'there', members: next });
  }
}

/** What is shown afterwards of what is sent: a secret is not. */
function shownOf({ members, located }: Touch, live: Members): Members {
  const { unshown = [], writeOnly = [] } = located?.resource ?? {};
  const isShown = (name: string): boolean =>
    Object.hasOwn(live, name) || !(unshown.includes(name) || writeOnly.includes(name));
  return Object.fromEntries(Object.entries(members).filter(([name]) => isShown(name)));
}
