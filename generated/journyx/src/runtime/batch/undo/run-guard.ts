// @ts-nocheck
import { type Lessons, LiveState } from '../effects/live-state.js';
import { Projection, wantsOf } from '../effects/projection.js';
import { collectionOf, keepsId, ResourceIndex } from '../effects/resources.js';
import { type Touch, touchOf } from '../effects/touch.js';
import type { EffectSetting } from '../effects/types.js';
import {
  type BeforeImage,
  type Journal,
  type JournalEntry,
  JournalError,
} from '../journal/journal.js';
import { onAbort } from '../../transport/on-abort.js';
import type { Guarded } from '../run/guard-maker.js';
import type {
  Guard,
  GuardedBatch,
  GuardedResult,
  Held,
  KeepOptions,
  Undone,
} from '../run/guard.js';
import type { Outcome } from '../outcome/outcome.js';
import type { Engine } from '../run/session.js';
import { lookAfter } from './after-images.js';
import { imageOf } from './before-images.js';
import type { Members } from '../effects/leaves.js';
import type { Deed } from './deed.js';
import { placeOf } from './final-states.js';
import { settingOf } from './effects-of.js';
import { trueImages } from './true-images.js';
import { hold, holdUntil, keep } from './hold.js';

/** What was sent to a place is remembered so often: replicas lag behind by no more. */
const mostSent = 8;

/** Undoes a run inside of its own journal. */
export type UndoOf = (journal: Journal, entries: readonly JournalEntry[]) => Promise<Undone>;

/** Writes down what there is before a batch changes it, and undoes what is not kept in time. */
export class RunGuard implements Guard {
  readonly #engine: Engine;
  readonly #run: Guarded;
  readonly #setting: EffectSetting;
  readonly #index: ResourceIndex;
  readonly #undo: UndoOf;
  /** The attempts that this process has begun and that have not ended. */
  readonly #begun = new Set<string>();
  readonly #lessons: Lessons = new Map();
  /** What the run has sent, by place. */
  readonly #sent = new Map<string, Members[]>();
  #wake: () => void = () => {};

  private constructor(engine: Engine, run: Guarded, setting: EffectSetting, undo: UndoOf) {
    this.#undo = undo;
    this.#engine = engine;
    this.#run = run;
    this.#setting = setting;
    this.#index = new ResourceIndex(setting.facts);
  }

  static async create(engine: Engine, run: Guarded, undo: UndoOf): Promise<RunGuard> {
    const setting = await settingOf(engine, run.settings.scope, run.signal);
    return new RunGuard(engine, run, setting, undo);
  }

