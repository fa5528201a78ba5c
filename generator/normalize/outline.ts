import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { pointer } from '../json/pointer.ts';
import {
  camelCase,
  moduleNames,
  Names,
  pascalCase,
  predefinedTypes,
  reservedWords,
} from '../ir/names.ts';
import { madeUpId, type OperationNames, type Source } from './operations/operation.ts';
import { typesOf } from '../ir/operation.ts';
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
import { type References, references } from './references.ts';
import { type Renames, renaming, type Renaming } from './renames.ts';
import { operationsOf } from './operations/methods.ts';

/** What a document has, before any of it is read. */
export interface Outline {
  readonly references: References;
  readonly sources: readonly Source[];
  readonly renames: Renaming;
  /** By tag. */
  readonly groups: ReadonlyMap<string, GroupName>;
  /** Names of declared types, of which each is claimed once. */
  readonly types: Names;
  /** Claims the names of an operation; the first of two gets the better one. */
  claim(source: Source): OperationNames;
}

export function outlineOf(
  document: JsonObject,
  diagnostics: Diagnostics,
  configured: Renames | undefined,
): Outline {
  const found = references(document, diagnostics);
  const sources = readSources(document, diagnostics, (value, at) => found.follow(value, at).value);
  const renames = renaming(configured);
  const types = new Names({
    reserved: [...predefinedTypes, ...reservedWords],
    prefer: (name) => renames.of('types', name),
    onClaim: (name, wanted, given) => renames.got('types', name, wanted, given),
  });
  const functions = new Names({ reserved: reservedWords });
  const groups = groupsOf(sources, document, renames);
  return {
    references: found,
    sources,
    renames,
    groups,
    types,
    claim: (source) => namesOf(source, groups, functions, types, renames),
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

export interface GroupName {
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
  const stem = pascalCase(name);
  for (let attempt = 0; ; attempt += 1) {
    const typeName =
      attempt === 0 ? stem || name : `${stem}${attempt === 1 ? 'Operation' : attempt}`;
    const own = typesOf(typeName);
    const all = Object.values(own);
    if (all.some((each) => types.has(each))) continue;
    for (const each of all) types.take(each);
    return { name, typeName, types: own, group };
  }
}

/** A name that a user chose, which is an identifier already where the configuration was checked. */
function asWritten(name: string | undefined): string | undefined {
  return name === undefined || /^[A-Za-z]\w*$/.test(name) ? name : camelCase(name);
}
