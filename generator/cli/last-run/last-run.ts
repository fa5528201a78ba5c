import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Target } from '../../config/config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostics.ts';
import { isIntact, recordedOutput, type RecordedOutput } from '../../write/intact.ts';
import type { WriteSummary } from '../../write/summary.ts';
import { forgetOldest, ignoreSystemError, privateFolder } from '../cache-folder.ts';
import type { Counts } from '../counts.ts';
import { ownCode } from './own-code.ts';
import { isSame, type SourceFile } from './source-files.ts';

/** A run that went well, as it is reported again while nothing changes. */
export interface LastRun {
  readonly counts: Counts;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a run is reported: one that shows everything needs the diagnostics that others leave out. */
export type Shown = 'usual' | 'everything';

interface Entry extends LastRun {
  readonly shown: Shown;
  readonly sources: readonly SourceFile[];
  readonly output: RecordedOutput;
}

/**
 * What is known of an output from the last run of this user. It is in a folder of this user alone
 * and not in the record beside the output: who changes a generated file in a repository can change
 * its record too, and `--check` must see that.
 */
export class Memory {
  readonly #target: Target;
  readonly #file: string | undefined;

  constructor(target: Target, environment: NodeJS.ProcessEnv = process.env) {
    this.#target = target;
    this.#file = isData(target) ? entryFile(target, environment) : undefined;
  }

  /** The last run, if all that it read is unchanged, and so is all that it wrote. */
  recall(shown: Shown): (LastRun & { readonly files: WriteSummary }) | undefined {
    const entry = this.#read();
    if (!entry || (entry.shown !== shown && shown === 'everything')) return undefined;
    if (!entry.sources.every(isSame)) return undefined;
    if (!this.#isIntact(entry.output)) return undefined;
    const { counts, diagnostics, output } = entry;
    const none = { created: [], changed: [], removed: [], kept: [] };
    const unchanged = output.files.map(([path]) => path);
    return { counts, diagnostics, files: { ...none, unchanged } };
  }

  /** Remembers a run that has read `sources` and left the output as it should be. */
  remember(run: LastRun, shown: Shown, sources: readonly SourceFile[]): void {
    if (this.#file === undefined) return;
    // That the files are those of the record is seen when the run is recalled.
    const output = recordedOutput(resolve(this.#target.output));
    if (output === undefined) return;
    const entry: Entry = { ...run, shown, sources, output };
    try {
      const draft = `${this.#file}-${process.pid}`;
      writeFileSync(draft, JSON.stringify(entry), { mode: 0o600 });
      renameSync(draft, this.#file);
    } catch (error) {
      ignoreSystemError(error);
    }
  }

  #isIntact(output: RecordedOutput): boolean {
    try {
      return isIntact(resolve(this.#target.output), output);
    } catch (error) {
      return ignoreSystemError(error) ?? false;
    }
  }

  #read(): Entry | undefined {
    if (this.#file === undefined) return undefined;
    try {
      // Only `remember` writes here, and its file is named after the code that does.
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Entry;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      return ignoreSystemError(error);
    }
  }
}

/** How many outputs are remembered. */
const most = 500;

/** Where the run of a target by this code is remembered; undefined where it cannot be. */
function entryFile(target: Target, environment: NodeJS.ProcessEnv): string | undefined {
  const cache = privateFolder(environment);
  const code = cache === undefined ? undefined : ownCode();
  if (cache === undefined || code === undefined) return undefined;
  const folder = join(cache, 'runs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    forgetOldest(folder, most);
  } catch (error) {
    return ignoreSystemError(error);
  }
  return join(folder, hash('sha256', JSON.stringify([code, process.cwd(), target]), 'hex'));
}

/** Whether JSON says all of a value: a function, for one, it would leave out. */
function isData(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (value === null) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === null || prototype === Object.prototype;
  return isPlain && Object.values(value).every(isData);
}
