import { createHash, hash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { forgetOldest, ignoreSystemError } from './cache-folder.ts';
import { utf8Text } from '../load/read/decode.ts';

/** The code of how many modules is kept, of all versions and commands: at most a megabyte each. */
const most = 20;

/**
 * Loads CommonJS modules with the code that an earlier run has compiled, and keeps it for the next run: on
 * Node.js 20, which has no such cache of its own. Code that comes from a cache cannot use `import()`.
 */
export class CompiledCode {
  readonly #folder: string;
  readonly #purpose: string;
  readonly #fresh = new Map<string, Script>();

  /** Functions are compiled when they are first called, so `purpose` says which runs call the same. */
  constructor(cache: string, purpose: string) {
    this.#folder = join(cache, 'code');
    this.#purpose = purpose;
  }

  /** What a module exports. */
  load(file: string): unknown {
    // In one piece, and as bytes: V8 would have to join the text, and takes twenty times as long for its digest.
    const bytes = read(file, head, tail);
    const name = createHash('sha256').update(`${this.#purpose}\0`).update(bytes).digest('hex');
    const text = utf8Text(bytes);
    const kept = join(this.#folder, name);
    const cachedData = readKept(kept);
    const script = new Script(text, {
      filename: file,
      ...(cachedData && { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true)
      this.#fresh.set(kept, script);
    const loaded: { readonly exports: unknown } = { exports: {} };
    // The head makes it a function of these.
    const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
    run(loaded.exports, createRequire(file), loaded, file, dirname(file));
    return loaded.exports;
  }

  /** Keeps what was compiled in this run. */
  keep(): void {
    if (this.#fresh.size === 0) return;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      forgetOldest(this.#folder, most);
      for (const [kept, script] of this.#fresh) write(kept, script.createCachedData());
    } catch (error) {
      ignoreSystemError(error);
    }
  }
}

/** The code behind its digest: V8 does not look whether all of it reached the disk. */
function readKept(kept: string): Buffer | undefined {
  try {
    const bytes = read(kept);
    const code = bytes.subarray(digestLength);
    return digestOf(code).equals(bytes.subarray(0, digestLength)) ? code : undefined;
  } catch (error) {
    return ignoreSystemError(error);
  }
}

const none = Buffer.alloc(0);
let memory = none;

/**
 * A file between what stands before and after it, until the next one is read: all are read into the same memory,
 * as memory that is touched for the first time takes longer than what is done with it.
 */
function read(file: string, before = none, after = none): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const needed = before.length + size + after.length;
    // The code of a text is about as long as the text; what is not used costs nothing.
    if (memory.length < needed) memory = Buffer.allocUnsafeSlow(2 * needed);
    let length = before.copy(memory);
    length += readSync(descriptor, memory, length, size, 0);
    length += after.copy(memory, length);
    return memory.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function write(kept: string, code: Buffer): void {
  const draft = `${kept}-${process.pid}`;
  writeFileSync(draft, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
  renameSync(draft, kept);
}

const digestLength = 32;

/** What Node.js puts around a CommonJS module. */
const head = Buffer.from('(function (exports, require, module, __filename, __dirname) { ');
const tail = Buffer.from('\n});');

function digestOf(code: Buffer): Buffer {
  return hash('sha256', code, 'buffer');
}
