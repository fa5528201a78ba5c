// @ts-nocheck
import type { Strategy } from '../../pages/strategy.js';

/** What a server takes at most. */
export interface Limits {
  /** Actions in one batch, by mode. A mode that the server lacks is absent. */
  readonly actions: { readonly sync?: number; readonly async?: number };
  /** Bytes of a batch's actions as JSON in UTF-8. */
  readonly bytes: number;
  /** Batches under way at the same time, those of other applications included. */
  readonly concurrent: number;
  /** Requests, once the burst is spent. */
  readonly perSecond: number;
  /** Requests that may be sent at once after a pause. */
  readonly burst: number;
}

/** What every dialect says of itself. */
export interface DialectBase<ScopeName extends string = string> {
  readonly name: string;
  /** What an action looks like: a resource and a verb, or a plain HTTP request. */
  readonly wire: 'resource' | 'request';
  readonly reports: Reports;
  /** Path parameters of the endpoint. A run gives their values. */
  readonly scope: readonly ScopeName[];
  readonly limits: Limits;
  /** Milliseconds a batch is expected to take before one has been seen; for estimates only. */
  readonly expected: { readonly sync?: number; readonly async?: number };
  /** Milliseconds after which a batch that has not ended is given up as `unknown`. */
  readonly timeout: number;
  /** What a reference can stand for. */
  readonly references: References;
  /** Requests that a batch takes, on the average; for estimates only. */
  readonly requests: number;
  /**
   * Whether the actions of a batch are executed in the order of its list, or in any. Actions that must
   * keep an order that the server does not keep go into different batches. Default `listed`.
   */
  readonly order?: 'listed' | 'any' | undefined;
  /** Whether a batch can be applied as a whole or not at all, so that a plan may have groups. Default true. */
  readonly atomic?: boolean | undefined;
  /** What a run may do when an action fails, the default first. Default: `stop`, `continue`. */
  readonly onError?: readonly OnError[] | undefined;
  /** Endpoints by the methods that they take, where there are several: a batch goes to one of them. */
  readonly endpoints?: readonly { readonly methods: readonly string[] }[] | undefined;
  /** What is known of its resources, for previews and for undoing. Without it, little is promised. */
  readonly effects?: LoadFacts | undefined;
  /** What the server would refuse or ignore, so that it is refused when it is planned. */
  readonly refuses?: readonly Refusal[] | undefined;
  /** Names of members that bear secrets, as the document says: a plan as JSON does not show them. */
  readonly secretMembers?: readonly string[] | undefined;
}

/**
 * What a run does when an action fails: `rollback` undoes the batch and stops, `stop` begins nothing
 * new, `continue` goes on with the rest.
 */
export type OnError = 'rollback' | 'stop' | 'continue';

/** These fields of what these verbs give. */
export interface References {
  readonly verbs: readonly string[];
  readonly fields: readonly string[] | 'any';
  /** The members around the fields. */
  readonly within?: readonly string[] | undefined;
}

/** Actions that make no sense: those of which all that is given here is true. */
export interface Refusal {
  readonly methods?: readonly string[] | undefined;
  /** Tested on the path, without the query. */
  readonly url?: RegExp | undefined;
  /** Tested on the name of each header. */
  readonly header?: RegExp | undefined;
  /** `an API key for itself is ignored`: completes a sentence, says why. */
  readonly because: string;
}

/** Where a batch's JSON says yes: `true` at a path of member names, or one of these values. */
export type Flag =
  readonly string[] | { readonly at: readonly string[]; readonly is: readonly unknown[] };

/** What a server calls the parts of an action. */
export interface ActionNames {
  readonly resource: string;
  readonly operation: string;
  readonly body: string;
  /** The server's word for a verb of ours: `{ create: 'add' }`. */
  readonly verbs?: Readonly<Record<string, string>> | undefined;
}

/** Where the body of a callback has what; each is a path of member names. */
export interface CallbackRecord {
  readonly secret: readonly string[];
  /** The batch, as `record` describes it. */
  readonly batch: readonly string[];
  /** Counts, where they come in place of the batch. */
  readonly completed: readonly string[];
  readonly failed: readonly string[];
}

/** An HTTP request with `{name}` in its path for what the scope or the batch says. */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * A dialect whose batches live on the server: made as a draft, confirmed, executed in their own time,
 * and looked at until they end. The draft is the fence against applying twice: nothing happens before
 * it is confirmed, and confirming it again changes nothing.
 */
