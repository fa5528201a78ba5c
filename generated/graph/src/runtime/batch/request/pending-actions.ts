// @ts-nocheck
import type { RequestWire } from '../action/types.js';
import { effectOfWire } from '../action/wire.js';
import type { Attempt, AttemptLog } from '../journal/journal.js';
import {
  type ActionResult,
  type BatchResult,
  type SkipReason,
  textFor,
  type UnknownReason,
} from '../outcome/batch-result.js';
import { Order } from '../plan/path-order.js';
import type { Task } from '../run/task.js';

/** An action of a batch that is under way. */
export interface PendingAction {
  readonly place: number;
  readonly wire: RequestWire;
  /** The URL that shows what it has done, if there is one. */
  readonly shownAt: string | undefined;
  readonly isRead: boolean;
  /** Places of earlier actions that touch the same, unless both only read. */
  readonly follows: readonly number[];
  /** Whether sending it again cannot apply it again. */
  isFenced: boolean;
  /** A request that held it may have been carried out; how it ended is unknown. */
  isLost: boolean;
  result: ActionResult | undefined;
}

/** The actions of one batch, and what became of each so far. */
export class PendingActions {
  readonly entries: readonly PendingAction[];
  readonly #attempt: Attempt;

  /** Begins with what the journal knows. `isFenced`: whether an action brings its own fence. */
  constructor(task: Task, attempt: Attempt, isFenced: (wire: RequestWire) => boolean) {
    this.#attempt = attempt;
    const { results, sent, version } = attempt;
    const order = new Order(task.actions.map((_, place) => task.effectPath(place)));
    this.entries = task.actions.map((action, place) => {
      // The planner takes actions of other dialects for errors.
      const wire = action as RequestWire;
      const isRead = effectOfWire(wire).verb === 'read';
      const result = results.get(place);
      const isLost = !isRead && !result && sent.has(place);
      const follows = [...new Set(order.add(place, place, isRead))];
      const fenced = isFenced(wire) || (isLost && version !== undefined);
      const shownAt = task.readUrl(place);
      return { place, wire, shownAt, isRead, follows, isFenced: fenced, isLost, result };
    });
    this.lose(this.entries.filter(({ isLost }) => isLost));
  }

  /** Those that have no result. */
  get open(): readonly PendingAction[] {
    return this.entries.filter(({ result }) => !result);
  }

  /**
   * A request that held these was sent and its result is unknown. What has no fence cannot be
   * sent again, so its result stays unknown.
   */
  lose(entries: readonly PendingAction[]): void {
    for (const entry of entries) {
      if (entry.isRead) continue;
      entry.isLost = true;
      if (!entry.isFenced) entry.result ??= unknown('lost');
    }
  }

  /** Nothing more is sent, for a reason; what may be under way stays open. */
  skip(reason: SkipReason, cause?: number): void {
    for (const entry of this.open) {
      if (!entry.isLost) entry.result = { kind: 'skipped', reason, cause };
    }
  }

  /** Nothing more is sent. */
  giveUp(
    reason: 'aborted' | 'denied' | 'unreachable' | 'journal',
    message: string | undefined,
  ): void {
    for (const entry of this.open) {
      entry.result = entry.isLost
        ? unknown(reason === 'aborted' ? 'aborted' : 'lost')
        : { kind: 'skipped', reason, message };
    }
  }

  /**
   * What was not tried because of another action is skipped if it touches the same; else only the batch
   * had put them in sequence.
   */
  skipDependents(entries: readonly PendingAction[]): void {
    for (const entry of entries) {
      for (const place of entry.follows) {
        const earlier = this.entries[place]!.result;
        if (!earlier || earlier.kind === 'applied') continue;
        const cause = earlier.kind === 'skipped' ? earlier.cause : place;
        entry.result = { kind: 'skipped', reason: 'dependency', cause };
      }
    }
  }

  /** Writes down what is new and will not change. */
  async note(state: AttemptLog): Promise<void> {
    const { batch, attempt, results: known } = this.#attempt;
    const results = this.entries.flatMap(({ place, result }) =>
      result && isLasting(result) && !known.has(place) ? [[place, result] as const] : [],
    );
    if (results.length === 0) return;
    // What could not be written down is found out again when the run is resumed.
    await state.write({ type: 'results', batch, attempt, results }).catch(() => {});
  }

  /** Writes down what was sent to no effect, so that nobody has to find out: it may be sent again. */
  async noteRefused(state: AttemptLog): Promise<void> {
    const { batch, attempt, sent } = this.#attempt;
    const places = this.entries.flatMap(({ place, isLost, result }) =>
      sent.has(place) && !isLost && result?.kind === 'skipped' && !isLasting(result) ? [place] : [],
    );
    if (places.length === 0) return;
    // As above.
    await state.write({ type: 'refused', batch, attempt, places }).catch(() => {});
  }

  /** Each has its result. */
  result(): BatchResult {
    return { kind: 'answered', results: this.entries.map(({ result }) => result!) };
  }
}

/** Whether a result is the last word. What was not sent may be sent when the run is resumed. */
function isLasting(result: ActionResult): boolean {
  if (result.kind === 'skipped') {
    return result.reason === 'dependency' || result.reason === 'stopped';
  }
  return result.kind !== 'unknown' || result.reason !== 'aborted';
}

export function unknown(reason: UnknownReason): ActionResult {
  return { kind: 'unknown', reason, message: textFor(reason) };
}
