// @ts-nocheck
import { member } from '../action/members.js';
import { sameBody } from '../action/same-json.js';
import { trim } from '../action/wire.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import { hasEnded, type ServerBatch } from '../outcome/batch-result.js';
import { consistentAfter } from '../pace/read-lag.js';

interface Lost {
  readonly batch: number;
  readonly actions: readonly object[];
  /** When the draft may have been made. */
  at: number;
  count: number;
}

/**
 * Drafts that may have been made by POSTs whose answers were lost. A draft carries no mark of who made it,
 * so those that a list shows are named, and never touched.
 */
export class LostDrafts {
  /** By their first resource, so that a list is compared with few. */
  readonly #lost = new Map<string, Lost[]>();

  /** Notes POSTs that may have made a draft of these actions. */
  add(batch: number, actions: readonly object[], at: number, count = 1): void {
    const key = firstResource(actions);
    const same = this.#lost.get(key) ?? [];
    const known = same.find((one) => one.batch === batch && sameActions(one.actions, actions));
    if (known) {
      known.count += count;
      known.at = at;
    } else this.#lost.set(key, [...same, { batch, actions, at, count }]);
  }

  get isEmpty(): boolean {
    return this.#lost.size === 0;
  }

  /**
   * The drafts of a list that may be those: `isNew` tells whether one was made since the run began. `parts` has
   * those of which a part is known, with the index of their batch.
   */
  among(
    listed: readonly ServerBatch[],
    isNew: (id: string) => boolean,
    parts?: ReadonlyMap<string, number>,
  ): readonly LeftDraft[] {
    return listed.flatMap((batch): readonly LeftDraft[] => {
      if (batch.confirmed || hasEnded(batch) || !isNew(batch.id)) return [];
      const lost = this.#lost
        .get(firstResource(batch.actions))
        ?.find(({ actions }) => sameActions(batch.actions, actions));
      const index = lost?.batch ?? parts?.get(batch.id);
      return index === undefined ? [] : [{ id: batch.id, batch: index, isOurs: false }];
    });
  }

  /** What a list may not show yet, or what may be there at all where none could be read. */
  unseen(listed: readonly LeftDraft[] | undefined, now: number): readonly LeftDraft[] {
    const unseen = [...this.#lost.values()].flat().filter(({ batch, count, at }) => {
      if (!listed) return true;
      const shown = listed.filter((draft) => draft.batch === batch).length;
      return shown < count && now - at <= consistentAfter;
    });
    return unseen.map(({ batch }) => ({ id: undefined, batch, isOurs: false }));
  }
}

/** What lists of actions are told apart by before they are compared. */
function firstResource([first]: readonly unknown[]): string {
  return typeof first === 'object' && first !== null ? resourceOf(first) : String(first);
}

/** Of an action, which a server's list may show as anything. */
function resourceOf(action: object): string {
  const resource = member(action, 'resource');
  return typeof resource === 'string' ? trim(resource) : '';
}

/** Whether a server's list of actions is the one that was sent. */
function sameActions(shown: readonly unknown[], sent: readonly object[]): boolean {
  return (
    shown.length === sent.length &&
    sent.every((wire, index) => {
      const other = shown[index];
      return (
        typeof other === 'object' &&
        other !== null &&
        member(wire, 'operation') === member(other, 'operation') &&
        resourceOf(wire) === resourceOf(other) &&
        sameBody(member(wire, 'body'), member(other, 'body'))
      );
    })
  );
}
