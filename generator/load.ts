import type { Diagnostics } from './diagnostics.ts';
import { bundle } from './load/bundle.ts';
import type { OpenApiDocument, OpenApiVersion } from './load/document.ts';
import { explain } from './load/explain.ts';
import { isExternal, readExternal } from './load/external.ts';
import { identify } from './load/identify.ts';
import { localizeIds } from './load/ids.ts';
import { inlineReferences } from './load/inline.ts';
import { Origins } from './load/origins.ts';
import { parse } from './load/parse.ts';
import { read, ReadError, type Source } from './load/read.ts';
import { settleReferences } from './load/references.ts';
import { Report } from './load/report.ts';
import { checkRules } from './load/rules.ts';
import { shapes } from './load/structure.ts';
import { survey } from './load/survey.ts';
import { upgrade } from './load/upgrade.ts';
import { schemaErrors } from './load/validate.ts';
import { maxDepth } from './load/limits.ts';
import { pointer as pointerTo } from './diagnostics.ts';

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
  const report = new Report(diagnostics, options.lenient ?? false);
  const loaded = await loadReported(source, report, options);
  report.close();
  return report.failed ? undefined : loaded;
}

async function loadReported(
  source: string,
  report: Report,
  options: LoadOptions,
): Promise<Loaded | undefined> {
  const found = await readReported(source, report, options);
  const file = found && parse(found, report);
  if (file === undefined) return undefined;
  const origins = new Origins(file);
  report.trace(origins);

  const identified = identify(file.name, file.value, report);
  if (identified === undefined) return undefined;
  const { document, version } = identified;

  let contents = survey(document, shapes.document);
  if (contents.tooDeep !== undefined) {
    report.error('load/too-deep', `${file.name} is nested more than ${maxDepth} deep.`, {
      pointer: contents.tooDeep,
    });
    return undefined;
  }
  if (file.duplicates(contents.keys)) {
    for (const { path, offset } of file.positions.duplicates) {
      report.warning('load/duplicate-key', `This key stands twice here; only the last counts.`, {
        file: file.name,
        pointer: pointerTo(...path),
        ...file.positions.at(offset),
      });
    }
  }
  localizeIds(document, contents, file.url?.href);
  if (contents.references.some(isExternal)) {
    const external = await readExternal(
      file,
      contents.references,
      { root: file.url, hosts: options.allowRemoteRefs ?? [], signal: options.signal },
      report,
    );
    bundle(document, version, external, origins);
    contents = survey(document, shapes.document);
  }
  settleReferences(document, contents, report);
  inlineReferences(document, version, origins, report);
  explain(document, await schemaErrors(document, version), version, report);
  checkRules(document, version, report);

  return {
    document: (version === '2.0' ? upgrade(document) : document) as unknown as OpenApiDocument,
    source: file.name,
    version: version === '2.0' ? '3.0' : version,
    locate: (p) => origins.locate(p),
  };
}

async function readReported(
  source: string,
  report: Report,
  options: LoadOptions,
): Promise<Source | undefined> {
  try {
    return await read(source, options);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    report.error(error.code, error.message, { hint: error.hint });
    return undefined;
  }
}
