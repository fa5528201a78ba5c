import { type Diagnostic, Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { packageRoot } from '../../generator/own-package.ts';
import type { Target } from '../../generator/config/config.ts';
import { complete } from '../../generator/complete/complete.ts';
import { readApi } from '../../generator/read-api.ts';
import { readRuntime } from '../../generator/runtime.ts';
import { render } from '../../generator/runtime-files.ts';
import { knownTemplates } from '../../templates/index.ts';
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
  readonly dates?: Target['dates'];
  readonly int64?: Target['int64'];
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
  input: string,
  { stdin, ...options }: PrintOptions & { readonly stdin?: AsyncIterable<Uint8Array> },
): Promise<Printed> {
  const diagnostics = new Diagnostics();
  const read = await readApi({ input, ...options }, diagnostics, { stdin });
  if (!read || diagnostics.failed) return { files: [], diagnostics: diagnostics.list };
  const { api, dialect } = read;
  const files = await render(knownTemplates.standard, complete(api, {}, dialect), await runtime);
  return { files, diagnostics: diagnostics.list };
}
