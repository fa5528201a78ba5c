import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { forgetOldest, ignoreSystemError } from './cache-folder.ts';

/** A module that was loaded, and how to keep its compiled code for the next run of the same kind. */
export interface CompiledModule {
  readonly exports: unknown;
  readonly keep: () => void;
}

/** Of how many versions of batchwright and commands the code is kept: a megabyte each. */
const most = 10;

/**
 * Loads a CommonJS module with the code that an earlier run has compiled, where `cache` is a folder that
 * holds it: on Node.js 20, which has no such cache of its own. Functions are compiled when they are first
 * called, so `purpose` says which runs call the same. Code that comes from a cache cannot use `import()`.
 */
export function loadCompiled(file: string, purpose: string, cache: string): CompiledModule {
  const source = readFileSync(file, 'utf8');
  const kept = join(cache, 'code', hash('sha256', JSON.stringify([purpose, source]), 'hex'));
  const cachedData = readKept(kept);
  const script = new Script(module.wrap(source), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const loaded: { readonly exports: unknown } = { exports: {} };
  // What `wrap` makes is a function of these.
  const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
  run(loaded.exports, module.createRequire(file), loaded, file, dirname(file));
  const isFresh = cachedData === undefined || script.cachedDataRejected === true;
  return { exports: loaded.exports, keep: () => isFresh && keep(kept, script.createCachedData()) };
}

/** The code behind its digest: V8 does not look whether all of it reached the disk. */
function readKept(kept: string): Buffer | undefined {
  try {
    const bytes = readFileSync(kept);
    const code = bytes.subarray(digestLength);
    return digestOf(code).equals(bytes.subarray(0, digestLength)) ? code : undefined;
  } catch (error) {
    return ignoreSystemError(error);
  }
}

function keep(kept: string, code: Buffer): void {
  try {
    mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
    forgetOldest(dirname(kept), most);
    const draft = `${kept}-${process.pid}`;
    writeFileSync(draft, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
    renameSync(draft, kept);
  } catch (error) {
    ignoreSystemError(error);
  }
}

const digestLength = 32;

function digestOf(code: Buffer): Buffer {
  return hash('sha256', code, 'buffer');
}
