// @ts-nocheck
import type { ClientOptions } from '../access/client-options.js';
import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import {
  type Arrangement,
  type Batch,
  type ClientBatch,
  loadBatch,
  openJournal,
  type Plan,
  planOf,
} from './client-batch.js';

/** How many changes are sent: as batches of the API, or call by call. */
export interface RunKind {
  /** The command that does it. */
  readonly name: 'batch' | 'bulk';
  readonly description: string;
  /** Whether the server keeps drafts. */
  readonly hasDrafts: boolean;
  /** Whether changes can be taken back. */
  readonly canUndo: boolean;
  /** Whether what was changed can be looked at. */
  readonly canVerify: boolean;
  /** What the changes belong to. */
  readonly scope: readonly string[];
  load(options: ClientOptions): Promise<Batch>;
  plan(batch: Batch, file: PlanFile, arrangement?: Arrangement): Promise<Plan>;
  /** Whether a journal holds a run. */
  hasBegun(path: string): Promise<boolean>;
  openJournal(path: string, options?: { readonly readOnly?: boolean }): Promise<object>;
}

/** The batches of the API. */
export function batches(api: GeneratedApi): RunKind {
  return {
    name: 'batch',
    description: 'many changes, from a file, as batches',
    hasDrafts: api.batch?.kind === 'draft',
    canUndo: true,
    canVerify: api.batch?.kind === 'draft',
    scope: api.batch?.scope ?? [],
    load: (options) => loadBatch(api, options),
    // `load` made it.
    plan: (batch, file, arrangement) => planOf(api, batch as ClientBatch, file, arrangement),
    hasBegun: async (path) => {
      const journal = await openJournal(api, path, { readOnly: true });
      // The client made it.
      return (await (journal as { open(): Promise<readonly object[]> }).open()).length > 0;
    },
    openJournal: (path, options) => openJournal(api, path, options),
  };
}
