import type { ClientOptions } from '../access/client-options.js';
import type { PlanFile } from '../bulk/plan-file.js';
import { createClient } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** What became of an action, as the client says it. */
export interface Outcome {
  readonly status: 'applied' | 'failed' | 'rolledBack' | 'skipped' | 'unknown';
  readonly value?: unknown;
  readonly batchId?: string | undefined;
  readonly error?: { readonly message: string; readonly batchId?: string | undefined } | undefined;
  readonly reason?: string;
  readonly message?: string;
  readonly verification?: Verification | undefined;
}

/** What a look at the server found after a change. */
export type Verification =
  | { readonly state: 'same' }
  | {
      readonly state: 'different';
      readonly differences: readonly {
        /** A JSON pointer into the body. */
        readonly pointer: string;
        readonly intended: unknown;
        readonly actual: unknown;
      }[];
    }
  | { readonly state: 'unverified'; readonly reason: string };

/** A run of the client. */
export interface Run extends PromiseLike<readonly Outcome[]>, AsyncIterable<Progress> {
  /** Begins nothing new. */
  stop(): Promise<void>;
  /** Whether changes that are held stay; absent where none can be held. */
  readonly held?: () => Promise<'kept' | 'undone' | 'partly'>;
}

export interface Progress {
  readonly batch: number | undefined;
  readonly batchId: string | undefined;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly remaining: number | undefined;
  /** Set where nothing moves. */
  readonly waiting?: { readonly why: string; readonly message: string } | undefined;
  readonly settled: readonly (readonly [index: number, outcome: Outcome])[];
}

export type RunOptions = Readonly<Record<string, unknown>>;

/** Actions in batches, as the client makes them. */
export interface Plan {
  readonly actions: readonly object[];
  /** Absent for plain calls. */
  readonly mode?: 'sync' | 'async';
  readonly ordered?: boolean;
  readonly concurrency?: number;
  toString(): string;
}

