import type { Connection, Pool, Row, Rows } from '../../templates/runtime/fleet/postgres.ts';
import type { Store } from '../../templates/runtime/fleet/store.ts';

/** A statement that was asked for. */
export interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Answer = (text: string) => readonly Row[] | Promise<readonly Row[]>;

/** Answers statements by what they hold, in place of a database, and keeps them. */
export class RecordingPool implements Pool {
  readonly asked: Asked[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async query(
    statement: Parameters<Pool['query']>[0],
    values: readonly unknown[] = [],
  ): Promise<Rows> {
    const asked = typeof statement === 'string' ? { text: statement, values } : statement;
    this.asked.push({ text: asked.text, values: asked.values });
    const rows = await this.#answer(asked.text);
    return { rows, rowCount: rows.length };
  }

  connect(): Promise<Connection> {
    return Promise.reject(new Error('There are no connections here.'));
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  on(): void {}
}

/** A store without a database. */
export function recordingStore(answer: Answer): {
  readonly store: Store;
  readonly pool: RecordingPool;
} {
  const pool = new RecordingPool(answer);
  const same = (text: string): string => text;
  return { store: { pool, schema: 'fleet', seal: same, open: same }, pool };
}
