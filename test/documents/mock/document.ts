import { type Extent, sample, type Schema } from './sample.ts';

/** The document as it was written, as far as calls are made of it. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Declared>>>>;
  readonly 'x-batchable-actions': readonly { readonly operation: string }[];
}

interface Declared {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation extends Declared {
  readonly method: string;
  readonly route: string;
}

export type Input = Readonly<Record<string, unknown>>;

/** An HTTP request, before its text. */
export interface Sent {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  /** Decoded, and sorted by name. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: unknown;
}

export function operationsOf({ paths }: Document): readonly Operation[] {
  return Object.entries(paths).flatMap(([route, item]) =>
    Object.entries(item).map(([method, declared]) => ({
      ...declared,
      method: method.toUpperCase(),
      route,
    })),
  );
}

/** How many inputs it takes to send each alternative of a parameter once. */
export function alternatives({ parameters = [] }: Operation): number {
  return Math.max(1, ...parameters.map(({ schema }) => schema.oneOf?.length ?? 1));
}

/** What the emitted function of an operation takes: parameters by their names, and `body`. */
export function inputOf(operation: Operation, extent: Extent, index = 0): Input {
  const { parameters = [], requestBody } = operation;
  const wanted = ({ required = false }: { readonly required?: boolean }): boolean =>
    required || extent === 'everything';
  const input = Object.fromEntries(
    parameters.filter(wanted).map(({ name, schema }) => [name, sample(schema, extent, index)]),
  );
  if (!requestBody || !wanted(requestBody)) return input;
  const [media] = Object.values(requestBody.content);
  return { ...input, body: sample(media?.schema ?? {}, extent, index) };
}

/** Whether a successful answer has a body. */
export function answers({ responses }: Operation): boolean {
  return Object.entries(responses).some(
    ([status, { content }]) => status.startsWith('2') && status !== '204' && content !== undefined,
  );
}

/** The request that an input stands for by the vendor's rules, whatever the generator makes of them. */
export function requestOf({ method, route, parameters = [] }: Operation, input: Input): Sent {
  return {
    method,
    path: route.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(input[name])),
    ),
    query: parameters
      .filter((parameter) => parameter.in === 'query' && parameter.name in input)
      .flatMap(({ name }) => pairs(name, input[name]))
      .toSorted(byName),
    body: input['body'],
  };
}

export function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `name[]=a` for each item of a list, `name[]key=a` if it is an object, `name[key]=a` for an object alone. */
function pairs(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value))
    return value.flatMap((item) => members(item, `${name}[]`, (key) => `${name}[]${key}`));
  return members(value, name, (key) => `${name}[${key}]`);
}

function members(
  value: unknown,
  plain: string,
  named: (key: string) => string,
): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[plain, String(value)]];
  return Object.entries(value).map(([key, item]) => [named(key), String(item)] as const);
}