/** What does many changes: the batches of a client package, or plain calls. */
export interface Batch {
  run(plan: Plan, options: RunOptions): Run;
  /** Absent where changes cannot be taken back. */
  readonly undo?: (journal: object) => Promise<Plan>;
  /** Absent where what is there cannot be read. */
  readonly preview?: (plan: Plan, options: RunOptions) => Promise<Preview>;
  /** Absent where changes cannot be held. */
  readonly keep?: (journal: object, options: RunOptions) => Promise<void>;
  /** Absent where the API has no drafts. */
  readonly draft?: (plan: Plan, options: RunOptions) => Promise<Drafts>;
  /** What a journal says of the run of a plan; nothing is sent. */
  readJournal(journal: object, plan: Plan): Promise<JournalReport>;
  /**
   * Looks whether the changes of a run that has ended are there; undefined for those that were not applied. Absent
   * where nothing can be read back.
   */
  readonly verify?: (
    plan: Plan,
    outcomes: readonly Outcome[],
    options: RunOptions,
  ) => Promise<readonly (Verification | undefined)[]>;
  /** Ends what a run has begun; absent where runs end by `run` alone. */
  readonly resume?: (journal: object, options: RunOptions) => Run;
  /** Sends what is left of the run of a journal, which then notes that: `plan` are the actions that are left. */
  retry(journal: object, plan: Plan, options: RunOptions): Run;
  /** Members without the secrets that a plan knows of; absent where nothing says what rows were before. */
  readonly shownBy?: (
    plan: Plan,
    members: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
}

/** A run of what is left of another: its outcomes come by their place in the plan of that one. */
type RestRun = Omit<Run, keyof PromiseLike<unknown>> &
  PromiseLike<Readonly<Record<string, Outcome>>>;

/** Drafts on the server, which change nothing until they are confirmed. */
export interface Drafts {
  readonly ids: readonly (string | undefined)[];
  readonly problems: readonly {
    readonly action: number | undefined;
    readonly error: { readonly message: string };
  }[];
}

/** A plan with what each of its actions will do. */
export interface Preview extends Plan {
  readonly steps: readonly Step[];
  toJSON(): { readonly steps: readonly Step[] };
}

/** What an action will do. */
export interface Step {
  readonly kind: 'create' | 'change' | 'same' | 'destroy' | 'unreadable';
  readonly index: number;
  readonly path: string;
}

/** What a journal says of its run. */
export interface JournalReport {
  readonly counts: Readonly<Record<Outcome['status'], number>>;
  /** By the place of the action in the plan. */
  readonly outcomes: readonly Outcome[];
  /** The actions that a retry sends, by their place in the plan. */
  readonly retryable: readonly number[];
  /** Whether a retry has sent them. */
  readonly isRetried: boolean;
  /** The plan as the journal has it, where it has one. */
  readonly plan?: Plan;
  toString(): string;
}

/** The batches of a client package. */
export interface ClientBatch extends Batch {
  plan(actions: readonly object[], arrangement?: Arrangement): Plan;
}

/** How a plan was arranged, for one that has to be the same. */
export type Arrangement = Pick<Plan, 'mode' | 'ordered' | 'concurrency'>;

interface BatchModule {
  readonly createBatch: (client: object) => Omit<ClientBatch, 'readJournal' | 'retry'> & {
    readJournal(journal: object): Promise<JournalReport>;
    retry(journal: object, options: RunOptions): RestRun;
  };
  readonly shownBy: NonNullable<Batch['shownBy']>;
}

/** The batches of the API, sent through a client with these options. */
export async function loadBatch(api: GeneratedApi, options: ClientOptions): Promise<ClientBatch> {
  const client = await createClient(api, options);
  // The module is printed together with the table that names it.
  const { createBatch, shownBy } = (await loaded(api.modules.batch)) as BatchModule;
  const batch = createBatch(client);
  return {
    ...batch,
    shownBy,
    readJournal: (journal) => batch.readJournal(journal),
    ...(api.batch?.kind === 'draft' && {
      verify: async (plan, _, how) => {
        const outcomes = await batch.run(plan, { ...how, resume: true, verify: true });
        return outcomes.map(({ verification }) => verification);
      },
    }),
    retry: (journal, _, how) => inList(batch.retry(journal, how)),
  };
}

/** The same run, with its outcomes in the order of their places: so JavaScript has members of such names. */
function inList(run: RestRun): Run {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- it is what a run is
    then: (done, failed) => run.then((outcomes) => Object.values(outcomes)).then(done, failed),
    [Symbol.asyncIterator]: () => run[Symbol.asyncIterator](),
    stop: () => run.stop(),
    held: async () => (await run.held?.()) ?? 'kept',
  };
}

/** A journal in a file; one that is only read is neither locked nor made. */
export async function openJournal(
  api: GeneratedApi,
  path: string,
  options: { readonly readOnly?: boolean } = {},
): Promise<object> {
  // As above.
  const { fileJournal } = (await api.modules.node()) as {
    readonly fileJournal: (path: string, options: object) => object;
  };
  return fileJournal(path, options);
}

function loaded(load: (() => Promise<object>) | undefined): Promise<object> {
  if (!load) throw new CommandError('This API has no batches.');
  return load();
}

type Build = (input: object) => object;

/** The plan of the client for the rows of a file. */
export async function planOf(
  api: GeneratedApi,
  batch: ClientBatch,
  file: PlanFile,
  arrangement?: Arrangement,
): Promise<Plan> {
  const builders = new Map<string, Readonly<Record<string, Build>>>();
  const actions: object[] = [];
  for (const { row, group, operation, input } of file.rows) {
    let module = builders.get(group);
    if (!module) {
      const all = api.modules.builders ?? {};
      // As above.
      module = (Object.hasOwn(all, group) ? await all[group]?.() : {}) as typeof module;
      builders.set(group, module ?? {});
    }
    const build = module?.[operation];
    if (!build) throw new CommandError(`Row ${row}: ${operation} does not go into batches.`);
    try {
      actions.push(build(input));
    } catch (error) {
      throw new CommandError(`Row ${row}: ${(error as Error).message}`, exitCode.usage);
    }
  }
  return batch.plan(actions, arrangement);
}
