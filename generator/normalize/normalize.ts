import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { ApiDescription, Group, Operation, ParamStyle } from '../ir/ir.ts';
import { cutRows } from './schemas/aliases.ts';
import { limitCombinations } from './schemas/combinations.ts';
import { breakCycles } from './schemas/cycles.ts';
import {
  type ApiFacts,
  type OperationNames,
  type ReadOperation,
  readOperation,
  type Source,
} from './operations/operation.ts';
import { detectPagination } from './operations/pagination/detect-pagination.ts';
import { compare, type JsonObject, objectOf, own, textOf } from '../json/narrow.ts';
import { type GroupName, type Outline, outlineOf } from './outline.ts';
import type { ParamContext } from './operations/params.ts';
import type { Renames } from './renames.ts';
import { type Schemas, schemas } from './schemas/schema.ts';
import { sayXmlIsText } from './operations/say-xml-is-text.ts';
import { readSecurity } from './operations/security.ts';
import { readServers } from './operations/servers.ts';
import { share } from './schemas/extract-shared-types.ts';
import { differences } from './schemas/read-write-variants.ts';
import type { Direction, ValueTypes } from './schemas/context.ts';
import { readWebhooks } from './operations/webhooks.ts';
import type { PaginationOverride } from '../ir/pagination-override.ts';

export interface NormalizeOptions {
  /** How a query parameter that is not a scalar is written where the document does not say. */
  readonly queryStyle?: ParamStyle | undefined;
  /** What the input calls parameters, by their name on the wire. */
  readonly inputNames?: Readonly<Record<string, string>> | undefined;
  /** Beside the document's own security schemes, or in place of those of the same name. */
  readonly securitySchemes?: Readonly<Record<string, object>> | undefined;
  /** In place of the document's own `security`. */
  readonly security?: readonly object[] | undefined;
  readonly renames?: Renames | undefined;
  /** What values of some formats are in the client. */
  readonly values?: ValueTypes | undefined;
  /** By operationId; `false` says that an operation is no paged listing. */
  readonly pagination?: Readonly<Record<string, PaginationOverride | false>> | undefined;
  /** The same, as a dialect knows it of the operations that a document may have. */
  readonly knownPagination?: Readonly<Record<string, PaginationOverride | false>> | undefined;
}

/** A document that was looked over: it is known what it has, and nothing of it was read. */
export interface Surveyed {
  readonly outline: Outline;
  readonly facts: ApiFacts;
  /** Whether a schema is another type where it is sent than where it is received. */
  readonly differs: (pointer: string, direction: Direction) => boolean;
  /**
   * Reads the operations. Of `some` alone all that is said holds as if all were read, but for the names of
   * types that others share with them, and for `types`, where those are missing that others alone share.
   */
  read(some?: ReadonlyMap<Source, OperationNames>): ApiDescription;
}

/** Reads a whole document into the intermediate representation. What it cannot say becomes a diagnostic. */
export function normalize(
  source: object,
  diagnostics: Diagnostics,
  options: NormalizeOptions = {},
): ApiDescription {
  return survey(source, diagnostics, options).read();
}

/** Looks a document over, so that no more of it needs to be read than matters. */
export function survey(
  source: object,
  diagnostics: Diagnostics,
  options: NormalizeOptions = {},
): Surveyed {
  const document = objectOf(source);
  const outline = outlineOf(document, diagnostics, options.renames);
  const values = options.values ?? {};
  const differs = differences(document, values);
  const context = {
    references: outline.references,
    diagnostics,
    params: new Map(),
    isModern: /^3\.[1-9]/.test(textOf(own(document, 'openapi'))),
    queryStyle: options.queryStyle,
    inputNames: options.inputNames,
    schemas: schemas(outline.references, document, outline.types, differs, values, diagnostics),
  };
  const security = readSecurity(document, outline.sources, options, context);
  const facts = { security, servers: readServers(document) };
  const read = (some?: ReadonlyMap<Source, OperationNames>): ApiDescription => {
    const operations = some
      ? [...some].map(([one, names]) => readOperation(one, names, context, facts))
      : outline.sources.map((one) => readOperation(one, outline.claim(one), context, facts));
    return describe({ document, outline, facts, context, options }, operations, diagnostics);
  };
  return { outline, facts, differs, read };
}

interface Reading {
  readonly document: JsonObject;
  readonly outline: Outline;
  readonly facts: ApiFacts;
  readonly context: ParamContext;
  readonly options: NormalizeOptions;
}

function describe(
  { document, outline, facts, context, options }: Reading,
  read: readonly ReadOperation[],
  diagnostics: Diagnostics,
): ApiDescription {
  const { sources, types, groups, renames } = outline;
  sayXmlIsText(read, diagnostics);
  const paged = read.map((operation) =>
    withPagination(operation, context.schemas, options, diagnostics),
  );
  const webhooks = readWebhooks(document, sources, context, types);
  const { named, operations } = limitCombinations(
    {
      named: cutRows(breakCycles(context.schemas.named(), diagnostics), diagnostics),
      operations: paged,
    },
    diagnostics,
  );
  const shared = share(operations, types);
  renames.close(diagnostics);
  const { security, servers } = facts;
  return {
    title: textOf(own(objectOf(own(document, 'info')), 'title')) || 'API',
    version: textOf(own(objectOf(own(document, 'info')), 'version')),
    description: textOf(own(objectOf(own(document, 'info')), 'description')),
    servers,
    auth: security.schemes,
    ...(security.usual && { security: security.usual }),
    groups: assemble(groups, shared.operations),
    types: [...named, ...shared.types].toSorted((a, b) => compare(a.name, b.name)),
    webhooks,
  };
}

function withPagination(
  read: ReadOperation,
  types: Schemas,
  { pagination = {}, knownPagination = {} }: NormalizeOptions,
  diagnostics: Diagnostics,
): Operation {
  const { operation } = read;
  const { id } = operation;
  const isConfigured = Object.hasOwn(pagination, id);
  const known = Object.hasOwn(knownPagination, id) ? knownPagination[id] : undefined;
  let detected = detectPagination(read, types, isConfigured ? pagination[id] : known);
  if (detected && 'problem' in detected && !isConfigured)
    detected = detectPagination(read, types, undefined);
  if (!detected) return operation;
  if ('problem' in detected) {
    diagnostics.error('config/pagination', `\`${id}\` does not page: ${detected.problem}.`, {
      pointer: operation.pointer,
      hint: detected.hint,
    });
    return operation;
  }
  const { pagination: found, body } = detected;
  return { ...operation, pagination: found, result: { ...operation.result, type: body } };
}

function assemble(
  groups: ReadonlyMap<string, GroupName>,
  operations: readonly Operation[],
): readonly Group[] {
  const byGroup = groupBy(operations);
  const unique = new Map([...groups.values()].map((group) => [group.name, group]));
  return [...unique.values()]
    .toSorted((a, b) => compare(a.name, b.name))
    .map((group) => ({ ...group, operations: byGroup.get(group.name) ?? [] }));
}

function groupBy(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const list = groups.get(operation.group);
    if (list) list.push(operation);
    else groups.set(operation.group, [operation]);
  }
  return groups;
}
