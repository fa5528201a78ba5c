import { bind } from './bind.ts';
import type { Target } from './config/config.ts';
import { bindOptions, loadOptions, normalizeOptions } from './config/options.ts';
import { checkPagination } from './config/pagination.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import type { Dialect, LeftOut } from './dialects/dialect.ts';
import { findDialect, recognizeDialect } from './dialects/find.ts';
import { furtherHosts } from './further-hosts.ts';
import type { ApiDescription } from './ir/ir.ts';
import { type JsonObject, objectOf, own, textOf } from './json/narrow.ts';
import { load, type Loaded, type LoadOptions } from './load/load.ts';
import type { ExcludedOperation } from './load/shape/filter.ts';
import { docOf, docOfOperation } from './normalize/doc.ts';
import { normalize, type Surveyed } from './normalize/normalize.ts';
import type { OperationNames, Source } from './normalize/operations/operation.ts';
import { stopwatch } from './stopwatch.ts';

/** The stages that read an API, in their order. */
export type ReadStage = 'load' | 'normalize' | 'bind';

/** The part of a target that says which API is read, and how. */
export type ReadTarget = Omit<
  Target,
  | 'output'
  | 'name'
  | 'package'
  | 'form'
  | 'specifiers'
  | 'commonjs'
  | 'version'
  | 'changelog'
  | 'templates'
>;

export interface ReadApiOptions extends Pick<
  LoadOptions,
  'source' | 'stdin' | 'signal' | 'onSource' | 'valid' | 'onlyErrors'
> {
  /** Called after each stage with the milliseconds that it took. */
  readonly onStage?: ((stage: ReadStage, milliseconds: number) => void) | undefined;
}

/** An API that was read, and the document that describes it. */
export interface ReadApi extends Omit<Loaded, 'document'> {
  readonly api: ApiDescription;
  /** All references in it are local. */
  readonly document: JsonObject;
  /** Absent where the API has no batches, or none that are known. */
  readonly dialect: Dialect | undefined;
  /** Where credentials would go besides the API's own host. */
  readonly hosts: readonly string[];
}

/** A document that was loaded, and the dialect of its API. */
export interface OpenedApi {
  readonly loaded: Loaded;
  readonly document: JsonObject;
  readonly dialect: Dialect | undefined;
}

/** The part of an API that is to be read, where that is not all of it. */
export interface ApiPart {
  readonly surveyed: Surveyed;
  readonly read: ReadonlyMap<Source, OperationNames>;
  readonly leftOut: ReadonlyMap<Source, OperationNames>;
}

/**
 * Reads a document into the intermediate representation of its API: loads it, normalizes it, and
 * binds its batchable operations to their dialect. Diagnostics are collected, each with its place.
 * @returns undefined where the document cannot be used; where `diagnostics` failed later than that,
 * the API is there to look at, but nothing may be generated of it.
 */
export async function readApi(
  target: ReadTarget,
  diagnostics: Diagnostics,
  options: ReadApiOptions = {},
): Promise<ReadApi | undefined> {
  const opened = await openApi(target, diagnostics, options);
  return opened && describeApi(opened, target, diagnostics, options);
}

/** The first half of `readApi`: undefined where the document cannot be used. */
export async function openApi(
  target: ReadTarget,
  diagnostics: Diagnostics,
  { onStage, ...options }: ReadApiOptions = {},
): Promise<OpenedApi | undefined> {
  const time = stopwatch(onStage);
  const named = findDialect(target.dialect, diagnostics);
  const loaded = await time('load', () =>
    load(target.input, diagnostics, { ...loadOptions(target), ...options }),
  );
  if (!loaded) return undefined;
  diagnostics.locateBy(loaded);
  if (diagnostics.failed) return undefined;
  const document = objectOf(loaded.document);
  return { loaded, document, dialect: named ?? recognizeDialect(document) };
}

/** The second half of `readApi`. */
export async function describeApi(
  { loaded, document, dialect }: OpenedApi,
  target: ReadTarget,
  diagnostics: Diagnostics,
  { onStage }: Pick<ReadApiOptions, 'onStage'> = {},
  part?: ApiPart,
): Promise<ReadApi> {
  const time = stopwatch(onStage);
  const plain = await time('normalize', () =>
    part
      ? part.surveyed.read(part.read)
      : normalize(document, diagnostics, normalizeOptions(target, dialect)),
  );
  checkPagination(target.pagination, plain, diagnostics);
  const others = [
    ...loaded.excluded.map(excludedOf),
    ...[...(part?.leftOut ?? [])].map(([source, names]) => leftOutOf(source, names)),
  ];
  const api = await time('bind', () =>
    dialect ? bind(plain, document, dialect, bindOptions(target, others), diagnostics) : plain,
  );
  const hosts = furtherHosts(api, dialect, diagnostics);
  return { ...loaded, api, document, dialect, hosts };
}

function excludedOf({ method, path, operation }: ExcludedOperation): LeftOut {
  const declared = textOf(own(operation, 'operationId')).trim();
  // Methods beyond those of OpenAPI are kept as text; a list of batchable actions has none of them.
  return { id: declared, method: method as LeftOut['method'], route: path, doc: docOf(operation) };
}

function leftOutOf({ operation, item, method, route }: Source, { name }: OperationNames): LeftOut {
  const id = textOf(own(operation, 'operationId')).trim() || name;
  return { id, method, route, doc: docOfOperation(operation, item) };
}