  async before({ batch, attempt, actions, lookup }: GuardedBatch): Promise<void> {
    const { state, settings } = this.#run;
    const { safeguards } = settings;
    if (!safeguards?.capture) return;
    const { facts, read, scope } = this.#setting;
    const touches = actions.map(([index, action]) =>
      touchOf(this.#index, action, index, lookup, () => undefined),
    );
    const live = new LiveState(read, this.#index, scope, this.#lessons);
    await live.load(wantsOf(touches, facts.verbs, { rest: true }));
    const projection = new Projection(live);
    const images: [number, BeforeImage][] = [];
    for (const touch of touches) {
      const image = imageOf(touch, projection.at(touch.path), facts.verbs);
      projection.apply(touch, facts.verbs);
      if (!image) continue;
      if (safeguards.requireReversible && image.state === 'unreadable') {
        throw new JournalError(
          'unwritable',
          `What ${touch.path} was cannot be written down: ${image.why}`,
        );
      }
      images.push([touch.index, image]);
    }
    const siblings = await siblingsOf(live, touches, new Map(images), scope);
    await state.write({
      type: 'before',
      batch,
      attempt,
      images,
      ...(siblings.length > 0 && { siblings }),
    });
    this.#begun.add(`${batch} ${attempt}`);
  }

  async after({ batch, attempt, actions, outcomes, lookup }: GuardedResult): Promise<void> {
    const { state, signal } = this.#run;
    const { dialect, scope, read } = this.#setting;
    const { unseen } = state.attempt(batch, attempt);
    if (!unseen) return;
    // What this process has not begun may have been changed by others meanwhile.
    const isLate = !this.#begun.delete(`${batch} ${attempt}`);
    const results = new Map(outcomes);
    const touches = new Map(
      actions.map(([index, action]) => [
        index,
        touchOf(this.#index, action, index, lookup, () => undefined),
      ]),
    );
    const before = trueImages([unseen], {
      touchAt: (index) => touches.get(index),
      isDone: (index) => isDone(results.get(index)),
      verbs: this.#setting.facts.verbs,
    });
    const deeds = actions.flatMap(([index]): Deed[] => {
      const outcome = results.get(index);
      if (!isDone(outcome)) return [];
      const touch = touches.get(index)!;
      const place = placeOf(touch, outcome, dialect.references.within ?? []);
      const located = place === undefined ? touch.located : this.#index.at(place);
      const image = before.get(index);
      const isCertain = outcome.status === 'applied';
      return [{ touch, batch, place, located, image, after: undefined, isLate, isCertain }];
    });
    try {
      const images = await lookAfter(deeds, {
        earlier: (place) => this.#sent.get(place) ?? [],
        look: () => new LiveState(read, this.#index, scope, this.#lessons),
        isAlone: dialect.wire === 'request' && !isLate,
        clock: this.#engine.clock,
        signal,
      });
      if (images.length > 0) {
        await state.write({ type: 'after', batch, attempt, images, ...(isLate && { isLate }) });
      }
    } catch {
      // Without it, an undo compares less strictly.
    }
    for (const { place, touch } of deeds) {
      if (place === undefined || touch.verb === 'destroy') continue;
      const sent = this.#sent.get(place) ?? [];
      this.#sent.set(place, sent);
      sent.push(touch.members);
      if (sent.length > mostSent) sent.shift();
    }
  }

  async end(): Promise<void> {
    const { state, settings } = this.#run;
    const { confirmWithin } = settings.safeguards ?? {};
    if (confirmWithin === undefined || state.isHeld) return;
    await state.write({ type: 'hold', until: holdUntil(this.#engine.clock, confirmWithin) });
  }

  async hold(): Promise<Held> {
    const { journal, settings, signal } = this.#run;
    if (settings.safeguards?.confirmWithin === undefined || !journal) return 'kept';
    return hold(this.#engine, journal, signal, {
      sleep: (ms) => this.#sleep(ms),
      undo: (entries) => this.#undo(journal, entries),
    });
  }

  /** Sleeps until `keep` was called here, or the run is aborted. */
  async #sleep(ms: number): Promise<void> {
    const { signal } = this.#run;
    const wake = new AbortController();
    const abort = (): void => wake.abort();
    this.#wake = abort;
    const ignore = signal && onAbort(signal, abort);
    await this.#engine.clock.sleep(ms, wake.signal);
    ignore?.();
  }

  async keep(options: KeepOptions): Promise<void> {
    const { journal } = this.#run;
    if (journal) await keep(this.#engine, journal, options);
    this.#wake();
  }
}

/** Whether an action took effect, or may have. */
function isDone(
  outcome: Outcome | undefined,
): outcome is Outcome & { readonly status: 'applied' | 'unknown' } {
  return outcome?.status === 'applied' || outcome?.status === 'unknown';
}

/** The ids of what is beside those that are destroyed and would get new ids: those are none that were made again. */
async function siblingsOf(
  live: LiveState,
  touches: readonly Touch[],
  images: ReadonlyMap<number, BeforeImage>,
  scope: Readonly<Record<string, string>>,
): Promise<readonly (readonly [collection: string, ids: readonly string[]])[]> {
  const collections = new Map<string, string | undefined>();
  for (const { verb, index, path, located, isWithinNew } of touches) {
    const image = images.get(index);
    if (verb !== 'destroy' || isWithinNew || image?.state !== 'there') continue;
    if (!located?.resource.create || located.resource.list === false) continue;
    if (keepsId(located, path, image.members)) continue;
    const collection = collectionOf(path, located, scope);
    if (collection !== '') collections.set(collection, located.key);
  }
  return Promise.all(
    [...collections].map(
      async ([collection, key]) => [collection, await live.idsIn(collection, key)] as const,
    ),
  );
}
