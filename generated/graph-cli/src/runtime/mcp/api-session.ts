// @ts-nocheck
import { type ClientOptions, clientOptions } from '../access/client-options.js';
import { type AccountFlags, readSettings, type Settings } from '../access/settings.js';
import { createClient, type Client, loadCall } from '../call/client-module.js';
import { didYouMean } from '../operations/closest.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Operation, OperationTable } from '../operations/table.js';
import { type ClientBatch, loadBatch } from '../run/client-batch.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { Allowed, type AllowFlags, readAllowLists } from './allow-lists.js';
import { Answers } from './answers.js';
import { Belonging } from './belonging.js';
import { accountOf } from './account.js';
import { type Account, PlanStore } from './plan-store.js';
import { RunTracker } from './run-tracker.js';
import { Secrets } from './secrets.js';

/** How a server was started. */
export interface SessionOptions extends AccountFlags, AllowFlags {
  readonly allowWrites: boolean;
  /** How many characters a result holds. */
  readonly budget: number;
  /** How long a call waits for a person, or for a run. */
  readonly waitMs: number;
  /** How long a plan can be approved and applied. */
  readonly planMs: number;
  /** Whether a client may ask its user, or a terminal alone. */
  readonly approveIn: 'any' | 'terminal';
}

/** What the tools share: the API with one account, what of it is allowed, plans and runs. */
export class ApiSession {
  readonly api: GeneratedApi;
  readonly console: Console;
  readonly options: SessionOptions;
  readonly table: OperationTable;
  readonly account: Account;
  readonly allowed: Allowed;
  readonly answers: Answers;
  readonly plans: PlanStore;
  readonly runs: RunTracker;
  readonly settings: Settings;
  #options: Promise<ClientOptions> | undefined;
  #secrets: Secrets | undefined;
  #client: Promise<Client> | undefined;
  #batch: Promise<ClientBatch> | undefined;

  private constructor(
    world: { readonly api: GeneratedApi; readonly console: Console; readonly settings: Settings },
    options: SessionOptions,
    lists: Awaited<ReturnType<typeof readAllowLists>>,
    plans: PlanStore,
  ) {
    const { api, console, settings } = world;
    this.api = api;
    this.console = console;
    this.settings = settings;
    this.options = options;
    this.table = new OperationTable(api);
    this.account = accountOf(api, options, settings);
    this.plans = plans;
    this.allowed = new Allowed(
      lists,
      new Belonging(this.table, (operation, input) => this.call(operation, input)),
    );
    this.answers = new Answers(options.budget, (text) => this.mask(text));
    this.runs = new RunTracker(api, console);
  }

  static async open(
    api: GeneratedApi,
    options: SessionOptions,
    console: Console,
  ): Promise<ApiSession> {
    const settings = await readSettings(api, options, console);
    const lists = await readAllowLists(options, new OperationTable(api), api.batch?.scope ?? []);
    const plans = await PlanStore.open(api, console);
    return new ApiSession({ api, console, settings }, options, lists, plans);
  }

  /** The operation with a name, where it is allowed. */
  async operation(name: string): Promise<Operation> {
    const operation = await this.table.find(name);
    if (operation && this.allowed.has(operation)) return operation;
    if (operation) throw new CommandError(`${operation.name} is not allowed on this server.`);
    const names = (await this.table.index()).map((each) => each.name);
    throw new CommandError(
      `There is no operation ${JSON.stringify(name.slice(0, 100))}.${didYouMean(name, names)} Use search.`,
    );
  }

  /** Calls an operation of the client. */
  async call(operation: Operation, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { result } = await this.begin(operation, input);
    return result;
  }

  /** Begins a call, whose result may come in pages or over time. */
  async begin(
    { group, name, params, body }: Operation,
    input: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly result: PromiseLike<unknown> }> {
    const call = await loadCall(this.api, group, name);
    const values = params.length > 0 || body ? [input] : [];
    return { result: call(await this.client(), ...values) };
  }

  client(): Promise<Client> {
    this.#client ??= this.#clientOptions().then((options) => createClient(this.api, options));
    return this.#client;
  }

  /** The batches of the API. */
  batch(): Promise<ClientBatch> {
    this.#batch ??= this.#clientOptions().then((options) => loadBatch(this.api, options));
    return this.#batch;
  }

  /** A text without the credentials of the client. */
  mask(text: string): string {
    return this.#secrets?.mask(text) ?? text;
  }

  /** The credentials are read when they are first needed; from then on they are masked. */
  #clientOptions(): Promise<ClientOptions> {
    this.#options ??= (async () => {
      const options = clientOptions(this.api, this.settings);
      const names = this.api.credentials.map(({ option }) => option);
      this.#secrets = await Secrets.of(options, names);
      return options;
    })();
    // Credentials that are missing now may be there later.
    this.#options.catch(() => {
      this.#options = this.#client = this.#batch = undefined;
    });
    return this.#options;
  }
}
