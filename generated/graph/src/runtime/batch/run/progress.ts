import type { BatchResult } from '../outcome/batch-result.js';
import type { Outcome } from '../outcome/outcome.js';

/** Something happened to a batch. */
export interface Progress {
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
  /** Actions that have an outcome. */
  readonly done: number;
  /** All actions; of a stream, those that were read so far. */
  readonly total: number;
  /** Milliseconds that the rest is expected to take; undefined where it is not known. */
  readonly remaining: number | undefined;
  /** The outcomes that are new, with indexes in the plan. */
  readonly settled: readonly (readonly [index: number, outcome: Outcome])[];
}

/** Passes values on to its readers. Values that come while there is none are not kept. */
export class Feed<T> implements AsyncIterable<T> {
  readonly #readers = new Set<Reader<T>>();
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

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
): Progress {
  const { batch, batchId } = event;
  if (event.kind === 'started') {
    return { batch, batchId, state: 'running', done, total, remaining, settled: [] };
  }
  return { batch, batchId, state: stateOf(event), done, total, remaining, settled: event.outcomes };
}

function stateOf({ result }: BatchEvent & { kind: 'settled' }): Progress['state'] {
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
