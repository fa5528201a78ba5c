import { details, type AnyAction } from '../action/action.js';
import { at } from '../action/members.js';
import type { Sent } from '../outcome/attribute-error.js';
import type { DialectBase } from '../protocol/protocol.js';
import { Graph, type Node } from './dependency-graph.js';
import type { Machine } from './session.js';
import { Footprint } from '../plan/path-order.js';
import type { Outcome, SkipReason } from '../outcome/outcome.js';
import { entriesOf } from '../journal/recorded-plan.js';
import { target, type Ref } from '../action/reference.js';
import type { Piece } from '../outcome/outcomes-of.js';
import type { Chunk } from '../plan/chunks.js';
import type { Unit } from '../plan/units.js';
import type { Verdict } from '../outcome/batch-result.js';
import { placeOf, resolve, subjectOf, subjectOfWire, type Subject } from '../action/wire.js';

/** What happens to a batch. */
export type Event =
  | { readonly kind: 'started'; readonly batch: number; readonly batchId: string | undefined }
  | {
      readonly kind: 'settled';
      readonly batch: number;
      readonly verdict: Verdict['kind'] | 'dependency';
      readonly batchId: string | undefined;
      readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
    };

/** What is remembered of an action that others may refer to. */
interface Known {
  readonly index: number;
  readonly batch: number;
  outcome: Outcome | undefined;
}

/** Chunks are taken while fewer batches than this have not ended, however many wait for others. */
const mostLive = 200;

/** Works off batches, each as soon as those it must follow have ended. */
export class Execution {
  readonly #dialect: DialectBase;
  readonly #machine: Machine;
  readonly #report: (event: Event) => void;
  /** Batches that are worked on at a time: those that run, and drafts for the next. */
  readonly #capacity: number;
  readonly #known = new WeakMap<AnyAction, Known>();
  readonly #graph: Graph;
  readonly #ready: Node[] = [];
  /** Paths of actions whose outcome is unknown. */
  readonly #unclear = new Footprint();
  #active = 0;
  #changed: () => void = () => {};
  #failure: { readonly error: unknown } | undefined;
  /** After a bug nothing more can be said about what goes on. */
  #isBroken = false;

  constructor(dialect: DialectBase, machine: Machine, report: (event: Event) => void) {
    this.#dialect = dialect;
    this.#machine = machine;
    this.#report = report;
    const { ordered } = machine.conditions;
    this.#graph = new Graph(ordered, (action) => this.#known.get(action)?.batch);
    // Drafts do not count, so the next are ready when there is a place.
    this.#capacity = machine.conditions.concurrency + 2;
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
      this.#halt('stopped');
    }
    while (this.#graph.size > 0 && !this.#isBroken) await this.#change();
    if (this.#failure) throw this.#failure.error;
  }

  async #take(chunks: AsyncIterable<Chunk> | Iterable<Chunk>): Promise<void> {
    const { halt, lifecycle } = this.#machine;
    let surveyed = false;
    for await (const chunk of chunks) {
      await this.#admit(chunk);
      // A single batch finds out by itself whether there is room for it.
      if (!surveyed && (chunk.batches.length > 1 || !chunk.last)) await lifecycle.survey();
      surveyed = true;
      this.#fill();
      while (this.#isSated() && !this.#isBroken) await this.#change();
      if (halt.signal.aborted) return;
    }
  }

  /** Writes a chunk down and works out what its batches must wait for. */
  async #admit(chunk: Chunk): Promise<void> {
    for (const { index: batch, actions } of chunk.batches) {
      for (const index of actions) {
        const action = chunk.actions[index - chunk.first]!;
        if (!this.#dialect.references.verbs.includes(subjectOf(action).verb)) continue;
        this.#known.set(action, { index, batch, outcome: undefined });
      }
    }
    const indexOf = (action: AnyAction): number => this.#known.get(action)?.index ?? -1;
    await this.#machine.log.plan(() => entriesOf(chunk, indexOf), chunk.last);

    const ready = this.#graph.add(chunk);
    // What may be running already goes first: its place is taken.
    const running = ready.filter(({ batch }) => this.#machine.log.isConfirming(batch.index));
    this.#ready.push(...running, ...ready.filter((node) => !running.includes(node)));
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
    while (this.#active < this.#capacity) {
      const node = this.#ready.shift();
      if (!node) return;
      this.#active += 1;
      this.#perform(node).then(
        () => this.#end(node),
        (error: unknown) => {
          this.#failure ??= { error };
          this.#isBroken = true;
          this.#halt('stopped');
          this.#changed();
        },
      );
    }
  }

  #end(node: Node): void {
    this.#active -= 1;
    this.#machine.log.forget(node.batch.index);
    this.#ready.push(...this.#graph.end(node));
    this.#fill();
    this.#changed();
  }

