import { isSegment, memberAt } from '../action/members.js';
import { type AnyAction, details, type Ref, target } from '../action/types.js';
import { type Effect, effectOf, effectOfWire, readUrlOf, resolve } from '../action/wire.js';
import { entriesOf } from '../journal/recorded-plan.js';
import type { BatchResult, SkipReason } from '../outcome/batch-result.js';
import type { Outcome, Sent, SentBatch } from '../outcome/outcome.js';
import { Footprint } from '../plan/path-order.js';
import { actionAt, type Chunk } from '../plan/units.js';
import type { Unit } from '../plan/unit.js';
import type { DialectBase } from '../protocol/protocol.js';
import { DependencyGraph, type Node } from './dependency-graph.js';
import type { RunParts } from './executor.js';
import type { Guard, GuardedBatch } from './guard.js';
import type { BatchEvent } from './progress.js';

/** What is remembered of an action that others may refer to. */
interface Known {
  readonly index: number;
  readonly batch: number;
  outcome: Outcome | undefined;
}

/** Chunks are taken while fewer batches than this have not ended, however many wait for others. */
const mostLive = 200;

/** Works off batches, each as soon as those it must follow have ended. */
export class Scheduler {
  readonly #dialect: DialectBase;
  readonly #parts: RunParts;
  readonly #report: (event: BatchEvent) => void;
  /** Batches that are worked on at a time: those that run, and drafts for the next. */
  readonly #capacity: number;
  readonly #known = new WeakMap<AnyAction, Known>();
  readonly #graph: DependencyGraph;
  readonly #ready: Node[] = [];
  /** Paths of actions whose outcome is unknown. */
  readonly #unclear = new Footprint();
  readonly #guard: Guard | undefined;
  readonly #active = new Set<Node>();
  #changed: () => void = () => {};
  #failure: { readonly error: unknown } | undefined;
  /** After a bug nothing more can be said about what goes on. */
  #isBroken = false;

  constructor(
    dialect: DialectBase,
    parts: RunParts,
    report: (event: BatchEvent) => void,
    guard?: Guard,
  ) {
    this.#guard = guard;
    this.#dialect = dialect;
    this.#parts = parts;
    this.#report = report;
    const { ordered, concurrency } = parts.settings;
    this.#graph = new DependencyGraph(ordered, (action) => this.#known.get(action)?.batch);
    // Drafts do not count, so the next are ready when all places become free at once.
    this.#capacity = concurrency + Math.max(2, concurrency);
  }

  /** Whether an action was admitted that others may refer to. */
  knows(action: AnyAction): boolean {
    return this.#known.has(action);
  }

  /**
   * Takes chunks as there is room for them, until all their batches have ended. What the source of the
   * chunks throws is thrown when the batches that were taken have ended.
   */
  async run(chunks: AsyncIterable<Chunk> | Iterable<Chunk>): Promise<void> {
    try {
      await this.#take(chunks);
    } catch (error) {
      this.#failure ??= { error };
      this.#stop('stopped');
    }
    while (this.#graph.size > 0 && !this.#isBroken) await this.#change();
    if (this.#failure) throw this.#failure.error;
  }

  async #take(chunks: AsyncIterable<Chunk> | Iterable<Chunk>): Promise<void> {
    const { stop, executor } = this.#parts;
    let counted = false;
    for await (const chunk of chunks) {
      await this.#admit(chunk);
      // A single batch finds out by itself whether there is room for it.
      if (!counted && (chunk.batches.length > 1 || !chunk.last)) await executor.countOthers();
      counted = true;
      this.#fill();
      while (this.#isSated() && !this.#isBroken) await this.#change();
      if (stop.signal.aborted) return;
    }
  }

  /** Writes a chunk down and works out what its batches must wait for. */
  async #admit(chunk: Chunk): Promise<void> {
    for (const { index: batch, actions } of chunk.batches) {
      for (const index of actions) {
        const action = actionAt(chunk, index);
        if (!this.#dialect.references.verbs.includes(effectOf(action).verb)) continue;
        this.#known.set(action, { index, batch, outcome: undefined });
      }
    }
    const indexOf = (action: AnyAction): number => this.#known.get(action)?.index ?? -1;
    await this.#parts.state.plan(() => entriesOf(chunk, indexOf), chunk.last);

    const ready = this.#graph.add(chunk);
    const isRunning = ({ batch }: Node): boolean => this.#parts.state.isConfirming(batch.index);
    // What may be running already goes first: its place is taken. A long list does not fit on the stack.
    for (const node of ready) if (isRunning(node)) this.#ready.push(node);
    for (const node of ready) if (!isRunning(node)) this.#ready.push(node);
  }

  #isSated(): boolean {
    return this.#ready.length >= this.#capacity || this.#graph.size >= mostLive;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }

  /** Begins batches while there is capacity. */
  #fill(): void {
    while (this.#active.size < this.#capacity) {
      const node = this.#ready.shift();
      if (!node) return;
      this.#active.add(node);
      this.#execute(node).then(
        () => this.#end(node),
        (error: unknown) => {
          this.#failure ??= { error };
          this.#isBroken = true;
          this.#stop('stopped');
          this.#changed();
        },
      );
    }
  }

  #end(node: Node): void {
    this.#active.delete(node);
    this.#parts.state.forget(node.batch.index);
    for (const next of this.#graph.end(node)) this.#ready.push(next);
    this.#fill();
    this.#changed();
  }

  /** Nothing more is sent for a batch: another can begin, though what follows this one still waits. */
  #leave(node: Node): void {
    if (this.#active.delete(node)) this.#fill();
    this.#changed();
  }

