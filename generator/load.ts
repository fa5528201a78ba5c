import type { Diagnostics } from './diagnostics.ts';
import {
  isObject,
  type JsonObject,
  type OpenApiDocument,
  type OpenApiVersion,
} from './load/document.ts';
import { parse } from './load/parse.ts';
import { read, ReadError, type Source } from './load/read.ts';
import { upgrade } from './load/upgrade.ts';

export type { OpenApiDocument, OpenApiVersion } from './load/document.ts';

export interface LoadOptions {
  /** Where the document is read from when the source is `-`; by default the process's own. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Hosts (`example.com`, `localhost:8080`) that a `$ref` may lead to. */
  readonly allowRemoteRefs?: readonly string[] | undefined;
  /** Whether faults that leave the document usable are warnings. */
  readonly lenient?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Location {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

export interface Loaded {
  readonly document: OpenApiDocument;
  /** The document's name, for messages. */
  readonly source: string;
  /** Of `document`; an upgraded Swagger 2.0 document is 3.0. */
  readonly version: OpenApiVersion;
  /** Where the value under a JSON pointer into `document` is written. */
  locate(pointer: string): Location | undefined;
}

/**
 * Reads an OpenAPI document (JSON or YAML; 3.0, 3.1, 3.2, or Swagger 2.0, which is upgraded) from a
 * path, a `file:` or `http(s):` URL, or standard input (`-`).
 * @returns undefined where the document cannot be used; `diagnostics` then says why.
 */
export async function load(
  source: string,
  diagnostics: Diagnostics,
  options: LoadOptions = {},
): Promise<Loaded | undefined> {
  const found = await readOrReport(source, diagnostics, options);
  if (found === undefined) return undefined;
  const parsed = parse(found, diagnostics);
  if (parsed === undefined) return undefined;
  if (!isObject(parsed.value)) {
    diagnostics.error('load/not-openapi', `${found.name} is not an OpenAPI document.`);
    return undefined;
  }
  const document = parsed.value['swagger'] === '2.0' ? upgrade(parsed.value) : parsed.value;
  const version = versionOf(document);
  if (version === undefined) {
    diagnostics.error('load/unsupported-version', `${found.name} has no supported version.`);
    return undefined;
  }
  return {
    document: document as unknown as OpenApiDocument,
    source: found.name,
    version,
    locate: () => undefined,
  };
}

function versionOf(document: JsonObject): OpenApiVersion | undefined {
  const version = document['openapi'];
  if (typeof version !== 'string') return undefined;
  const minor = /^(3\.[012])(?:\.|$)/.exec(version)?.[1];
  return minor as OpenApiVersion | undefined;
}

async function readOrReport(
  source: string,
  diagnostics: Diagnostics,
  options: LoadOptions,
): Promise<Source | undefined> {
  try {
    return await read(source, options);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    diagnostics.error(error.code, error.message, { file: source, hint: error.hint });
    return undefined;
  }
}
