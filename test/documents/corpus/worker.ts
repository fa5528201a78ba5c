import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { complete } from '../../../generator/complete/complete.ts';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { load } from '../../../generator/load/load.ts';
import { normalize } from '../../../generator/normalize/normalize.ts';
import { methods } from '../../../generator/normalize/operations/methods.ts';
import { objectOf } from '../../../generator/json/narrow.ts';
import { packageRoot } from '../../../generator/own-package.ts';
import { readRuntime } from '../../../generator/runtime.ts';
import { render } from '../../../generator/runtime-files.ts';
import { knownTemplates } from '../../../templates/index.ts';
import type { Result } from './result.ts';

/** What the parent asks for: the package of one document, in `output`. */
export interface Job {
  readonly path: string;
  readonly file: string;
  readonly output: string;
}

/** `outcome` is `clean` until TypeScript has looked at it. */
export interface Emitted extends Result {
  /** The text that was emitted, in bytes. */
  readonly size: number;
}

const runtime = readRuntime(new URL('templates/runtime/', packageRoot));

process.on('message', (job: Job) => {
  void emit(job).then((emitted) => process.send?.(emitted));
});

/** Emits a document, leniently where it is refused otherwise. */
async function emit(job: Job): Promise<Emitted> {
  const strict = await emitOnce(job, false);
  if (strict.outcome !== 'refused') return strict;
  const lenient = await emitOnce(job, true);
  if (lenient.outcome !== 'clean') return lenient;
  return { ...lenient, outcome: 'lenient', faults: strict.errors ?? [] };
}

async function emitOnce(job: Job, lenient: boolean): Promise<Emitted> {
  const start = performance.now();
  const diagnostics = new Diagnostics();
  const result = (
    found: Omit<Emitted, 'path' | 'milliseconds' | 'codes' | 'size'> & { readonly size?: number },
  ): Emitted => ({
    path: job.path,
    size: 0,
    milliseconds: Math.round(performance.now() - start),
    codes: tally(diagnostics.list.map(({ code }) => code)),
    ...found,
  });
  try {
    const loaded = await load(job.file, diagnostics, { lenient });
    const document = objectOf(loaded?.document);
    const api = loaded && normalize(document, diagnostics);
    const errors = diagnostics.list
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, pointer }) => `${code} ${message}${pointer ? ` At ${pointer}` : ''}`);
    if (!api || errors.length > 0)
      return result({
        outcome: errors.length > 0 ? 'refused' : 'crash',
        errors: errors.slice(0, 20),
      });
    const files = await render(
      knownTemplates.standard,
      complete(api, {}, undefined),
      await runtime,
    );
    const operations = api.groups.flatMap((group) => group.operations);
    const done = result({
      outcome: 'clean',
      declared: declaredOperations(document),
      operations: operations.length,
      types: api.types.length,
      paged: operations.filter(({ pagination }) => pagination).length,
      size: files.reduce((sum, { text }) => sum + text.length, 0),
    });
    for (const { path, text } of files) {
      await mkdir(dirname(join(job.output, path)), { recursive: true });
      await writeFile(join(job.output, path), text);
    }
    return done;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ outcome: 'crash', errors: [text.split('\n').slice(0, 4).join(' ')] });
  }
}

function declaredOperations(document: object): number {
  return Object.values(objectOf(objectOf(document)['paths'])).reduce<number>(
    (sum, item) => sum + methods.filter(([key]) => Object.hasOwn(objectOf(item), key)).length,
    0,
  );
}

function tally(list: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of list) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}
