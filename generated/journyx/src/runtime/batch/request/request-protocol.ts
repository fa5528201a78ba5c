// @ts-nocheck
import type { DialectBase, OnError } from '../protocol/protocol.js';

/** What of a dialect decides about types: what its users can write at all. */
export interface Traits {
  readonly onError: OnError;
  /** Path parameters of the endpoints; `never` where there are none. */
  readonly scope: string;
  /** The members around what operations return, so that references look inside. */
  readonly within: readonly string[];
  /** The option of a run that holds the version of a `VersionFence`; `never` where there is none. */
  readonly version: string;
  readonly references: boolean;
  /** Whether reading a URL shows what actions on it change, so that they can be previewed. */
  readonly previews?: boolean | undefined;
}

/** A member's name, or several: the way from a JSON value to what is in it. */
export type Path = readonly string[];

/**
 * A dialect whose batch is one request that wraps others and is answered with their results. Data, but
 * for `hooks`.
 */
export interface RequestDialect<T extends Traits = Traits> extends DialectBase<T['scope']> {
  readonly wire: 'request';
  /** Where batches go. An action goes to the first that takes its method. */
  readonly endpoints: readonly Endpoint<T['onError']>[];
  /** What a run may do when an action fails; the first is the default. */
  readonly onError: readonly [T['onError'], ...T['onError'][]];
  /** Statuses of a single result which mean that nothing was done, and that it may be tried again. */
  readonly throttled: readonly number[];
  /** Statuses of a single result which mean that an earlier request failed, and this was not tried. */
  readonly notTried: readonly number[];
  /**
   * Whether reading an action's URL shows what the action returns. Then what became of an action whose
   * answer was lost can be found out by a look.
   */
  readonly readBack: boolean;
  /**
   * What follows the name of an element where a creation takes a list of them: with `-list`, it takes
   * `{ 'server-list': [one, another] }` as well as `{ server: one }`. By default it takes one only.
   */
  readonly lists?: string | undefined;
  /**
   * Whether reading an action's URL shows what is there, so that changes can be previewed and undone.
   * Default: as `readBack`.
   */
  readonly previews?: boolean | undefined;
  readonly hooks?: Hooks | undefined;
}

/** A request that takes batches. */
export interface Endpoint<E extends OnError = OnError> {
  /** For errors: the operation's id in the document. */
  readonly id: string;
  /** Below the client's base URL, with `{name}` for values of the scope. */
  readonly path: string;
  /** Methods of the actions that it takes. */
  readonly methods: readonly string[];
  /** Where the list of actions stands in the body. */
  readonly list: Path;
  readonly action: ActionShape;
  readonly results: ResultShape;
  /** What is added to the request for each `onError`, where the server takes such a setting. */
  readonly errors?: { readonly [Mode in E]?: Addition } | undefined;
  /** The answer that stands for the whole batch, when it was undone. */
  readonly rollback?: RollbackShape | undefined;
  /** What makes it safe to send a change again of which the answer was lost. By default nothing does. */
  readonly fence?: HeaderFence | VersionFence | undefined;
}

/** Members of an action; an absent one is not sent. */
export interface ActionShape {
  readonly method?: { readonly name: string; readonly case: 'upper' | 'lower' } | undefined;
  readonly url: string;
  /** The member that holds the query as an object; by default it is part of the URL. */
  readonly query?: string | undefined;
  /** The member that holds headers as an object; without it, actions cannot have any. */
  readonly headers?: string | undefined;
  readonly body?:
    | {
        readonly name: string;
        /** The part of the body that is sent; by default all of it. */
        readonly within?: Path | undefined;
        /** What stands there for an action without a body. */
        readonly empty?: unknown;
      }
    | undefined;
  /** Headers of an action that has a body. */
  readonly bodyHeaders?: Readonly<Record<string, string>> | undefined;
  /** The member that holds a name for the action, by which its result is found. */
  readonly id?: string | undefined;
  /** The member that holds the names of actions which must have succeeded before. */
  readonly after?: string | undefined;
}

/** Where results are. */
export interface ResultShape {
  /** The list in the answer. An answer that is a list itself is taken for it. */
  readonly list: Path;
  /** Where the action's name stands; by default results come in the order of the actions. */
  readonly id?: Path | undefined;
  /** A number of 200 to 299 is a success, of 400 to 599 a failure. Any other tells nothing. */
  readonly status: Path;
  /** What an absent status means; by default nothing. A success also has a body, and no `failure`. */
  readonly absent?: 'success' | undefined;
  /** Members that a failed action has, and no other. */
  readonly failure?: readonly Path[] | undefined;
  readonly body: Path;
  readonly headers?: Path | undefined;
  /** What the server says of a failure; by default whatever text the body holds. */
  readonly message?: Path | undefined;
  /** A success that is none to be relied on: these statuses of changes. */
  readonly suspect?: readonly number[] | undefined;
}

export interface Addition {
  readonly query?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** Whether the list of results then ends with the first failure. */
  readonly cuts?: boolean | undefined;
}

export interface RollbackShape {
  /** Present in this answer and in no other. */
  readonly error: Path;
  readonly message: Path;
  readonly status: Path;
  /**
   * Finds what failed in the message: its first group is a segment of the URL of the action. Where
   * several fit, none is blamed.
   */
  readonly blame?: RegExp | undefined;
}

/** The server refuses a change whose header does not fit the present state, and each change alters the state. */
export interface HeaderFence {
  readonly kind: 'header';
  readonly name: string;
  /** How it refuses. */
  readonly status: number;
  /** What stands for no such header: the action is sent without it. */
  readonly none?: string | undefined;
}

/** The server refuses a batch that names another version than the present one, which each batch raises. */
export interface VersionFence {
  readonly kind: 'version';
  /** The option of a run that holds the version. */
  readonly option: string;
  /** The query parameter that carries it. */
  readonly query: string;
  /** What stands for no version. */
  readonly none: string;
  /** How it refuses. */
  readonly stale: { readonly status: number; readonly text: string };
  /** What raises the version by one. */
  readonly raisedBy: 'batch' | 'action';
}

/** What data cannot say. */
export interface Hooks {
  /** The value of an applied action, from the body of its result. */
  readonly value?: ((body: unknown) => unknown) | undefined;
  /** Whether a read that succeeded shows that nothing is there, as of a collection that was deleted. */
  readonly isNothing?: ((body: unknown) => boolean) | undefined;
}
