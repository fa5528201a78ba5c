import type { AnyAction } from '../action/action.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { Item } from '../action/group.js';
import { layout, type Mode } from './arrange.js';
import type { Plan, PlannedBatch } from './plan.js';
import { unitsOf } from './units.js';

/** Batches that become known together. */
export interface Chunk {
  /** Index of its first action. */
  readonly first: number;
  readonly actions: readonly AnyAction[];
  /** Indexes count through all chunks. */
  readonly batches: readonly PlannedBatch[];
  /** Whether it is known that no other comes. */
  readonly last: boolean;
}

/** A plan is one chunk. `last`: whether it is complete. */
export function* planned({ actions, batches }: Plan, last: boolean): Generator<Chunk> {
  yield { first: 0, actions, batches, last };
}

export interface StreamSetting {
  readonly dialect: DialectBase;
  readonly mode: Mode;
  readonly ordered: boolean;
  /** Whether an action was in an earlier chunk. */
  readonly known: (action: AnyAction) => boolean;
  /** Items that are planned together. The result depends on it, not on how fast they come. */
  readonly size: number;
}

/** Plans items as they come, some thousand at a time, so that any number of them needs little memory. */
export async function* streamed(
  items: AsyncIterable<Item> | Iterable<Item>,
  { dialect, mode, ordered, known, size }: StreamSetting,
): AsyncGenerator<Chunk> {
  let first = 0;
  let batch = 0;
  const plan = (collected: readonly Item[]): Chunk => {
    const { actions, units } = unitsOf(collected, first);
    const packed = layout(dialect, mode, ordered, { actions, units, first, planned: known });
    const chunk: Chunk = {
      first,
      actions,
      last: false,
      batches: packed.map((bin, index) => ({
        index: batch + index,
        actions: bin.units.flatMap((unit) => unit.indexes),
        units: bin.units,
        after: bin.after.map((earlier) => batch + earlier),
        wave: bin.wave,
        bytes: bin.bytes,
      })),
    };
    first += actions.length;
    batch += packed.length;
    return chunk;
  };

  let collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
    if (collected.length < size) continue;
    yield plan(collected);
    collected = [];
  }
  if (collected.length > 0) yield plan(collected);
}
