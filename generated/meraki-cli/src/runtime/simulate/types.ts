// @ts-nocheck
import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';

export interface AccountOptions {
  readonly api: GeneratedApi;
  readonly table: OperationTable;
  /** What the batches belong to: `{ organizationId: '1' }`. */
  readonly scope: Readonly<Record<string, string>>;
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

export type StartAccount = (options: AccountOptions) => Promise<StartedAccount>;
