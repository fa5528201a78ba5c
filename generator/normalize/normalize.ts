import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { pointer } from '../json/pointer.ts';
import type { ApiDescription, Group, Operation, ParamStyle } from '../ir/ir.ts';
import { cutRows } from './schemas/aliases.ts';
import { limitCombinations } from './schemas/combinations.ts';
import { breakCycles } from './schemas/cycles.ts';
import {
  camelCase,
  moduleNames,
  Names,
  pascalCase,
  predefinedTypes,
  reservedWords,
} from '../ir/names.ts';
import {
  madeUpId,
  type OperationNames,
  type ReadOperation,
  readOperation,
  type Source,
} from './operations/operation.ts';
import { typesOf } from '../ir/operation.ts';
import { detectPagination } from './operations/pagination/detect-pagination.ts';
import {
  compare,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../json/narrow.ts';
import { references } from './references.ts';
import { type Renames, renaming, type Renaming } from './renames.ts';
import { type Schemas, schemas } from './schemas/schema.ts';
import { operationsOf } from './operations/methods.ts';
import { sayXmlIsText } from './operations/say-xml-is-text.ts';
import { readSecurity } from './operations/security.ts';
import { readServers } from './operations/servers.ts';
import { share } from './schemas/extract-shared-types.ts';
import { differences } from './schemas/read-write-variants.ts';
import type { ValueTypes } from './schemas/context.ts';
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

/** Reads a whole document into the intermediate representation. What it cannot say becomes a diagnostic. */
export function normalize(
  source: object,
  diagnostics: Diagnostics,
  options: NormalizeOptions = {},
): ApiDescription {
  const document = objectOf(source);
  const found = references(document, diagnostics);
  const sources = readSources(document, diagnostics, (value, at) => found.follow(value, at).value);
  const renames = renaming(options.renames);
  const types = new Names({
    reserved: [...predefinedTypes, ...reservedWords],
    prefer: (name) => renames.of('types', name),
    onClaim: (name, wanted, given) => renames.got('types', name, wanted, given),
  });
  const functions = new Names({ reserved: reservedWords });
  const context = {
    references: found,
    diagnostics,
    isModern: /^3\.[1-9]/.test(textOf(own(document, 'openapi'))),
    queryStyle: options.queryStyle,
    inputNames: options.inputNames,
    schemas: schemas(
      found,
      document,
      types,
      differences(document, options.values ?? {}),
      options.values ?? {},
      diagnostics,
    ),
  };
  const groups = groupsOf(sources, document, renames);
  const security = readSecurity(document, sources, options, context);
  const facts = { security, servers: readServers(document) };
  const read = sources.map((source) =>
    readOperation(source, namesOf(source, groups, functions, types, renames), context, facts),
  );
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
  return {
    title: textOf(own(objectOf(own(document, 'info')), 'title')) || 'API',
    version: textOf(own(objectOf(own(document, 'info')), 'version')),
    description: textOf(own(objectOf(own(document, 'info')), 'description')),
    servers: facts.servers,
    auth: security.schemes,
    ...(security.usual && { security: security.usual }),
    groups: assemble(groups, shared.operations),
    types: [...named, ...shared.types].toSorted((a, b) => compare(a.name, b.name)),
    webhooks,
  };
}

function readSources(
  document: JsonObject,
  diagnostics: Diagnostics,
  follow: (value: unknown, at: string) => unknown,
): readonly Source[] {
  const found: Source[] = [];
  for (const [route, entry] of sortedEntries(own(document, 'paths'))) {
    if (!route.startsWith('/')) continue;
    const itemPointer = pointer('paths', route);
    const item = follow(entry, itemPointer);
    if (!isObject(item)) continue;
    for (const { method, operation, pointer: key } of operationsOf(
      item,
      itemPointer,
      diagnostics,
    )) {
      const declared = textOf(own(operation, 'operationId')).trim();
      if (declared === '')
        diagnostics.info(
          'operation/no-id',
          `${method} ${route} has no operationId; its name is made of method and path.`,
          { pointer: itemPointer + key },
        );
      const tag =
        listOf(own(operation, 'tags'))
          .map(textOf)
          .find((text) => text.trim() !== '') ?? '';
      found.push({
        id: declared === '' ? madeUpId(method, route) : declared,
        method,
        route,
        tag,
        operation,
        item,
        pointer: itemPointer + key,
        itemPointer,
      });
    }
  }
  return found;
}

interface GroupName {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** Tags that differ in nothing but case or punctuation are one group: they would be one file. */
function groupsOf(
  sources: readonly Source[],
  document: JsonObject,
  renames: Renaming,
): ReadonlyMap<string, GroupName> {
  const modules = new Names({ reserved: moduleNames, ignoreCase: true });
  const described = new Map(
    listOf(own(document, 'tags')).map((tag) => [
      textOf(objectOf(tag)['name']),
      textOf(objectOf(tag)['description']),
    ]),
  );
  const byKey = new Map<string, GroupName>();
  const byTag = new Map<string, GroupName>();
  for (const title of [...new Set(sources.map(({ tag }) => tag))].toSorted(compare)) {
    const wanted = (asWritten(renames.of('groups', title)) ?? camelCase(title)) || 'api';
    const key = wanted.toLowerCase();
    const group = byKey.get(key) ?? {
      name: modules.claim(wanted, `${wanted}Operations`),
      title: title === '' ? 'api' : title,
      description: described.get(title) ?? '',
    };
    if (!byKey.has(key)) renames.got('groups', title, wanted, group.name);
    byKey.set(key, group);
    byTag.set(title, group);
  }
  return byTag;
}

function namesOf(
  source: Source,
  groups: ReadonlyMap<string, GroupName>,
  functions: Names,
  types: Names,
  renames: Renaming,
): OperationNames {
  const group = groups.get(source.tag)?.name ?? 'api';
  const wanted =
    (asWritten(renames.of('operations', source.id)) ?? camelCase(source.id)) ||
    camelCase(madeUpId(source.method, source.route)) ||
    source.method.toLowerCase();
  const name = functions.claim(wanted, `${wanted}${pascalCase(group)}`);
  renames.got('operations', source.id, wanted, name);
  types.take(name);
  const typeName =
    [pascalCase(name) || name, `${pascalCase(name)}Operation`].find((stem) =>
      isFree(stem, types),
    ) ?? numbered(pascalCase(name), types);
  const own = typesOf(typeName);
  for (const each of Object.values(own)) types.take(each);
  return { name, typeName, types: own, group };
}

/** A name that a user chose, which is an identifier already where the configuration was checked. */
function asWritten(name: string | undefined): string | undefined {
  return name === undefined || /^[A-Za-z]\w*$/.test(name) ? name : camelCase(name);
}

function isFree(stem: string, types: Names): boolean {
  return Object.values(typesOf(stem)).every((name) => !types.has(name));
}

function numbered(stem: string, types: Names): string {
  for (let number = 2; ; number += 1)
    if (isFree(`${stem}${number}`, types)) return `${stem}${number}`;
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
