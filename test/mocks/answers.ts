import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Draft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { build, type Plugin } from 'esbuild';
import { load } from 'js-yaml';
import type { Target } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import type { Operation, Response } from '../../generator/ir/ir.ts';

/** How the answers of a document were found to be. */
export interface Verdict {
  readonly checked: number;
  /** Answers that ajv refuses by the document, or the emitted schema does. */
  readonly wrong: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Emitted {
  readonly mockAnswer: (name: string, answer: object, options: object) => Answer;
  readonly schemas: Readonly<Record<string, Schema>>;
}

interface Schema {
  readonly '~standard': { validate(value: unknown): { readonly issues?: readonly object[] } };
}

type Json = Readonly<Record<string, unknown>>;

/** Makes each documented answer of JSON, and lets ajv and the emitted schemas judge it. */
export async function judge(
  input: string,
  folder: string,
  target: Partial<Target> = {},
  options: object = {},
): Promise<Verdict> {
  const output = join(folder, 'client');
  const templates = ['msw', 'standard-schema'];
  const { api, diagnostics } = await generate({ ...target, input, output, templates });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!api || errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const { mockAnswer, schemas } = await bundled(output);
  const document = load(await readFile(input, 'utf8')) as Json;
  const ajv = validatorOf(document);
  const wrong: string[] = [];
  let checked = 0;
  for (const operation of api.groups.flatMap(({ operations }) => operations))
    for (const response of firstByStatus(operation)) {
      const place = `${operation.name} ${response.status}`;
      const { body } = mockAnswer(operation.name, { status: statusOf(response) }, options);
      checked += 1;
      const complaint = ajv(operation, response, body);
      if (complaint !== undefined) wrong.push(`${place}: ajv: ${complaint}`);
      const name = `${decapitalized(operation.types.response)}Schema`;
      const isResult = response.type === operation.result.type;
      const issues = isResult ? schemas[name]?.['~standard'].validate(body).issues : undefined;
      if (issues) wrong.push(`${place}: emitted: ${JSON.stringify(issues.slice(0, 2))}`);
    }
  return { checked, wrong };
}

/** The library itself is not needed for data. */
const withoutLibrary: Plugin = {
  name: 'without-library',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^msw\/http$/ }, () => ({ path: 'msw', namespace: 'none' }));
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: 'export class HttpHandler {}',
    }));
  },
};

async function bundled(output: string): Promise<Emitted> {
  const outfile = join(output, 'mocks.mjs');
  const contents = `export { mockAnswer } from './msw.js'; export * as schemas from './standard-schema.js';`;
  await build({
    stdin: { contents, resolveDir: join(output, 'src'), loader: 'ts' },
    plugins: [withoutLibrary],
    bundle: true,
    format: 'esm',
    outfile,
    logLevel: 'silent',
  });
  return import(pathToFileURL(outfile).href);
}

/** Of several media types the first is made. */
function firstByStatus({ responses }: Operation): readonly Response[] {
  return responses.filter(
    ({ status, reading }, index) =>
      responses.findIndex((one) => one.status === status) === index && reading === 'json',
  );
}

/** A status that the response answers; `default` is what no other is. */
function statusOf({ status }: Response): number {
  if (typeof status === 'number') return status;
  return status === 'default' ? 599 : Number(status[0]) * 100 + 98;
}

function decapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Judges a body by the schema that the document has for it: what is wrong, if anything is. */
function validatorOf(
  document: Json,
): (operation: Operation, response: Response, body: unknown) => string | undefined {
  const isOld = String(document['openapi']).startsWith('3.0');
  const settings = { strict: false, validateFormats: true, logger: false } as const;
  const ajv = isOld ? new Draft04.default(settings) : new Ajv2020(settings);
  addFormats.default(ajv as never);
  // Of JSON an object is left.
  const readable = asSchemas(document, isOld) as Record<string, unknown>;
  ajv.addSchema(isOld ? readable : { ...readable, $id: 'doc' }, 'doc');
  return (operation, { status, mediaType = '' }, body) => {
    const { pointer } = operation;
    const response = followed(document, `${pointer}/responses/${status}`);
    const schema = followed(document, `${response}/content/${escaped(mediaType)}`);
    if (at(document, `${schema}/schema`) === undefined) return undefined;
    const validate = ajv.compile({ $ref: `doc#${encodeURI(`${schema}/schema`)}` });
    return validate(body) ? undefined : ajv.errorsText(validate.errors).slice(0, 300);
  };
}

/** Members that are names, and not words of a schema. */
const namings: ReadonlySet<string> = new Set(
  'properties patternProperties definitions $defs dependentSchemas schemas responses paths content headers parameters requestBodies'.split(
    ' ',
  ),
);

/**
 * The document as JSON Schema: without what is for people, which may hold an `id`, and in OpenAPI 3.0
 * with `nullable` as another type. What is written only is asked of requests alone (3.0.4, 4.7.24.2).
 */
function asSchemas(value: unknown, isOld: boolean, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => asSchemas(item, isOld));
  if (typeof value !== 'object' || value === null) return value;
  if (!areNames && isOld && '$ref' in value && typeof value.$ref === 'string')
    return { $ref: value.$ref };
  const { nullable, ...others } = value as Json;
  const isLoose = isOld && !areNames && nullable === true && others['type'] === undefined;
  const entries = Object.entries(isLoose ? others : value).flatMap(([name, inner]) => {
    if (areNames) return [[name, asSchemas(inner, isOld)]];
    if (/^(examples?|default|x-.*|links|callbacks)$/.test(name)) return [];
    if (name === 'required' && Array.isArray(inner)) {
      const kept = inner.filter((one) => !isWriteOnly(others['properties'], String(one)));
      return kept.length > 0 ? [[name, kept]] : [];
    }
    if (name === 'enum' || name === 'const') return [[name, inner]];
    return [[name, asSchemas(inner, isOld, namings.has(name))]];
  });
  const made: unknown = Object.fromEntries(entries);
  return isLoose ? { anyOf: [made, { type: 'null' }] } : made;
}

function isWriteOnly(properties: unknown, name: string): boolean {
  const property: unknown = Object(properties)[name];
  return (
    typeof property === 'object' &&
    property !== null &&
    'writeOnly' in property &&
    property.writeOnly === true
  );
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, unknown>>)[part]
          : undefined,
      document,
    );
}

/** The pointer behind references. */
function followed(document: unknown, pointer: string): string {
  const value = at(document, pointer);
  const reference =
    typeof value === 'object' && value !== null ? (value as Json)['$ref'] : undefined;
  return typeof reference === 'string'
    ? followed(document, decodeURI(reference.slice(1)))
    : pointer;
}
