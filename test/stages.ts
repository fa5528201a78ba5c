import { bind } from '../../generator/bind.ts';
import { type Diagnostic, Diagnostics } from '../../generator/diagnostics.ts';
import type { Dialect } from '../../generator/dialects/dialect.ts';
import { load } from '../../generator/load.ts';
import { normalize } from '../../generator/normalize/document.ts';
import { outputNames } from '../../generator/output-names.ts';
import { packageRoot } from '../../generator/own-package.ts';
import { plan } from '../../generator/plan.ts';
import { readRuntime, render } from '../../generator/render.ts';
import { templates } from '../../templates/index.ts';
import type { OutputFile } from '../../templates/template.ts';

export interface Printed {
  /** None where a diagnostic is an error. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

const runtime = readRuntime(new URL('templates/runtime/', packageRoot));

/** All stages but the last: nothing is written. */
export async function print(document: object, dialect?: Dialect): Promise<Printed> {
  const diagnostics = new Diagnostics();
  const stdin = (async function* () {
    yield Buffer.from(JSON.stringify(document));
  })();
  const loaded = await load('-', diagnostics, { stdin, lenient: true });
  const source = loaded && normalize(loaded.document, diagnostics);
  const api = source && dialect ? bind(source, document, dialect, {}, diagnostics) : source;
  if (!api || diagnostics.failed) return { files: [], diagnostics: diagnostics.list };
  const files = await render(templates, {
    api,
    plan: plan(api),
    output: outputNames({ input: '-', output: '-' }, api),
    runtime: await runtime,
    dialect,
    batch: dialect && { dialect, options: {} },
  });
  return { files, diagnostics: diagnostics.list };
}
