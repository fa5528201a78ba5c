import { type Diagnostic, Diagnostics } from './diagnostics/diagnostics.ts';
import type { ApiDescription, Operation } from './ir/ir.ts';
import { type ReadApi, readApi, type ReadTarget } from './read-api.ts';
import type { BatchBinding } from './ir/batch-binding.ts';

/** What there is to know of a document before anything is generated of it. */
export interface Inspection {
  readonly title: string;
  readonly version: string;
  /** The name of the dialect in which the API batches. */
  readonly dialect: string | null;
  readonly operations: readonly InspectedOperation[];
  /** Batchable actions of the document that mean no operation, or several. */
  readonly unresolved: readonly Diagnostic[];
}

export interface InspectedOperation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly paginated: boolean;
  readonly batch: InspectedBatch | null;
}

/** An operation's name inside a batch, as the document has it. */
export interface InspectedBatch {
  readonly resource: string | null;
  readonly operation: string | null;
}

export interface Inspected {
  /** Absent where the document cannot be used. */
  readonly inspection?: Inspection | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a document, and says what a client of it would be made of. */
export async function inspect(target: ReadTarget): Promise<Inspected> {
  const diagnostics = new Diagnostics();
  const read = await readApi(target, diagnostics);
  const found = diagnostics.list;
  return { inspection: read && inspectionOf(read, found), diagnostics: found };
}

function inspectionOf({ api, dialect }: ReadApi, found: readonly Diagnostic[]): Inspection {
  return {
    title: api.title,
    version: api.version,
    dialect: dialect?.name ?? null,
    operations: operationsOf(api),
    unresolved: found.filter(({ code }) => code === 'batch/unresolved'),
  };
}

function operationsOf(api: ApiDescription): readonly InspectedOperation[] {
  return api.groups.flatMap(({ title, operations }) =>
    operations.map((operation) => inspectOperation(operation, title)),
  );
}

function inspectOperation(operation: Operation, tag: string): InspectedOperation {
  const { id, method, route, pagination, batch } = operation;
  return {
    id,
    tag,
    method,
    path: route,
    paginated: pagination !== undefined,
    batch: batch ? inspectBatch(batch) : null,
  };
}

function inspectBatch({ resource, operation }: BatchBinding): InspectedBatch {
  return { resource: resource ?? null, operation: operation ?? null };
}
