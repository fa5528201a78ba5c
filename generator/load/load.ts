import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { bundle } from './references/bundle.ts';
import { openApiDocument, type OpenApiDocument, type OpenApiVersion } from './openapi-document.ts';
import { explainSchemaErrors } from './validate/explain-schema-errors.ts';
import { isExternal, readExternal } from './references/external.ts';
import { detectVersion, type Version } from './detect-version.ts';
import { resolveIds } from './references/ids.ts';
import { inlineReferences } from './references/inline.ts';
import { checkLimits, reportDuplicates } from './check-limits.ts';
import { type Origin, SourceMap } from './source-map.ts';
import { type Parsed, parse } from './parse/parse.ts';
import { type OnSource, read, type Source, sourceName } from './read/read.ts';
import { decoded, type SourceText } from './read/decode.ts';
import { ReadError } from './read/read-error.ts';
import { resolveReferences } from './references/resolve.ts';
import { dropWrongTypes } from './drop-wrong-types.ts';
import { Problems } from './problems.ts';
import { checkRules } from './validate/rules.ts';
import { resolveServers } from './servers.ts';
import { shapeDocument, type ShapeOptions } from './shape/shape.ts';
import { selectOperations } from './shape/select-operations.ts';
import type { ExcludedOperation } from './shape/filter.ts';
import { isObject, type JsonObject, objectOf } from '../json/narrow.ts';
import { upgrade } from './upgrade/upgrade.ts';
import { schemaErrors } from './validate/validate.ts';
import { Workspace } from './workspace.ts';

export type { OpenApiDocument, OpenApiVersion } from './openapi-document.ts';

export interface LoadOptions {
  /** The document, where it was read before; by default it is read from its source. */
  readonly source?: Source | Promise<Source> | undefined;
  /** Where the document is read from when the source is `-`; by default the process's own. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Hosts (`example.com`, `localhost:8080`) that a `$ref` may lead to. */
  readonly allowRemoteRefs?: readonly string[] | undefined;
  /** Whether faults that leave the document usable are warnings. */
  readonly lenient?: boolean | undefined;
  /** What is changed of the document before it is used. */
  readonly shape?: ShapeOptions | undefined;
  /** A document that is valid: what is written the same is not validated again. */
  readonly valid?: Pick<Loaded, 'document' | 'version' | 'isUpgraded'> | undefined;
  /** Whether nothing needs to be found that leaves the document usable. */
  readonly onlyErrors?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each file, without bytes where it may not or cannot be read, without URL for standard input. */
  readonly onSource?: OnSource | undefined;
}

/** Where something is written: `pointer` is the place within `file`, as its author knows it. */
export type Location = Origin;

export interface Loaded {
  readonly document: OpenApiDocument;
  /** The document's name, for messages. */
  readonly source: string;
  /** Of `document`; an upgraded Swagger 2.0 document is 3.0. */
  readonly version: OpenApiVersion;
  /** Whether it was written for Swagger 2.0. */
  readonly isUpgraded?: boolean | undefined;
  /** Of its text, as it was read. */
  readonly textLength: number;
  /** What the user's choice took out of it. */
  readonly excluded: readonly ExcludedOperation[];
  /** Where what stands under a JSON pointer into `document` is written. */
  locate(pointer: string): Location | undefined;
}

/**
 * Reads an OpenAPI document (JSON or YAML; 3.0, 3.1, 3.2, or Swagger 2.0, which is upgraded) from a
 * path, a `file:` or `http(s):` URL, or standard input (`-`).
 * @returns undefined where the document cannot be used; `diagnostics` then says why.
 * @throws the reason of `options.signal`, where that stops it; nothing for any document.
 */
export async function load(
  source: string,
  diagnostics: Diagnostics,
  options: LoadOptions = {},
): Promise<Loaded | undefined> {
  const problems = new Problems(diagnostics, options.lenient ?? false);
  const file = await readFile(source, options, problems);
  const loaded = file && (await loadFile(file, options, problems));
  problems.close();
  return loaded;
}

