import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { bundle } from './references/bundle.ts';
import type { OpenApiDocument, OpenApiVersion } from './document.ts';
import { explain } from './validate/explain.ts';
import { isExternal, readExternal } from './references/external.ts';
import { identify } from './detect-version.ts';
import { localizeIds } from './references/ids.ts';
import { inlineReferences } from './references/inline.ts';
import { isReadable, reportDuplicates } from './check-limits.ts';
import { type Origin, Origins } from './source-map.ts';
import { type Parsed, parse } from './parse/parse.ts';
import { read, ReadError, sourceName } from './read/read.ts';
import { settleReferences } from './references/resolve.ts';
import { repair } from './drop-wrong-types.ts';
import { Report } from './problems.ts';
import { checkRules } from './validate/rules.ts';
import { resolveServers } from './servers.ts';
import { shapes } from './structure.ts';
import { survey } from './scan.ts';
import { upgrade } from './upgrade/upgrade.ts';
import { schemaErrors } from './validate/validate.ts';

export type { OpenApiDocument, OpenApiVersion } from './document.ts';

export interface LoadOptions {
  /** Where the document is read from when the source is `-`; by default the process's own. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Hosts (`example.com`, `localhost:8080`) that a `$ref` may lead to. */
  readonly allowRemoteRefs?: readonly string[] | undefined;
  /** Whether faults that leave the document usable are warnings. */
  readonly lenient?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where something is written: `pointer` is the place within `file`, as its author knows it. */
export type Location = Origin;

export interface Loaded {
  readonly document: OpenApiDocument;
  /** The document's name, for messages. */
  readonly source: string;
  /** Of `document`; an upgraded Swagger 2.0 document is 3.0. */
  readonly version: OpenApiVersion;
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
  const report = new Report(diagnostics, options.lenient ?? false);
  const file = await readFile(source, options, report);
  const loaded = file && (await loadFile(file, options, report));
  report.close();
  return loaded;
}

async function readFile(
  source: string,
  options: LoadOptions,
  report: Report,
): Promise<Parsed | undefined> {
  try {
    return await parse(await read(source, options), report);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    report.error(error.code, error.message, { file: sourceName(source), hint: error.hint });
    return undefined;
  }
}

async function loadFile(
  file: Parsed,
  options: LoadOptions,
  report: Report,
): Promise<Loaded | undefined> {
  const origins = new Origins(file);
  report.trace(origins);
  const identified = identify(file.name, file.value, report);
  if (identified === undefined) return undefined;
  const { document, version } = identified;

  let contents = survey(document, shapes.document);
  if (!isReadable(file, contents, report)) return undefined;
  reportDuplicates(file, contents.keys, report);

  localizeIds(document, contents, file.url?.href);
  if (contents.references.some(isExternal)) {
    const { allowRemoteRefs: hosts = [], signal } = options;
    const permission = { root: file.url, hosts, signal };
    const external = await readExternal(file, contents.references, permission, report);
    bundle(document, version, external, origins);
    contents = survey(document, shapes.document);
    if (!isReadable(file, contents, report)) return undefined;
  }
  repair(document, contents.misfits, version, report);
  contents = settleReferences(document, contents, version, report);
  const whole = inlineReferences(document, contents, version, origins, report);
  if (whole !== contents) {
    if (!isReadable(file, whole, report)) return undefined;
    repair(document, whole.misfits, version, report);
  }
  explain(document, await schemaErrors(document, version), version, report);
  checkRules(document, version, report);
  if (report.failed) return undefined;

  const usable = version === '2.0' ? upgrade(document, origins, report) : document;
  resolveServers(usable, file.url);
  return {
    // The stages above made sure of it, as far as later stages rely on it.
    document: usable as unknown as OpenApiDocument,
    source: file.name,
    version: version === '2.0' ? '3.0' : version,
    locate: (pointer) => origins.locate(pointer),
  };
}
