/** What the page knows before a reader opens anything. */
export interface ExplorerIndex {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** The package whose code is shown. */
  readonly packageName: string;
  readonly baseUrl: string;
  /** A sentence for each fact about the API as a whole. */
  readonly facts: readonly string[];
  readonly groups: readonly GroupRow[];
  /** In the order of {@link groups}. */
  readonly operations: readonly OperationRow[];
  /** Names of the types that several operations share, sorted. */
  readonly types: readonly string[];
  /** Absent where the API has no batches. */
  readonly batching?: BatchingData | undefined;
}

/** How the API takes batches, for reading journals. */
export interface BatchingData {
  readonly kind: 'draft' | 'request';
  /** The dialect; a regular expression is a {@link RegExpData} there. */
  readonly dialect: unknown;
  /** Whether the run-time's hooks of aXAPI belong to it. */
  readonly hasAxapiHooks: boolean;
}

/** A regular expression as JSON can hold it. */
export interface RegExpData {
  readonly regExp: readonly [source: string, flags: string];
}

export interface GroupRow {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** How many operations it has. */
  readonly count: number;
}

/** An operation as a list shows it: a tuple, as there may be thousands. */
export type OperationRow = readonly [
  name: string,
  method: string,
  route: string,
  summary: string,
  marks: readonly Mark[],
];

/** What a list says of an operation besides its name. */
export type Mark = 'batch' | 'pages' | 'stream' | 'deprecated' | 'beta';

/** An operation as its own view shows it. */
export interface OperationDetail {
  readonly id: string;
  readonly description: string;
  readonly link?: string | undefined;
  /** The function, without its body. */
  readonly signature: string;
  /** The declarations of its types. */
  readonly types: string;
  readonly request: string;
  readonly params: readonly ParamRow[];
  readonly answers: readonly AnswerRow[];
  /** A sentence for each fact: credentials, pages, another base URL. */
  readonly facts: readonly string[];
  readonly batch?: BatchDetail | undefined;
}

export interface ParamRow {
  readonly key: string;
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly summary: string;
}

export interface AnswerRow {
  readonly status: string;
  readonly mediaType: string;
  readonly summary: string;
}

export interface BatchDetail {
  /** How it is written: `client.batch.networks.updateNetwork(input)`. */
  readonly call: string;
  /** What a batch holds for it. */
  readonly wire: string;
}

/** What the page reads with the index, one block for each list of a kind. */
export const chunkSize = 50;

/** A change between two documents, as the page lists it. */
export interface ChangeRow {
  readonly rule: string;
  readonly axis: string;
  readonly severity: string;
  readonly message: string;
  readonly operation?: string | undefined;
  /** The function of the operation, where the newer document has it. */
  readonly function?: string | undefined;
  readonly old?: { readonly pointer: string; readonly line: number } | undefined;
  readonly new?: { readonly pointer: string; readonly line: number } | undefined;
}

/** What changed since an older document. */
export interface Changes {
  /** `minor`, with the reason. */
  readonly advice: string;
  readonly findings: readonly ChangeRow[];
}

/** The ids of the blocks of data in the page. */
export const blockIds = {
  index: 'index',
  changes: 'changes',
  operations: (chunk: number): string => `operations-${chunk}`,
  types: (chunk: number): string => `types-${chunk}`,
} as const;
