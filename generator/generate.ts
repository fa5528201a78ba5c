import { templates as standardTemplates } from '../templates/index.ts';
import { bind } from './bind.ts';
import { normalizeOptions } from './config/options.ts';
import { checkPagination } from './config/pagination.ts';
import { loadTemplates } from './config/templates.ts';
import type { Target } from './config/config.ts';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostics.ts';
import { findDialect, recognizeDialect } from './dialects/find.ts';
import type { Api } from './ir/ir.ts';
import { load } from './load/load.ts';
import { normalize } from './normalize/normalize.ts';
import { objectOf } from './json/narrow.ts';
import { outputNames } from './ir/package-names.ts';
import { packageRoot } from './own-package.ts';
import { place } from './place.ts';
import { plan } from './ir/modules.ts';
import { readRuntime, render } from './runtime-files.ts';
import { stopwatch } from './stopwatch.ts';
import { write, type WriteOptions, type WriteSummary } from './write/write.ts';

/** The stages of a generation, in their order. */
export type Stage = 'load' | 'normalize' | 'bind' | 'print' | 'write';

export interface GenerateOptions extends WriteOptions {
  /** Called after each stage with the milliseconds that it took. */
  readonly onStage?: ((stage: Stage, milliseconds: number) => void) | undefined;
}

/** What a generation came to. It failed where a diagnostic is an error; nothing is written then. */
export interface Generated {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where the document cannot be used. */
  readonly api?: Api | undefined;
  /** Absent where the generation did not come to writing. */
  readonly files?: WriteSummary | undefined;
}

/**
 * Reads a document, and makes the output folder hold the package that is generated of it. Relative
 * paths start from the working directory. Rejects only where batchwright itself is at fault.
 */
export async function generate(target: Target, options: GenerateOptions = {}): Promise<Generated> {
  const diagnostics = new Diagnostics();
  const time = stopwatch(options.onStage);

  const named = findDialect(target.dialect, diagnostics);
  const [loaded, runtime, templates] = await time('load', () =>
    Promise.all([
      load(target.input, diagnostics, target),
      readRuntime(new URL('templates/runtime/', packageRoot)),
      loadTemplates(target, process.cwd(), diagnostics),
    ]),
  );
  if (!loaded || diagnostics.failed) return { diagnostics: place(diagnostics.list, loaded) };

  const document = objectOf(loaded.document);
  const dialect = named ?? recognizeDialect(document);
  const plain = await time('normalize', () =>
    normalize(document, diagnostics, normalizeOptions(target, dialect)),
  );
  checkPagination(target.pagination, plain, diagnostics);
  const api = await time('bind', () =>
    dialect ? bind(plain, document, dialect, target, diagnostics) : plain,
  );
  if (diagnostics.failed) return { api, diagnostics: place(diagnostics.list, loaded) };

  const files = await time('print', () =>
    render([...standardTemplates, ...templates], {
      api,
      plan: plan(api),
      output: outputNames(target, api),
      runtime,
      dialect,
      batch: dialect && hasBatches(api) ? { dialect, options: target } : undefined,
    }),
  );
  if (diagnostics.failed) return { api, diagnostics: place(diagnostics.list, loaded) };

  const summary = await time('write', () => write(target.output, files, options, diagnostics));
  return { api, files: summary, diagnostics: place(diagnostics.list, loaded) };
}

function hasBatches(api: Api): boolean {
  return api.groups.some(({ operations }) => operations.some(({ batch }) => batch !== undefined));
}
