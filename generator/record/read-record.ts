import { hash } from 'node:crypto';
import { checkConfig } from '../config/check.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { JsonObject } from '../json/narrow.ts';
import type { Source } from '../load/read/read.ts';
import { parseFacts } from '../write/manifest.ts';
import type { FormerFacts } from '../write/summary.ts';
import { unpack } from './pack.ts';
import type { RememberedOptions } from './record.ts';

/** The API that a package was generated of. */
export interface RememberedApi {
  /** With which it was read. */
  readonly options: RememberedOptions;
  readonly source: Source;
}

/**
 * The API that the record of a package holds. A record comes from a repository: what is in it is
 * read like any document. Undefined where there is none that can be used; `diagnostics` then says why.
 */
export async function readRecordedApi(
  record: string,
  name: string,
  diagnostics: Diagnostics,
): Promise<RememberedApi | undefined> {
  const api = parseFacts(record)?.api;
  if (api) return readRememberedApi(api, name, diagnostics);
  return refuse('The package does not record its document.', name, diagnostics);
}

/** The same, where the record was read before. */
export async function readRememberedApi(
  { digest, options, document }: NonNullable<FormerFacts['api']>,
  name: string,
  diagnostics: Diagnostics,
): Promise<RememberedApi | undefined> {
  if (document === '')
    return refuse('The package does not record its document.', name, diagnostics);
  const bytes = await unpack(document);
  if (!bytes || hash('sha256', bytes, 'hex') !== digest)
    return refuse('The document in the record of the package is damaged.', name, diagnostics);
  const known = checkOptions(options);
  if (!known)
    return refuse('The options in the record of the package are damaged.', name, diagnostics);
  return { options: known, source: { name, bytes } };
}

function refuse(message: string, file: string, diagnostics: Diagnostics): undefined {
  diagnostics.error('diff/record', message, {
    file,
    hint: 'Generate it again; to compare with an older one, name its document: git:REV:path.',
  });
}

function checkOptions(options: JsonObject): RememberedOptions | undefined {
  const target = { ...options, input: '-', output: '-' };
  const config = checkConfig({ targets: { target } }, '', new Diagnostics());
  // It has just been checked.
  return config && (options as RememberedOptions);
}