export interface DraftDialect<ScopeName extends string = string> extends DialectBase<ScopeName> {
  readonly lifecycle: 'draft';
  readonly calls: {
    readonly create: Call;
    /** `{batch}` in the path is the batch's id, here and below. */
    readonly confirm: Call;
    readonly discard: Call;
    readonly read: Call;
    /** Lists at least the batches that have not ended. */
    readonly list: Call;
    /** Lists all batches that the server remembers: for when one cannot be read by itself. */
    readonly history?: Call | undefined;
  };
  /** Members of the body of `create`. */
  readonly envelope: {
    readonly actions: string;
    /** What the server calls the parts of an action; by default `resource`, `operation` and `body`. */
    readonly action?: ActionNames | undefined;
    /** Where the server takes synchronous batches. */
    readonly synchronous?: string | undefined;
    /** Where the server reports the end of a batch. */
    readonly callback?: string | undefined;
  };
  /** Where a batch's JSON has what; each is a path of member names. */
  readonly record: {
    readonly id: readonly string[];
    readonly confirmed: Flag;
    readonly completed: Flag;
    readonly failed: Flag;
    readonly errors: readonly string[];
    readonly created: readonly string[];
    readonly actions: readonly string[];
  };
  /** Where the body of a callback has what. Absent where the server sends none. */
  readonly hook?: CallbackRecord | undefined;
  /**
   * Whether a failed batch is always undone as a whole. Where that is `doubtful`, what it was to do is read
   * before any of it is called undone, or sent again. Default `kept`.
   */
  readonly atomicity?: 'kept' | 'doubtful' | undefined;
  /**
   * Refusals of a confirmation that mean "too many batches are running": these statuses, and `status` with a
   * text that fits. They are not failures.
   */
  readonly busy: {
    readonly always?: readonly number[] | undefined;
    readonly status: number;
    readonly text: string | RegExp;
  };
  /**
   * How an error text begins that names the action which failed, with groups `operation` and
   * `resource`; the action's body as JSON, a colon and the reason follow.
   */
  readonly failure: RegExp;
}

/** How one API wraps many operations into one request. */
export type Dialect = DraftDialect;

/** The values of a dialect's scope. */
export type Scope<D extends DialectBase> = { readonly [Name in D['scope'][number]]: string };

/**
 * How a dialect reports: `verdict`, one result for the batch, with ids for what was created; `results`, one for
 * each action, with the operation's own response; or such results, unless the batch was rolled back.
 */
export type Reports = 'verdict' | 'results' | 'resultsOrRollback';

/** Where a server is to report the end of each batch. */
export type Callback = {
  readonly payloadTemplate?: { readonly id: string } | undefined;
} & (
  | {
      readonly url: string;
      /** Comes with each callback, so that it can be told from a forged one. */
      readonly sharedSecret: string;
    }
  | {
      /** A receiver that the server knows already. */
      readonly httpServer: { readonly id: string };
    }
);

/** What is known of a resource besides what it shows: from the document, and from the dialect's table. */
export interface Resource {
  /** The path of its collection, where that is not the path without its last segment. */
  readonly collection?: string | undefined;
  /** Whether reading its path shows it. */
  readonly read?: boolean | undefined;
  /** Whether reading its collection shows a list. */
  readonly list?: boolean | undefined;
  /** The members that its creation takes; absent where a batch cannot create it. */
  readonly create?: readonly string[] | undefined;
  /** The members that a change takes; absent where a batch cannot change it. */
  readonly update?: readonly string[] | undefined;
  /** The method of a change, where actions are requests. */
  readonly updateBy?: string | undefined;
  /** Whether a batch can destroy it. */
  readonly destroy?: boolean | undefined;
  /** Members that are taken and never shown: secrets, and what only creation looks at. `a/b` is inside. */
  readonly writeOnly?: readonly string[] | undefined;
  /** Members that are taken and that the document does not say to be shown. They are lost unless they are seen. */
  readonly unshown?: readonly string[] | undefined;
  /** Members that are taken as numbers, and as booleans: servers may show them as texts. `a/b` is inside. */
  readonly numbers?: readonly string[] | undefined;
  readonly booleans?: readonly string[] | undefined;
  /** Lists whose order has a meaning; the others are sets. Absent where nobody has said so. */
  readonly orderedLists?: readonly string[] | undefined;
  /** What a reset sends, where it cannot be destroyed. */
  readonly resetTo?: Readonly<Record<string, unknown>> | undefined;
  /** It is there from the beginning, so that it can only be changed. */
  readonly alwaysExists?: boolean | undefined;
}

/** Resources by their route, as `/networks/{networkId}/appliance/vlans/{vlanId}`. */
export type Resources = Readonly<Record<string, Resource>>;

/** A verb that is neither create, update nor destroy, and what takes it back. */
export interface VerbFact {
  /** The verb that takes it back. */
  readonly inverse: string;
  /** The member of the resource that shows what it changes. */
  readonly shownIn: string;
  /** What the member shows afterwards: what the action sent under that name, nothing, or another value. */
  readonly leaves: 'sent' | 'nothing' | 'other';
  /** Whether the inverse sends what the member showed before. */
  readonly sendsOld: boolean;
}

/** By verb. */
export type VerbFacts = Readonly<Record<string, VerbFact>>;

/** What a dialect knows of its API's resources, so that changes can be shown beforehand and taken back. */
export interface EffectFacts {
  readonly resources: Resources;
  readonly verbs: VerbFacts;
  /** How the lists of collections lead from page to page, by route. Without it, by the `Link` header. */
  readonly pages?: (() => Readonly<Record<string, Strategy>>) | undefined;
  /** Whether a change surely keeps the members that it does not send. Where actions are requests, their method tells. */
  readonly merges?: boolean | undefined;
}

/** Gives the facts: they are loaded when something needs them. */
export type LoadFacts = () => Promise<EffectFacts>;