/** The value that a document holds, as it is written; undefined where its text cannot be parsed. */
export function parseSource(source: Source): Promise<Parsed | undefined> {
  return parse(decoded(source), new Problems(new Diagnostics(), true));
}

async function readFile(
  source: string,
  options: LoadOptions,
  problems: Problems,
): Promise<Parsed | undefined> {
  try {
    return await parse(await readText(source, options), problems);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    problems.error(error.code, error.message, { file: sourceName(source), hint: error.hint });
    return undefined;
  }
}

/** A function of its own, so that nothing holds the bytes of a large document while it is parsed. */
async function readText(source: string, options: LoadOptions): Promise<SourceText> {
  const whole = await (options.source ?? read(source, options));
  options.onSource?.(whole.url, whole.bytes);
  return decoded(whole);
}

async function loadFile(
  file: Parsed,
  options: LoadOptions,
  problems: Problems,
): Promise<Loaded | undefined> {
  const sources = new SourceMap(file);
  problems.trace(sources);
  if (!(await shape(file, options, sources, problems))) return undefined;
  const detected = detectVersion(file.name, file.value, problems);
  if (detected === undefined) return undefined;
  const { document, version } = detected;
  const workspace = new Workspace({ document, version, sources, problems });

  if (!checkLimits(workspace, file.name)) return undefined;
  if (!isShaped(options) && !options.onlyErrors)
    reportDuplicates(file, workspace.contents.keys, problems);
  const selection = selectOperations(options.shape ?? {});
  selection.apply(workspace);
  resolveIds(workspace, file.url);
  await bundleExternal(workspace, file, options);
  if (!checkLimits(workspace, file.name)) return undefined;
  dropWrongTypes(workspace);
  selection.apply(workspace);
  resolveReferences(workspace);
  inlineReferences(workspace);
  selection.apply(workspace);
  selection.close(workspace, file.name);
  if (!checkLimits(workspace, file.name)) return undefined;
  dropWrongTypes(workspace);
  const valid = validPart(options, version);
  explainSchemaErrors(workspace, await schemaErrors(document, version, valid));
  checkRules(workspace);
  if (problems.failed) return undefined;

  const usable = version === '2.0' ? upgrade(workspace) : document;
  resolveServers(usable, file.url);
  return {
    document: openApiDocument(usable),
    source: file.name,
    version: version === '2.0' ? '3.0' : version,
    isUpgraded: version === '2.0',
    textLength: file.textLength,
    excluded: selection.excluded,
    locate: (pointer) => sources.locate(pointer),
  };
}

/** Nothing is known of what was upgraded, nor of another version. */
function validPart({ valid }: LoadOptions, version: Version): JsonObject | undefined {
  return valid && valid.version === version && valid.isUpgraded !== true
    ? objectOf(valid.document)
    : undefined;
}

function isShaped({ shape: { overlays = [], transform } = {} }: LoadOptions): boolean {
  return overlays.length > 0 || transform !== undefined;
}

/** Applies overlays and the transform. Tells whether the document can still be used. */
async function shape(
  file: Parsed,
  options: LoadOptions,
  sources: SourceMap,
  problems: Problems,
): Promise<boolean> {
  const { value } = file;
  if (!options.shape || !isShaped(options) || !isObject(value)) return true;
  // Nothing is known of the version yet, and the limits do not depend on it.
  const workspace = new Workspace({ document: value, version: '3.0', sources, problems });
  if (!checkLimits(workspace, file.name)) return false;
  reportDuplicates(file, workspace.contents.keys, problems);
  await shapeDocument({ ...file, value }, options.shape, sources, problems, options);
  return !problems.failed;
}

async function bundleExternal(
  workspace: Workspace,
  file: Parsed,
  { allowRemoteRefs: hosts = [], signal, onSource }: LoadOptions,
): Promise<void> {
  const { references } = workspace.contents;
  if (!references.some(isExternal)) return;
  const reading = { root: file.url, hosts, signal, onSource };
  bundle(workspace, await readExternal(file, references, reading, workspace.problems));
}
