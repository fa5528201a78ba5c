#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { privateFolder } from './cli/cache-folder.ts';
import { CompiledCode } from './cli/compiled-code.ts';
import { tuneEngine } from './cli/engine.ts';
import type * as Main from './cli/main.ts';
import type { Terminal } from './cli/terminal.ts';
import type * as Unchanged from './cli/unchanged.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has closed the pipe (`| head`); files are still written.
    if (error.code !== 'EPIPE') throw error;
  });
}

const argv = process.argv.slice(2);
tuneEngine(argv[0]);
const code = compiledCode();
const plain = createRequire(import.meta.url);
const requireFile = (file: string): unknown => (code ? code.load(file) : plain(file));
const { stdout, stderr } = process;
const terminal: Terminal = {
  stdout,
  stderr,
  folder: process.cwd(),
  importModule: (url) => import(url),
  requireFile,
  // Standard input takes time to open, and few commands ask.
  get ask() {
    return stdout.isTTY && process.stdin.isTTY ? ask : undefined;
  },
};
void run();

async function run(): Promise<void> {
  process.exitCode = (await isUnchanged()) ? 0 : await runCommand();
  // V8 takes compiled code back only under the flags under which it was kept.
  tuneEngine(argv[0]);
  code?.keep();
  // All is done, and taking the heap apart takes time.
  if (stdout.writableLength === 0 && stderr.writableLength === 0) process.exit();
}

/** Whether there was only the last run to report again, which takes a part of the code. */
async function isUnchanged(): Promise<boolean> {
  if (argv[0] !== 'generate' || argv.includes('--force')) return false;
  const output = argv[argv.indexOf('--output') + 1];
  // Not even looked for where nothing was written yet; without the flag, this is the command itself.
  if (output === undefined || (output !== argv[0] && !existsSync(output))) return false;
  const bundle = requireBundle('unchanged.cjs') as typeof Unchanged;
  return bundle.isUnchanged(argv, terminal);
}

function runCommand(): Promise<number> {
  const bundle = requireBundle('main.cjs') as typeof Main;
  return bundle.main(argv, terminal);
}

/** What the build makes of `cli/main.ts` and `cli/unchanged.ts`. */
function requireBundle(name: string): unknown {
  return requireFile(fileURLToPath(new URL(name, import.meta.url)));
}

/** Our own cache of compiled code; undefined where Node.js has one, or where no folder is there for it. */
function compiledCode(): CompiledCode | undefined {
  const cache = privateFolder();
  if (cache === undefined) return undefined;
  if (!('enableCompileCache' in module) || typeof module.enableCompileCache !== 'function')
    return new CompiledCode(cache, argv[0] ?? '');
  // Without a folder it takes one among the temporary files, where others can put code.
  module.enableCompileCache(cache);
  return undefined;
}

/** Only a person answers: a pipe would be waited for. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
