// @ts-nocheck
import type {
  AnyAction,
  AtomicGroup,
  CreateAction,
  Items,
  RequestWire,
  ResourceWire,
} from '../action/types.js';
import type { Unit } from '../plan/unit.js';
import type { Reports } from '../protocol/protocol.js';
import type { Answer, Created, SkipReason, UnknownReason } from './batch-result.js';
import type { Verification } from './verification.js';

/** Why an action was not applied. */
export interface ActionError {
  /** The server's text; where it has a known form, only what it says about the action. */
  readonly message: string;
  /**
   * The actions that the text may mean, by index in the plan: one where it is certain, several where
   * they cannot be told apart, none where the text names no action.
   */
  readonly candidates: readonly number[];
  /** Id of the batch that failed, where the server gave one. */
  readonly batchId?: string | undefined;
  /** HTTP status, where the request itself, or the action by itself, was refused. */
  readonly status?: number | undefined;
  /** The version that was sent and that is not the present one. */
  readonly version?: string | undefined;
}

/** The action took effect. */
export interface Applied<Value, Resource> {
  readonly status: 'applied';
  readonly value: Value;
  readonly batchId: string | undefined;
  /** Status and headers, where the dialect gives them; absent where only a look showed that the action took effect. */
  readonly answer?: Answer | undefined;
  /** The created resource, where the run was asked to `hydrate`. */
  readonly resource?: Resource | undefined;
  /** What a look at the server found, where the run was asked to `verify`. */
  readonly verification?: Verification | undefined;
}

/** The action itself was refused. Nothing of its batch took effect. */
export interface Failed {
  readonly status: 'failed';
  readonly error: ActionError;
}

/** The action was undone with its batch, because another action of it failed. */
export interface RolledBack {
  readonly status: 'rolledBack';
  /** Index in the plan of the action that failed; undefined where the server's text does not tell. */
  readonly cause: number | undefined;
  readonly error: ActionError;
}

/** The action was never executed. */
export interface Skipped {
  readonly status: 'skipped';
  readonly reason: SkipReason;
  /** Index in the plan of the action because of which it was skipped. */
  readonly cause?: number | undefined;
  readonly error?: ActionError | undefined;
}

/** It is not known yet whether the action took effect: neither success nor failure. */
export interface Unknown {
  readonly status: 'unknown';
  readonly reason: UnknownReason;
  /** Where to look: the batch may still end. */
  readonly batchId: string | undefined;
  readonly message: string;
}

/** What became of one action. */
export type Outcome<Value = unknown, Resource = unknown> =
  Applied<Value, Resource> | Failed | RolledBack | Skipped | Unknown;
/** The value of an applied action. */
export type ValueOf<Item, R extends Reports> = R extends 'results' | 'resultsOrRollback'
  ? ResponseOf<Item>
  : Item extends CreateAction
    ? Created
    : Item extends ResourceWire<infer Verb>
      ? string extends Verb
        ? Created | undefined
        : undefined
      : undefined;

type ResponseOf<Item> = Item extends AnyAction<infer Value> ? Value : never;

/** The outcome of an action, or the outcomes of a group's members. */
export type OutcomeOf<Item, R extends Reports> =
  Item extends AtomicGroup<infer Members>
    ? { readonly [Key in keyof Members]: OutcomeOf<Members[Key], R> }
    : R extends 'results'
      ? Exclude<Outcome<ValueOf<Item, R>>, RolledBack>
      : Outcome<ValueOf<Item, R>, ResponseOf<Item>>;

/** Outcomes that line up with the actions: a tuple for a tuple, a record for a record. */
export type Outcomes<I extends Items, R extends Reports> = {
  readonly [Key in keyof I]: OutcomeOf<I[Key], R>;
};

type ValuesOfItem<Item, R extends Reports> =
  Item extends AtomicGroup<infer Members>
    ? { readonly [Key in keyof Members]: ValuesOfItem<Members[Key], R> }
    : ValueOf<Item, R>;

/** Values that line up with the actions. */
export type Values<I extends Items, R extends Reports> = {
  readonly [Key in keyof I]: ValuesOfItem<I[Key], R>;
};

/** Thrown by `values()`: the first action, in the plan's order, that was not applied. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
  readonly operationId: string;
  /** Index in the plan. */
  readonly index: number;
  readonly outcome: Exclude<Outcome, { readonly status: 'applied' }>;

  constructor(operationId: string, index: number, outcome: ActionFailure['outcome']) {
    super(`${operationId} (action ${index}) ${explain(outcome)}`);
    this.operationId = operationId;
    this.index = index;
    this.outcome = outcome;
  }
}

function explain(outcome: ActionFailure['outcome']): string {
  switch (outcome.status) {
    case 'failed':
      return `failed: ${outcome.error.message}`;
    case 'rolledBack':
      return outcome.cause === undefined
        ? `was rolled back: ${outcome.error.message}`
        : `was rolled back because action ${outcome.cause} failed: ${outcome.error.message}`;
    case 'skipped':
      return `was not sent (${outcome.reason})${because(outcome)}`;
    case 'unknown':
      return `may or may not have been applied (${outcome.reason}): ${outcome.message}`;
  }
}

function because({ cause, error }: Skipped): string {
  if (error) return `: ${error.message}`;
  return cause === undefined ? '' : `, because of action ${cause}`;
}

/** An action as it was sent, with its index in the plan. */
export interface Sent {
  readonly index: number;
  readonly wire: ResourceWire | RequestWire;
}

/** A batch, or a part of one, as it was sent. */
export interface SentBatch {
  readonly units: readonly Unit[];
  /** Its actions in their order. */
  readonly sent: readonly Sent[];
  /** Those that create something. */
  readonly creates: readonly Sent[];
}

/** What the result of a batch means for its actions. */
export interface BatchOutcomes {
  /** By index in the plan. */
  readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
  /** What is sent again, in this order. */
  readonly retry: readonly (readonly Unit[])[];
  /** Whether nothing more is to be sent. */
  readonly stop: boolean;
}
