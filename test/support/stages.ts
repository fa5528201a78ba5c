import { bind } from '../../generator/bind.ts';
import { type Diagnostic, Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { normalizeOptions } from '../../generator/config/options.ts';
import { findDialect, recognizeDialect } from '../../generator/dialects/find.ts';
import { load } from '../../generator/load/load.ts';
import { normalize } from '../../generator/normalize/normalize.ts';
import { objectOf } from '../../generator/json/narrow.ts';
import { outputNames } from '../../generator/ir/package-names.ts';
import { packageRoot } from '../../generator/own-package.ts';
import { plan } from '../../generator/ir/modules.ts';
import { readRuntime, render } from '../../generator/runtime-files.ts';
import { templates } from '../../templates/index.ts';
import type { OutputFile } from '../../generator/template.ts';

export interface Printed {
  /** None where a diagnostic is an error. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PrintOptions {
  readonly lenient?: boolean | undefined;
  /** By default, what the document says. */
  readonly dialect?: string | undefined;
}

const runtime = readRuntime(new URL('templates/runtime/', packageRoot));

/** All stages but the last: nothing is written. The document is its bytes, its text, or a value for JSON. */
export async function print(document: unknown, options: PrintOptions = {}): Promise<Printed> {
  const isText = typeof document === 'string' || document instanceof Uint8Array;
  const stdin = (async function* () {
    yield Buffer.from(isText ? document : JSON.stringify(document));
  })();
  return printed('-', { lenient: true, ...options, stdin });
}

/** The same of a file, as strictly as is asked for. */
export function printFile(path: string, options: PrintOptions = {}): Promise<Printed> {
  return printed(path, options);
}

async function printed(
  source: string,
  { dialect: name, ...options }: PrintOptions & { readonly stdin?: AsyncIterable<Uint8Array> },
): Promise<Printed> {
  const diagnostics = new Diagnostics();
  const named = findDialect(name, diagnostics);
  const loaded = await load(source, diagnostics, options);
  if (!loaded || diagnostics.failed) return { files: [], diagnostics: diagnostics.list };
  const document = objectOf(loaded.document);
  const dialect = named ?? recognizeDialect(document);
  const plain = normalize(document, diagnostics, normalizeOptions({}, dialect));
  const api = dialect ? bind(plain, document, dialect, {}, diagnostics) : plain;
  if (diagnostics.failed) return { files: [], diagnostics: diagnostics.list };
  const isBatched = api.groups.some(({ operations }) => operations.some(({ batch }) => batch));
  const files = await render(templates, {
    api,
    plan: plan(api),
    output: outputNames({ input: source, output: '-' }, api),
    runtime: await runtime,
    dialect,
    batch: dialect && isBatched ? { dialect, options: {} } : undefined,
  });
  return { files, diagnostics: diagnostics.list };
}
