import { readSettings, type Settings, variableOf } from '../access/settings.js';
import { proxied } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Plan } from '../run/client-batch.js';
import { type Console, say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { FleetFlags } from './fleet-flags.js';

/** What the fleet of a client package says of a run. */
export interface RunStatus {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly actions: number;
  readonly settled: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly error: string | undefined;
}

/** How the fleet of a client package fares. */
export interface FleetHealth {
  readonly state: 'ok' | 'without-workers' | 'without-database';
  readonly workers: readonly { readonly name: string }[];
}

/** A worker of the client package. */
export interface Worker {
  readonly name: string;
  readonly drained: Promise<void>;
  drain(): Promise<void>;
}

/** What comes with a unit: the `fetch` that sends nothing once another worker may act for it. */
export interface UnitContext {
  readonly fetch: typeof fetch;
}

/** The fleet of a client package, as far as commands use it. */
export interface Fleet {
  submit(submission: { readonly plan: Plan } & Readonly<Record<string, unknown>>): Promise<string>;
  work(options: Readonly<Record<string, unknown>>): Promise<Worker>;
  status(run: string): Promise<RunStatus>;
  watch(run: string): AsyncIterable<RunStatus>;
  cancel(run: string): Promise<boolean>;
  resume(run: string): Promise<boolean>;
  undo(run: string): Promise<string>;
  health(): Promise<FleetHealth>;
  drain(worker?: string): Promise<number>;
  close(): Promise<void>;
}

type MakeClient = (unit: string, context: UnitContext) => Promise<object>;

interface FleetModule {
  readonly createFleet: (options: {
    readonly connection: string;
    readonly schema: string | undefined;
    readonly client: MakeClient;
    readonly fetch: unknown;
    readonly onError: (error: unknown) => void;
  }) => Fleet;
}

/** What a command has of a fleet. */
export interface FleetCommand {
  readonly api: GeneratedApi;
  readonly console: Console;
  readonly flags: FleetFlags;
}

/** Does something with the fleet of the database that the settings name, and lets go of it. */
export async function withFleet<T>(
  { api, console, flags }: FleetCommand,
  act: (fleet: Fleet) => Promise<T>,
  client: MakeClient = doesNotWork,
): Promise<T> {
  const settings = await readSettings(api, flags, console);
  const connection = connectionOf(api, settings);
  // The module is printed together with the table that names it.
  const { createFleet } = (await loaded(api)) as FleetModule;
  const report = (error: unknown): void => say(console, textOf(error, connection));
  const schema = flags.schema ?? settings('schema');
  const fetch = await proxied(api);
  const fleet = createFleet({ connection, schema, client, fetch, onError: once(report) });
  try {
    return await act(fleet);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = error instanceof RangeError || error instanceof TypeError;
    throw new CommandError(textOf(error, connection), code ? exitCode.usage : exitCode.failed);
  } finally {
    await fleet.close();
  }
}

function loaded({ modules }: GeneratedApi): Promise<object> {
  if (!modules.fleet) throw new CommandError('This API has no batches.');
  return modules.fleet();
}

/** A connection string holds a password: it is no argument, which others can see. */
function connectionOf(api: GeneratedApi, settings: Settings): string {
  const connection = settings('database');
  if (connection === undefined)
    throw new CommandError(
      `Which database? Set ${variableOf(api, 'database')} to its connection string, or keep it as "database" in a profile.`,
    );
  if (!/^postgres(?:ql)?:\/\/\S+$/.test(connection) || !URL.canParse(connection))
    throw new CommandError('The database must be a URL such as postgresql://user@host:5432/name.');
  return connection;
}

/** What an error says, without the password of the database. */
function textOf(error: unknown, connection: string): string {
  // Where all addresses of a host refuse, what each of them said stands inside.
  const { message, errors = [] } = error as Error & { readonly errors?: readonly Error[] };
  const text = message || errors.map((each) => each.message).join('; ') || String(error);
  const { password } = new URL(connection);
  return [connection, password, decoded(password)]
    .filter((secret) => secret !== '')
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A database that is away says so at every turn. */
function once(report: (error: unknown) => void): (error: unknown) => void {
  let last = '';
  return (error) => {
    const text = String(error);
    if (text !== last) report(error);
    last = text;
  };
}

async function doesNotWork(): Promise<never> {
  throw new CommandError('This process does not work.', exitCode.failed);
}
