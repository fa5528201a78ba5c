// @ts-nocheck
import type { BatchResult } from '../outcome/batch-result.js';
import type { Outcome } from '../outcome/outcome.js';
import type { Waiting } from '../pace/standstill.js';

/** Something happened to a batch, or nothing moves: the `state` tells which. */
export type Progress = BatchProgress | WaitingProgress;

/** How far a run has come. */
interface Counts {
  /** Actions that have an outcome. */
  readonly done: number;
  /** All actions; of a stream, those that were read so far. */
  readonly total: number;
  /** Milliseconds that the rest is expected to take; undefined where it is not known. */
  readonly remaining: number | undefined;
  /** The outcomes that are new, with indexes in the plan. */
  readonly settled: readonly (readonly [index: number, outcome: Outcome])[];
}

interface BatchProgress extends Counts {
  /** Index of the batch in the plan. */
  readonly batch: number;
  /** Its id on the server, once it has one. */
  readonly batchId: string | undefined;
  readonly state:
    /** It is being executed. */
    | 'running'
    | 'completed'
    /** The server refused it or rolled it back; what can be saved of it is sent again. */
    | 'failed'
    /** It was not sent. */
    | 'skipped'
    | 'unknown';
  readonly waiting?: undefined;
}

/** Nothing moves: the run waits for something else than its own batches. Comes every five seconds. */
interface WaitingProgress extends Counts {
  readonly state: 'waiting';
  /** Why, and until when. */
  readonly waiting: Waiting;
  readonly batch: undefined;
  readonly batchId: undefined;
}

/** Milliseconds between two words about waiting. They are for people, so the system's clock counts them. */
const idleMs = 5_000;

/** Passes values on to its readers. Values that come while there is none are not kept. */
export class Feed<T> implements AsyncIterable<T> {
  readonly #readers = new Set<Reader<T>>();
  readonly #idle: () => T | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  /** `idle`: what a reader gets every five seconds that has read all there is; undefined for nothing. */
  constructor(idle: () => T | undefined) {
    this.#idle = idle;
  }

  push(value: T): void {
    for (const reader of this.#readers) {
      reader.queue.push(value);
      reader.wake();
    }
  }

  end(): void {
    this.#ended = true;
    for (const reader of this.#readers) reader.wake();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  /** Resolves when no reader has more than `most` values to read. */
  async drained(most: number): Promise<void> {
    for (const reader of this.#readers) {
      while (reader.queue.length > most) {
        await new Promise<void>((resolve) => {
          reader.read = resolve;
        });
      }
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    const reader: Reader<T> = { queue: [], wake: () => {}, read: () => {} };
    this.#readers.add(reader);
    const timer = setInterval(() => {
      const value = reader.queue.length > 0 ? undefined : this.#idle();
      if (value === undefined) return;
      reader.queue.push(value);
      reader.wake();
    }, idleMs);
    try {
      for (;;) {
        yield* reader.queue.splice(0);
        reader.read();
        if (reader.queue.length > 0) continue;
        if (this.#ended) break;
        await new Promise<void>((resolve) => {
          reader.wake = resolve;
        });
      }
    } finally {
      clearInterval(timer);
      this.#readers.delete(reader);
      reader.queue.length = 0;
      reader.read();
    }
    if (this.#failure) throw this.#failure.error;
  }
}

interface Reader<T> {
  readonly queue: T[];
  wake: () => void;
  read: () => void;
}

/** What happens to a batch. */
export type BatchEvent =
  | { readonly kind: 'started'; readonly batch: number; readonly batchId: string | undefined }
  | {
      readonly kind: 'settled';
      readonly batch: number;
      readonly result: BatchResult['kind'] | 'dependency';
      readonly batchId: string | undefined;
      readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
    };

/** An event in the words of users. */
export function progressOf(
  event: BatchEvent,
  done: number,
  total: number,
  remaining: number | undefined,
): BatchProgress {
  const { batch, batchId } = event;
  if (event.kind === 'started') {
    return { batch, batchId, state: 'running', done, total, remaining, settled: [] };
  }
  return { batch, batchId, state: stateOf(event), done, total, remaining, settled: event.outcomes };
}

function stateOf({ result }: BatchEvent & { kind: 'settled' }): BatchProgress['state'] {
  switch (result) {
    case 'completed':
    case 'failed':
    case 'unknown':
      return result;
    case 'answered':
      return 'completed';
    case 'refused':
    case 'tooLarge':
      return 'failed';
    case 'notSent':
    case 'dependency':
      return 'skipped';
  }
}

/** What a run says of itself while it waits; nothing where it waits for its own batches alone. */
export function idleOf(
  waiting: Waiting | undefined,
  counts: () => Omit<Counts, 'settled'>,
): WaitingProgress | undefined {
  if (!waiting || waiting.why === 'running') return undefined;
  return {
    ...counts(),
    state: 'waiting',
    waiting,
    batch: undefined,
    batchId: undefined,
    settled: [],
  };
}
