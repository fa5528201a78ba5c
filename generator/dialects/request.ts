import type { OnError } from '../../templates/runtime/batch/protocol/protocol.ts';
import type { RequestDialect } from '../../templates/runtime/batch/request/request-protocol.ts';
import type { Operation, Param, Property, Type } from '../ir/ir.ts';
import type { Bound, Dialect } from './dialect.ts';
import type { ElementList, PlacePart } from '../ir/batch-binding.ts';

/** How a server takes batches that are one request: what a dialect of this kind says of itself. */
export type Batches = Omit<
  RequestDialect,
  'name' | 'wire' | 'reports' | 'scope' | 'atomic' | 'hooks' | 'requests'
>;

/** Everything about an API whose batch is one request that wraps others and is answered with their results. */
export interface RequestDefinition extends Omit<Dialect, 'runtime' | 'bind' | 'wire'> {
  readonly batches: Batches;
  /** Operations that cannot be batched although their method can, by operationId. */
  readonly except?: readonly string[] | undefined;
  /** A module below `src/` that exports hooks, and their name in it, where data is not enough. */
  readonly hooks?: { readonly module: string; readonly name: string } | undefined;
}

/**
 * The dialect of such an API. Every operation can be batched whose method an endpoint takes and that sends
 * and returns JSON or nothing, but for those named in `except` and those that need no credentials.
 */
export function requestDialect(definition: RequestDefinition): Dialect {
  const { batches, except = [], hooks, ...facts } = definition;
  const isBatchable = (operation: Operation): boolean =>
    !except.includes(operation.id) && fits(operation, batches);
  return {
    node: { module: 'journal/file-journal', exports: ['fileJournal'] },
    ...facts,
    runtime: { batches: complete(definition.name, batches), ...(hooks && { hooks }) },
    bind: (api) => {
      const operations = api.groups.flatMap((group) => group.operations);
      const types = new Map(api.types.map(({ name, type }) => [name, type]));
      return new Map(
        operations.filter(isBatchable).map((operation) => [
          operation,
          {
            ...bindingOf(definition.name, operation, operations, types),
            list: listOf(operation, operations, batches.lists, types),
            fence: fenceOf(operation, batches),
          },
        ]),
      );
    },
    wire: () => [
      ['method', 'method'],
      ['url', 'path'],
      ['query', 'query'],
      ['headers', 'headers'],
      ['body', 'body'],
    ],
  };
}

/** The descriptor as the run-time takes it: what follows from the rest is filled in. */
function complete(name: string, batches: Batches): Omit<RequestDialect, 'hooks'> {
  const rolls = rollsBack(batches.onError);
  return {
    name,
    wire: 'request',
    reports: rolls ? 'resultsOrRollback' : 'results',
    atomic: rolls,
    scope: scopeOf(batches),
    requests: 1,
    ...batches,
  };
}

export function rollsBack(onError: readonly OnError[]): boolean {
  return onError.includes('rollback');
}

/** The names in the paths of the endpoints: a run gives their values. */
function scopeOf({ endpoints }: Batches): readonly string[] {
  const names = endpoints.flatMap(({ path }) =>
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

function fits(operation: Operation, { endpoints }: Batches): boolean {
  const { method, route, authenticated, server, body, result, params } = operation;
  if (!authenticated || server || endpoints.some(({ path }) => path === route)) return false;
  if (body && !body.contents[0].encoding.startsWith('json')) return false;
  if (result.reading !== 'json' && result.reading !== 'none') return false;
  const endpoint = endpoints.find(({ methods }) => methods.includes(method));
  if (!endpoint) return false;
  const places = new Set(params.map((param) => param.in));
  return !places.has('cookie') && (endpoint.action.headers !== undefined || !places.has('header'));
}

function bindingOf(
  dialect: string,
  operation: Operation,
  operations: readonly Operation[],
  types: Types,
): Bound {
  const element = elementOf(operation, operations);
  return {
    dialect,
    summary: operation.doc.summary,
    creates: element !== undefined,
    at: element === undefined ? undefined : placeOf(operation, element, types),
  };
}

/** The parameter of a change that the server compares with the present state. */
function fenceOf({ method, params }: Operation, { endpoints }: Batches): string | undefined {
  const fence = endpoints.find(({ methods }) => methods.includes(method))?.fence;
  if (method === 'GET' || fence?.kind !== 'header') return undefined;
  const name = fence.name.toLowerCase();
  return params.find((param) => param.in === 'header' && param.name.toLowerCase() === name)?.key;
}

/** What an element of a collection adds to the collection's route, where a POST adds elements: `{name}`. */
function elementOf(
  { method, route }: Operation,
  operations: readonly Operation[],
): string | undefined {
  if (method !== 'POST') return undefined;
  return operations
    .filter((other) => other.route.startsWith(`${route}/`))
    .map((other) => other.route.slice(route.length + 1))
    .find((rest) => rest.includes('{') && !rest.includes('/'));
}

/** How a POST that adds an element takes several, where the body holds one member and that is the element. */
function listOf(
  operation: Operation,
  operations: readonly Operation[],
  suffix: string | undefined,
  types: Types,
): ElementList | undefined {
  const { body } = operation;
  if (suffix === undefined || !body?.required) return undefined;
  if (elementOf(operation, operations) === undefined) return undefined;
  const [element, ...others] = propertiesOf(body.type, types);
  if (!element?.required || others.length > 0 || element.name.endsWith(suffix)) return undefined;
  return { body: body.key, one: element.name, many: element.name + suffix };
}

/** Where an element will be, if the body holds whatever its route needs, under the same names. */
function placeOf(
  { path, body }: Operation,
  element: string,
  types: Types,
): readonly PlacePart[] | undefined {
  if (!body?.required || path.some((part) => typeof part === 'object' && !isPlain(part.param)))
    return undefined;
  const pieces = element.split(/\{([^{}]*)\}/);
  const homes = [
    { at: [body.key], type: body.type },
    ...propertiesOf(body.type, types)
      .filter(({ required }, _, all) => required && all.length === 1)
      .map(({ name, type }) => ({ at: [body.key, name], type })),
  ];
  for (const { at, type } of homes) {
    const known = new Set(
      propertiesOf(type, types).flatMap(({ name, required }) => (required ? [name] : [])),
    );
    const names = pieces.filter((_, index) => index % 2 === 1);
    if (!names.every((name) => known.has(name))) continue;
    const tail = pieces.map((piece, index) =>
      index % 2 === 0 ? piece : { member: [...at, piece] },
    );
    return [...path, '/', ...tail.filter((piece) => piece !== '')];
  }
  return undefined;
}

function isPlain({ shape, style }: Param): boolean {
  return shape === 'scalar' && style === 'simple';
}

/** Declared types by name. */
type Types = ReadonlyMap<string, Type>;

function propertiesOf(type: Type, types: Types): readonly Property[] {
  switch (type.kind) {
    case 'object':
      return type.properties;
    case 'intersection':
      return type.members.flatMap((member) => propertiesOf(member, types));
    case 'named': {
      const declared = types.get(type.name);
      return declared ? propertiesOf(declared, types) : [];
    }
    case 'scalar':
    case 'literals':
    case 'array':
    case 'stream':
    case 'tuple':
    case 'record':
    case 'union':
      return [];
  }
}
