import type { Api } from '../../generator/ir/api.ts';
import type { Batching } from '../../generator/ir/batch.ts';
import { printModule, type SourceFile } from '../../generator/print/code.ts';
import { enumObject } from '../../generator/print/enum-object.ts';
import { visible } from '../../generator/print/text.ts';
import { declaration } from '../../generator/print/types.ts';
import { describeOperation, rowOf } from './describe-operation.ts';
import {
  type BatchingData,
  chunkSize,
  type ExplorerIndex,
  type OperationDetail,
  type RegExpData,
} from './explorer-data.ts';

/** An API as the page holds it: an index, and what is read when a reader opens it. */
export interface ExplorerData {
  readonly index: ExplorerIndex;
  readonly operations: readonly (readonly OperationDetail[])[];
  /** The declarations of types, in the order of the index. */
  readonly types: readonly (readonly string[])[];
}

/** Describes an API for its page. */
export function describeApi(api: Api): ExplorerData {
  const details = api.groups.flatMap(({ name, operations }) =>
    printed(api, name, (file) => operations.map((each) => describeOperation(each, api, file))),
  );
  const declared = [
    ...api.types,
    ...api.webhooks.map(({ typeName, body, doc }) => ({ name: typeName, type: body, doc })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const types = printed(api, 'types', (file) =>
    declared.map((one) => enumObject(one) + declaration(one.name, one.type, one.doc, file)),
  );
  return {
    index: {
      ...introductionOf(api),
      types: declared.map(({ name }) => name),
      batching: api.batch && batchingData(api.batch),
    },
    operations: chunks(details),
    types: chunks(types),
  };
}

/** What a module of the package would hold, without its imports: the page leads to names by links. */
function printed<T>(
  { modules }: Api,
  module: string,
  print: (file: SourceFile) => readonly T[],
): readonly T[] {
  let result: readonly T[] = [];
  printModule({ module, modules }, (file) => {
    result = print(file);
    return '';
  });
  return result;
}

function introductionOf(api: Api): Omit<ExplorerIndex, 'types' | 'batching'> {
  const { title, version, description, client, groups } = api;
  return {
    title: visible(title),
    version: visible(version),
    description: visible(description),
    packageName: api.package.name,
    baseUrl: visible(client.baseUrl?.default ?? ''),
    facts: factsOf(api),
    groups: groups.map((group) => ({
      name: group.name,
      title: visible(group.title),
      description: visible(group.description),
      count: group.operations.length,
    })),
    operations: groups.flatMap(({ operations }) => operations.map(rowOf)),
  };
}

function factsOf({ client, batch }: Api): readonly string[] {
  const { credentials, rateLimit, allowedHosts } = client;
  return [
    ...credentials.map(({ option, description, required }) =>
      visible(
        `Credential ${option}${required ? '' : ' (optional)'}${description === '' ? '' : `: ${description}`}`,
      ),
    ),
    ...(rateLimit
      ? [
          `At most ${rateLimit.perSecond} requests a second${rateLimit.key === undefined ? '' : ', counted apart by a part of the path'}.`,
        ]
      : []),
    ...(allowedHosts.length > 0
      ? [`Page links and redirects may lead to ${allowedHosts.join(', ')}.`]
      : []),
    ...(batch ? [`Batches of the dialect ${batch.dialect}.`, ...limitsOf(batch)] : []),
  ];
}

/** The numbers among a dialect's limits, each under its name: `limits.actions.async: 100`. */
function limitsOf({ descriptor }: Batching): readonly string[] {
  const numbers = (value: unknown, path: readonly string[]): readonly string[] => {
    if (typeof value === 'number') return [`${path.join('.')}: ${value}`];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, part]) => numbers(part, [...path, name]));
  };
  return numbers(descriptor.value['limits'], ['limits']);
}

function chunks<T>(list: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / chunkSize);
  return Array.from({ length: count }, (_, at) => list.slice(at * chunkSize, (at + 1) * chunkSize));
}

function batchingData(batch: Batching): BatchingData {
  const hooks = batch.kind === 'request' ? batch.hooks : undefined;
  return {
    kind: batch.kind,
    dialect: asJson(batch.descriptor.value),
    hasAxapiHooks: hooks?.module === 'runtime/batch/request/axapi',
  };
}

function asJson(value: unknown): unknown {
  if (value instanceof RegExp) {
    return { regExp: [value.source, value.flags] } satisfies RegExpData;
  }
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asJson(part)]));
}
