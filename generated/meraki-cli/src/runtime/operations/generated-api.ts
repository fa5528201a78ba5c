// @ts-nocheck
/** What the command line knows of its API without reading a file. */
export interface GeneratedApi {
  /** What the user types: `meraki`. */
  readonly bin: string;
  /** The folder of the table of operations. */
  readonly data: URL;
  /** Absent where the user says where the API lives. */
  readonly baseUrl?: string;
  /** Options of the client that stand in its base URL. */
  readonly variables: readonly string[];
  readonly credentials: readonly CredentialOption[];
  /** Absent where the API has no batches. */
  readonly batch?: BatchFacts;
  readonly modules: ClientModules;
}

/** An option of the client that holds credentials. */
export interface CredentialOption {
  readonly option: string;
  readonly kind: 'bearer' | 'http' | 'basic' | 'apiKey';
  readonly required: boolean;
  /** Where an `apiKey` stands, and under which name. */
  readonly in?: 'header' | 'query' | 'cookie';
  readonly name?: string;
}

/** How the API takes batches, and what a run is given besides its actions. */
export interface BatchFacts {
  readonly kind: 'draft' | 'request';
  readonly scope: readonly string[];
  /** Options of a run that only this API has: the version that its configuration must have. */
  readonly options?: readonly string[];
  /** Where the answer to an action holds what it created, where that is a member of it. */
  readonly created?: readonly string[];
  /** Absent where the server keeps no batches, or nothing lists them. */
  readonly list?: BatchList;
}

/** Where a batch says yes: `true` at a path of member names, or one of these values. */
export type BatchFlag =
  readonly string[] | { readonly at: readonly string[]; readonly is: readonly unknown[] };

/** The operation that lists batches, and where a batch says what has become of it. */
export interface BatchList {
  readonly group: string;
  readonly operation: string;
  readonly id: readonly string[];
  readonly confirmed: BatchFlag;
  readonly completed: BatchFlag;
  readonly failed: BatchFlag;
}

type Load = () => Promise<object>;

/** The modules of the client package; each is loaded when a command needs it. */
export interface ClientModules {
  readonly client: Load;
  readonly batch?: Load;
  /** Runs in a database; needs packages that may be absent. */
  readonly fleet?: Load;
  readonly node: Load;
  /** What plays an account; absent where nothing does. */
  readonly simulate?: Load;
  readonly groups: Readonly<Record<string, Load>>;
  readonly builders?: Readonly<Record<string, Load>>;
}
