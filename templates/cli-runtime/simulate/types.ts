import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';

export interface AccountOptions {
  readonly api: GeneratedApi;
  readonly table: OperationTable;
  readonly seedFrom?: string;
  /** From 0 to 1. */
  readonly faults: number;
  readonly fail?: string;
  /** Milliseconds. */
  readonly batchTime: number;
  readonly port: number;
  readonly random: number;
  readonly record?: string;
}

export interface StartedAccount {
  readonly baseUrl: string;
  /** How many resources it has. */
  readonly size: number;
  /** How many changes took effect. */
  applied(): number;
  close(): Promise<void>;
}

export type Members = Readonly<Record<string, unknown>>;

/** An account, as the client's package plays it. */
export interface SimulatedAccount {
  readonly size: number;
  readonly changes: readonly object[];
  read(path: string): Members | readonly Members[] | undefined;
  put(path: string, members: Members): void;
  putInto(collection: string, members: Members): string | undefined;
  pathOf(route: string, values: Members): string | undefined;
  respond(request: {
    readonly method: string;
    readonly url: URL;
    readonly body?: unknown;
    readonly authorized: boolean;
  }): Promise<SimulatedReply>;
}

/** An answer, half of one, or none. */
export interface SimulatedReply {
  readonly answer?:
    | {
        readonly status: number;
        readonly text?: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | undefined;
  readonly isCut?: boolean | undefined;
}

/** What the client's package exports for tests. */
export interface TestingModule {
  createAccount(options: {
    readonly faults: number;
    readonly random: number;
    readonly fail?: string | undefined;
    readonly batchTime: number;
    readonly perSecond: number;
    readonly applied: (change: object) => void;
  }): SimulatedAccount;
}