  /** Sends a batch, and what is left of it, until each of its actions has an outcome. */
  async #execute(node: Node): Promise<void> {
    const { executor, state, settings } = this.#parts;
    const { mode } = settings;
    const { index: batch, units } = node.batch;
    const open: (readonly Unit[])[] = [units];
    for (let attempt = 0; open.length > 0;) {
      const sentBatch = this.#prepare(node, open.shift()!);
      if (sentBatch.units.length === 0) continue;
      const guarded = this.#guarded(node, attempt, sentBatch);
      const result = await executor.execute({
        batch,
        attempt,
        actions: sentBatch.sent.map(({ wire }) => wire),
        synchronous: mode === 'sync',
        effectPath: (place) => this.#effect(node, sentBatch.sent[place]!.index).path,
        readUrl: (place) => {
          const { index, wire } = sentBatch.sent[place]!;
          if (!('url' in wire)) return undefined;
          return readUrlOf(actionAt(node.source.chunk, index), wire, (ref) => this.#lookup(ref)!);
        },
        before: this.#guard && (() => this.#guard!.before(guarded)),
        started: (batchId) => this.#report({ kind: 'started', batch, batchId }),
        failed: () => this.#parts.settings.onError === 'continue' || this.#stop('stopped'),
      });
      attempt += 1;
      const settled = executor.outcomesOf(sentBatch, result);
      open.unshift(...settled.retry);
      if (settled.stop) this.#stop(result.kind === 'notSent' ? result.reason : 'stopped');
      if (state.broken) this.#stop('journal');
      if (open.length === 0) this.#leave(node);
      // What waits lets other batches begin.
      if (this.#guard) await this.#guard.after({ ...guarded, outcomes: settled.outcomes });
      this.#takeOutcomes(node, sentBatch, result, settled.outcomes);
    }
  }

  #guarded(node: Node, attempt: number, { sent }: SentBatch): GuardedBatch {
    const { chunk } = node.source;
    return {
      batch: node.batch.index,
      attempt,
      actions: sent.map(({ index }) => [index, actionAt(chunk, index)] as const),
      lookup: (ref) => this.#lookup(ref),
    };
  }

  /** Resolves references. Units that need what did not take effect are settled at once. */
  #prepare(node: Node, units: readonly Unit[]): SentBatch {
    const skipped: [number, Outcome][] = [];
    const ready: Unit[] = [];
    const sent: Sent[] = [];
    const creates: Sent[] = [];
    for (const unit of units) {
      const cause = this.#obstacle(node, unit);
      if (cause !== undefined) {
        for (const index of unit.indexes) {
          skipped.push([index, { status: 'skipped', reason: 'dependency', cause }]);
        }
        continue;
      }
      ready.push(unit);
      for (const index of unit.indexes) {
        const wire = resolve(actionAt(node.source.chunk, index), (ref) => this.#lookup(ref)!);
        const one = { index, wire };
        sent.push(one);
        if (effectOfWire(wire).verb === 'create') creates.push(one);
      }
    }
    if (skipped.length > 0) this.#remember(node, 'dependency', undefined, skipped);
    return { units: ready, sent, creates };
  }

  /** The action because of which a unit cannot be sent. */
  #obstacle(node: Node, unit: Unit): number | undefined {
    for (const index of unit.indexes) {
      const { refs } = actionAt(node.source.chunk, index)[details];
      const lacking = refs.find((ref) => this.#lookup(ref) === undefined);
      if (lacking) return this.#known.get(lacking[target].action)?.index ?? -1;
      if (this.#unclear.isEmpty) continue;
      const { verb, path } = this.#effect(node, index);
      // A read is to see what is there, whatever that is.
      if (verb === 'read') continue;
      const cause = this.#unclear.first(path);
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  /** What an action does to what, once its references can be resolved. */
  #effect(node: Node, index: number): Effect {
    return effectOf(actionAt(node.source.chunk, index), (ref) => this.#lookup(ref)!);
  }

  /** The value that a reference stands for, or undefined where there is none. */
  #lookup({ [target]: { action, field } }: Ref<unknown>): string | number | boolean | undefined {
    const outcome = this.#known.get(action)?.outcome;
    if (outcome?.status !== 'applied') return undefined;
    const { within = [] } = this.#dialect.references;
    const value = memberAt(outcome.value, [...within, field]);
    // No id is one of these, and no path can hold them.
    if (typeof value === 'string' && !isSegment(value)) return undefined;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined;
  }

  #takeOutcomes(
    node: Node,
    { sent }: SentBatch,
    result: BatchResult,
    outcomes: readonly (readonly [number, Outcome])[],
  ): void {
    const unclear = new Set(outcomes.filter(([, { status }]) => status === 'unknown').map(first));
    for (const { index } of unclear.size > 0 ? sent : []) {
      if (!unclear.has(index)) continue;
      const { verb, path } = this.#effect(node, index);
      this.#unclear.add(path, index, verb === 'read');
    }
    this.#remember(node, result.kind, 'batchId' in result ? result.batchId : undefined, outcomes);
  }

  #remember(
    node: Node,
    result: BatchResult['kind'] | 'dependency',
    batchId: string | undefined,
    outcomes: readonly (readonly [number, Outcome])[],
  ): void {
    for (const [index, outcome] of outcomes) {
      const known = this.#known.get(actionAt(node.source.chunk, index));
      if (known) known.outcome = outcome;
    }
    this.#report({ kind: 'settled', batch: node.batch.index, result, batchId, outcomes });
  }

  #stop(reason: SkipReason): void {
    // The first reason stays.
    if (!this.#parts.stop.signal.aborted) this.#parts.stop.abort(reason);
  }
}

function first([index]: readonly [number, Outcome]): number {
  return index;
}
