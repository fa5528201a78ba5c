import { bind } from './bind.ts';
import { normalizeOptions } from './config/options.ts';
import { checkPagination } from './config/pagination.ts';
import type { Target } from './config/config.ts';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostics.ts';
import { findDialect, recognizeDialect } from './dialects/find.ts';
import type { Api, BatchBinding, Operation } from './ir/ir.ts';
import { load } from './load/load.ts';
import { normalize } from './normalize/normalize.ts';
import { objectOf } from './json/narrow.ts';
import { place } from './place.ts';

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

/** Reads a document, and tells what a client of it would be made of. */
export async function inspect(target: Omit<Target, 'output'>): Promise<Inspected> {
  const diagnostics = new Diagnostics();
  const named = findDialect(target.dialect, diagnostics);
  const loaded = await load(target.input, diagnostics, target);
  if (!loaded || diagnostics.failed) return { diagnostics: place(diagnostics.list, loaded) };

  const document = objectOf(loaded.document);
  const dialect = named ?? recognizeDialect(document);
  const plain = normalize(document, diagnostics, normalizeOptions(target, dialect));
  checkPagination(target.pagination, plain, diagnostics);
  const api = dialect ? bind(plain, document, dialect, target, diagnostics) : plain;
  const found = place(diagnostics.list, loaded);
  return {
    inspection: {
      title: api.title,
      version: api.version,
      dialect: dialect?.name ?? null,
      operations: operationsOf(api),
      unresolved: found.filter(({ code }) => code === 'batch/unresolved'),
    },
    diagnostics: found,
  };
}

function operationsOf(api: Api): readonly InspectedOperation[] {
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