  /** Sends a batch, and what is left of it, until each of its actions has an outcome. */
  async #perform(node: Node): Promise<void> {
    const { lifecycle, log, conditions } = this.#machine;
    const { mode } = conditions;
    const { index: batch, units } = node.batch;
    const open: (readonly Unit[])[] = [units];
    for (let attempt = 0; open.length > 0;) {
      const piece = this.#prepare(node, open.shift()!);
      if (piece.units.length === 0) continue;
      const verdict = await lifecycle.perform({
        batch,
        attempt,
        actions: piece.sent.map(({ wire }) => wire),
        synchronous: mode === 'sync',
        touches: (place) => this.#subject(node, piece.sent[place]!.index).path,
        shows: (place) => {
          const { index, wire } = piece.sent[place]!;
          if (!('url' in wire)) return undefined;
          return placeOf(actionAt(node, index), wire, (ref) => this.#lookup(ref)!);
        },
        started: (batchId) => this.#report({ kind: 'started', batch, batchId }),
      });
      attempt += 1;
      const settled = lifecycle.settle(piece, verdict);
      open.unshift(...settled.again);
      if (settled.stop) this.#halt(verdict.kind === 'notSent' ? verdict.reason : 'stopped');
      if (log.broken) this.#halt('journal');
      this.#settle(node, piece, verdict, settled.outcomes);
    }
  }

  /** Resolves references. Units that need what did not take effect are settled at once. */
  #prepare(node: Node, units: readonly Unit[]): Piece {
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
        const wire = resolve(actionAt(node, index), (ref) => this.#lookup(ref)!);
        const one = { index, wire };
        sent.push(one);
        if (subjectOfWire(wire).verb === 'create') creates.push(one);
      }
    }
    if (skipped.length > 0) this.#remember(node, 'dependency', undefined, skipped);
    return { units: ready, sent, creates };
  }

  /** The action because of which a unit cannot be sent. */
  #obstacle(node: Node, unit: Unit): number | undefined {
    for (const index of unit.indexes) {
      const action = actionAt(node, index);
      for (const ref of action[details].refs) {
        if (this.#lookup(ref) === undefined)
          return this.#known.get(ref[target].action)?.index ?? -1;
      }
      if (this.#unclear.isEmpty) continue;
      const { verb, path } = this.#subject(node, index);
      // Whoever reads wants to see what is there, whatever that is.
      if (verb === 'read') continue;
      const [cause] = this.#unclear.touching(path);
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  /** What an action does to what, once its references can be resolved. */
  #subject(node: Node, index: number): Subject {
    return subjectOf(actionAt(node, index), (ref) => this.#lookup(ref)!);
  }

  /** The value that a reference stands for, or undefined where there is none. */
  #lookup({ [target]: { action, field } }: Ref<unknown>): string | number | boolean | undefined {
    const outcome = this.#known.get(action)?.outcome;
    if (outcome?.status !== 'applied') return undefined;
    const { within = [] } = this.#dialect.references;
    const value = at(outcome.value, [...within, field]);
    // No id is one of these, and no path can hold them.
    if (typeof value === 'string' && /^(\.|%2e){0,2}$/i.test(value)) return undefined;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined;
  }

  #settle(
    node: Node,
    { sent }: Piece,
    verdict: Verdict,
    outcomes: readonly (readonly [number, Outcome])[],
  ): void {
    const unclear = new Set(outcomes.filter(([, { status }]) => status === 'unknown').map(first));
    for (const { index } of unclear.size > 0 ? sent : []) {
      if (unclear.has(index)) this.#unclear.add(this.#subject(node, index).path, index);
    }
    this.#remember(
      node,
      verdict.kind,
      'batchId' in verdict ? verdict.batchId : undefined,
      outcomes,
    );
  }

  #remember(
    node: Node,
    verdict: Verdict['kind'] | 'dependency',
    batchId: string | undefined,
    outcomes: readonly (readonly [number, Outcome])[],
  ): void {
    for (const [index, outcome] of outcomes) {
      const known = this.#known.get(actionAt(node, index));
      if (known) known.outcome = outcome;
    }
    this.#report({ kind: 'settled', batch: node.batch.index, verdict, batchId, outcomes });
  }

  #halt(reason: SkipReason): void {
    // The first reason stays.
    if (!this.#machine.halt.signal.aborted) this.#machine.halt.abort(reason);
  }
}

function first([index]: readonly [number, Outcome]): number {
  return index;
}

function actionAt({ source: { chunk } }: Node, index: number): AnyAction {
  return chunk.actions[index - chunk.first]!;
}
