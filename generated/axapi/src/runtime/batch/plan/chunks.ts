// @ts-nocheck
import type { AnyAction, Item } from '../action/types.js';
import type { DialectBase } from '../protocol/protocol.js';
import { arrange } from './arrange.js';
import { unitsOf } from './items.js';
import type { Chunk, Mode } from './units.js';

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
export async function* chunksOf(
  items: AsyncIterable<Item> | Iterable<Item>,
  { dialect, mode, ordered, known, size }: StreamSetting,
): AsyncGenerator<Chunk> {
  let first = 0;
  let batch = 0;
  const plan = (collected: readonly Item[]): Chunk => {
    const { actions, units } = unitsOf(collected, first);
    const packed = arrange(dialect, mode, ordered, { actions, units, first, planned: known });
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
