// @ts-nocheck
/**
 * What is used of the packages `pg` (8) and `pg-boss` (12), declared here so that a package compiles
 * without them: only who imports `./fleet` needs them.
 */
export interface Rows {
  readonly rows: readonly Row[];
  readonly rowCount: number | null;
}

export type Row = Readonly<Record<string, unknown>>;

/** A statement that is given up after so many milliseconds. */
interface TimedStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly query_timeout: number;
}

/** What runs a statement: a pool, or a connection inside of a transaction. */
export interface Database {
  query(text: string | TimedStatement, values?: readonly unknown[]): Promise<Rows>;
}

export interface Connection extends Database {
  release(error?: unknown): void;
  on(event: 'notification', take: (message: { readonly payload?: string }) => void): void;
  on(event: 'error', take: (error: Error) => void): void;
  off(event: 'error', take: (error: Error) => void): void;
}

export interface Pool extends Database {
  connect(): Promise<Connection>;
  end(): Promise<void>;
  on(event: 'error', take: (error: Error) => void): void;
}

interface PoolConstructor {
  new (settings: object): Pool;
}

/** How PostgreSQL is reached: a connection string, or the settings of a pool of `pg`. */
export type PostgresConnection = string | Readonly<Record<string, unknown>>;

export interface BossJob {
  readonly id: string;
  readonly data: { readonly run: string };
}

/** A job as it was fetched one time. */
export interface BossAttempt {
  readonly id: string;
  readonly retryCount: number;
}

export interface BossSendOptions {
  readonly id?: string;
  readonly priority?: number;
  readonly startAfter?: Date;
  readonly group?: { readonly id: string };
  readonly singletonKey?: string;
  readonly db?: BossDatabase;
}

interface BossDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface Boss {
  start(): Promise<unknown>;
  stop(options?: object): Promise<void>;
  on(event: 'error' | 'warning', take: (error: unknown) => void): unknown;
  createQueue(name: string, options: object): Promise<void>;
  send(name: string, data: object, options: BossSendOptions): Promise<string | null>;
  /** Fails what was fetched, unless it has been fetched again. */
  fail(name: string, attempts: readonly BossAttempt[], output: object): Promise<unknown>;
  work(
    name: string,
    options: object,
    handler: (jobs: readonly BossJob[]) => Promise<void>,
  ): Promise<string>;
  offWork(name: string, options?: object): Promise<void>;
  notifyWorker(id: string): void;
}

interface BossConstructor {
  new (settings: object): Boss;
}

/**
 * Milliseconds after which a connection is given up that cannot be made, and a statement whose connection is dead:
 * where packets are lost, no end is told of it.
 */
const connectPatience = 5_000;
const patience = 60_000;
/** Milliseconds for statements on which the right to act depends. */
export const briefPatience = 3_000;

/** @throws Error where the package `pg` is not installed. */
export async function openPool(connection: PostgresConnection, max: number): Promise<Pool> {
  const { default: pg } = (await load('pg')) as { default: { Pool: PoolConstructor } };
  const pool = new pg.Pool({ max, ...settingsOf(connection) });
  // A connection that is idle when the server goes away; the next statement says so as well.
  pool.on('error', () => {});
  return pool;
}

/** @throws Error where the package `pg-boss` is not installed. */
export async function openBoss(connection: PostgresConnection, settings: object): Promise<Boss> {
  const { PgBoss } = (await load('pg-boss')) as { PgBoss: BossConstructor };
  return new PgBoss({ ...settingsOf(connection), ...settings });
}

function settingsOf(connection: PostgresConnection): object {
  return {
    connectionTimeoutMillis: connectPatience,
    query_timeout: patience,
    keepAlive: true,
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
  };
}

/** Runs a short statement, and gives it up soon: whoever sends it again may. */
export function askBriefly(
  database: Database,
  text: string,
  values: readonly unknown[],
): Promise<Rows> {
  return database.query({ text, values, query_timeout: briefPatience });
}

/** A connection as `pg-boss` takes it, so that a job is sent in the transaction of others. */
export function asBossDatabase(database: Database): BossDatabase {
  return {
    executeSql: async (text, values = []) => {
      const { rows } = await database.query(text, values);
      return { rows: [...rows] };
    },
  };
}

/** @throws Error for a Node that pg-boss does not run on: it would fail with a riddle. */
export function checkNode(version: string | undefined): void {
  const [major = 0, minor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return;
  const found = version === undefined ? 'this is not Node' : `this is ${version}`;
  throw new Error(`A fleet needs Node 22.12 or newer; ${found}.`);
}

async function load(name: 'pg' | 'pg-boss'): Promise<unknown> {
  const { version } = (await import('node:process' as string)) as { readonly version: string };
  checkNode(version);
  try {
    return await import(name as string);
  } catch (cause) {
    throw new Error(
      `A fleet needs the package ${name}, which cannot be loaded: npm install pg pg-boss (Node 22.12 or newer).`,
      { cause },
    );
  }
}

/**
 * Does something in one transaction. What it has locked is free again soon, should this process be suspended or cut
 * off: after `idle` milliseconds without a statement.
 */
export async function inTransaction<T>(
  pool: Pool,
  act: (database: Database) => Promise<T>,
  idle: number = briefPatience * 10,
): Promise<T> {
  const connection = await pool.connect();
  let failure: unknown;
  // Between two statements it would end the process; the next one says so as well.
  const ignore = (): void => {};
  connection.on('error', ignore);
  try {
    await connection.query(`begin; set local idle_in_transaction_session_timeout = ${idle}`);
    const result = await act(connection);
    await connection.query('commit');
    return result;
  } catch (error) {
    failure = error;
    await connection.query('rollback').catch(() => {});
    throw error;
  } finally {
    connection.off('error', ignore);
    connection.release(failure);
  }
}

/** Whether the database could not be reached, or has ended the connection: it may be back soon. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // Classes 08 and 57P concern the connection; 53300 is too many of them.
  // https://www.postgresql.org/docs/15/errcodes-appendix.html
  if (/^(08...|57P..|53300)$/.test(code) || unreachable.has(code)) return true;
  // Errors of `pg` itself have no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/.test(
    error.message,
  );
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Undefined where the database is away; the error is reported. */
export async function whileAway<T>(
  act: () => Promise<T>,
  report: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    report(error);
    return undefined;
  }
}

/** @throws TypeError for a name that would need quotes. */
export function checkedSchema(name: string): string {
  if (/^[a-z_][a-z0-9_]{0,50}$/.test(name)) return name;
  throw new TypeError(
    `schema is ${JSON.stringify(name)}; it has small letters, digits and _ alone, 51 at most`,
  );
}
