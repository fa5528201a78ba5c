// @ts-nocheck
import { type Members, merged } from '../effects/leaves.js';
import type { Touch } from '../effects/touch.js';
import { verbFact } from '../effects/verbs.js';
import type { BeforeEntry, BeforeImage } from '../journal/journal.js';
import type { VerbFacts } from '../protocol/protocol.js';

type Images = BeforeEntry['images'];

interface Facts {
  /** What an action touches, by its index in the plan. */
  readonly touchAt: (index: number) => Touch | undefined;
  /** Whether an action took effect, or may have. */
  readonly isDone: (index: number) => boolean;
  readonly verbs: VerbFacts;
}

/** What a resource really was in the middle of a batch, where that differs from what was written down. */
interface Truth {
  /** All of it, where something was to destroy it and did not. */
  whole: Members | undefined;
  readonly members: Map<string, unknown>;
}

/**
 * The before-images of batches, by the index of the action. An image in the middle of a batch is written down as
 * if all before it took effect, as nobody can look in between: what failed is taken out of it again.
 */
export function trueImages(
  batches: readonly Images[],
  { touchAt, isDone, verbs }: Facts,
): ReadonlyMap<number, BeforeImage> {
  const found = new Map<number, BeforeImage>();
  const last = new Map<number, Images>();
  for (const images of batches) for (const [index] of images) last.set(index, images);
  for (const images of batches) {
    const isEffective = (index: number): boolean => last.get(index) === images && isDone(index);
    const truths = images.every(([index]) => isEffective(index))
      ? undefined
      : new Map<string, Truth>();
    for (const [index, image] of images) {
      const touch = touchAt(index);
      const truth = touch && truths?.get(touch.path);
      const corrected = touch && truth ? correct(image, truth, touch) : image;
      found.set(index, corrected);
      if (touch?.isPlace && truths)
        note(truths, touch, corrected, { isDone: isEffective(index), verbs });
    }
  }
  return found;
}

function note(
  truths: Map<string, Truth>,
  touch: Touch,
  image: BeforeImage,
  { isDone, verbs }: { readonly isDone: boolean; readonly verbs: VerbFacts },
): void {
  const { path, verb, members } = touch;
  const truth = truths.get(path);
  if (isDone) {
    if (verb === 'create' || verb === 'destroy') truths.delete(path);
    else if (truth && verb === 'update') apply(truth, members);
    return;
  }
  if (image.state !== 'there') return;
  const next = truth ?? { whole: undefined, members: new Map<string, unknown>() };
  truths.set(path, next);
  if (verb === 'destroy') {
    next.whole = image.members;
    return;
  }
  const shownIn = verbFact(verbs, verb)?.shownIn;
  const names = verb === 'update' ? Object.keys(members) : shownIn === undefined ? [] : [shownIn];
  for (const name of names)
    if (!next.members.has(name)) next.members.set(name, image.members[name]);
}

function apply(truth: Truth, sent: Members): void {
  for (const [name, value] of Object.entries(sent)) {
    if (truth.members.has(name)) truth.members.set(name, merged(truth.members.get(name), value));
    // Both are objects.
    if (truth.whole) truth.whole = merged(truth.whole, { [name]: value }) as Members;
  }
}

function correct(
  image: BeforeImage,
  truth: Truth,
  { verb, members, mayReplace }: Touch,
): BeforeImage {
  const isWhole = verb !== 'update' || mayReplace;
  const shown = shownBy(image, truth);
  if (!shown) return image;
  const names = isWhole ? Object.keys(shown) : Object.keys(members);
  const entries = names.flatMap((name): [string, unknown][] => {
    const value = truth.members.has(name) ? truth.members.get(name) : shown[name];
    // What a change by itself sets and nothing shows was not there.
    return value === undefined ? (isWhole ? [] : [[name, null]]) : [[name, value]];
  });
  const hidden = image.state === 'there' ? image.hidden : undefined;
  return { state: 'there', members: Object.fromEntries(entries), ...(hidden && { hidden }) };
}

function shownBy(image: BeforeImage, { whole }: Truth): Members | undefined {
  if (image.state === 'there') return image.members;
  return image.state === 'absent' ? whole : undefined;
}
