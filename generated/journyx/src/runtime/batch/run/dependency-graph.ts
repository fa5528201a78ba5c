// @ts-nocheck
import { type AnyAction, details, type Ref, target } from '../action/types.js';
import { effectOf } from '../action/wire.js';
import { Footprint } from '../plan/path-order.js';
import { actionAt, type Chunk, type PlannedBatch } from '../plan/units.js';

/** A batch that has not ended. */
export interface Node {
  readonly batch: PlannedBatch;
  readonly source: Source;
  /** How many batches must end first. */
  waiting: number;
  readonly followers: Node[];
}

/** A chunk of which some batches have not ended. */
interface Source {
  readonly chunk: Chunk;
  live: number;
  /** Who touches what; made when a later chunk asks. */
  footprint: Footprint | undefined;
}

/** Knows of the batches that have not ended which must wait for which, also across chunks. */
export class DependencyGraph {
  readonly #ordered: boolean;
  readonly #batchOf: (action: AnyAction) => number | undefined;
  readonly #nodes = new Map<number, Node>();
  readonly #sources = new Set<Source>();
  readonly #serials = new WeakMap<AnyAction, number>();
  #serial = 0;

  /** `batchOf`: the batch of an action that others may refer to. */
  constructor(ordered: boolean, batchOf: (action: AnyAction) => number | undefined) {
    this.#ordered = ordered;
    this.#batchOf = batchOf;
  }

  /** How many batches have not ended. */
  get size(): number {
    return this.#nodes.size;
  }

  /** Adds the batches of a chunk; gives those that need not wait. */
  add(chunk: Chunk): readonly Node[] {
    const source: Source = { chunk, live: chunk.batches.length, footprint: undefined };
    const nodes = chunk.batches.map((batch) => {
      const node: Node = { batch, source, waiting: 0, followers: [] };
      for (const earlier of this.#mustFollow(batch, chunk)) {
        node.waiting += 1;
        earlier.followers.push(node);
      }
      // Later batches of the chunk look for it.
      this.#nodes.set(batch.index, node);
      return node;
    });
    if (source.live > 0) this.#sources.add(source);
    return nodes.filter(({ waiting }) => waiting === 0);
  }

  /** Takes a batch out that has ended; gives those that need wait no longer. */
  end({ batch, source, followers }: Node): readonly Node[] {
    this.#nodes.delete(batch.index);
    source.live -= 1;
    if (source.live === 0) this.#sources.delete(source);
    return followers.filter((follower) => {
      follower.waiting -= 1;
      return follower.waiting === 0;
    });
  }

  /** The batches that have not ended and must, before `batch` begins. */
  #mustFollow(batch: PlannedBatch, chunk: Chunk): ReadonlySet<Node> {
    const earlier = new Set(batch.after);
    if (this.#ordered) {
      for (const source of this.#sources) {
        for (const { index } of source.chunk.batches) earlier.add(index);
      }
    }
    for (const index of batch.actions) {
      const action = actionAt(chunk, index);
      for (const ref of action[details].refs) {
        const known = this.#batchOf(ref[target].action);
        if (known !== undefined) earlier.add(known);
      }
      if (this.#sources.size === 0) continue;
      const { verb, path } = effectOf(action, (ref) => this.#name(ref));
      for (const source of this.#sources) {
        const others = this.#footprint(source).touching(path, verb === 'read');
        for (const other of others) earlier.add(other);
      }
    }
    return new Set([...earlier].flatMap((index) => this.#nodes.get(index) ?? []));
  }

  #footprint(source: Source): Footprint {
    if (source.footprint) return source.footprint;
    const { chunk } = source;
    source.footprint = new Footprint();
    for (const batch of chunk.batches) {
      if (!this.#nodes.has(batch.index)) continue;
      for (const index of batch.actions) {
        const { verb, path } = effectOf(actionAt(chunk, index), (ref) => this.#name(ref));
        source.footprint.add(path, batch.index, verb === 'read');
      }
    }
    return source.footprint;
  }

  /** Text for a reference that is the same for the same action and field, and for no others. */
  #name({ [target]: { action, field } }: Ref<unknown>): string {
    const serial = this.#serials.get(action) ?? (this.#serial += 1);
    this.#serials.set(action, serial);
    return `(${serial}.${field})`;
  }
}
