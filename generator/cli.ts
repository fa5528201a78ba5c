#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { useCompileCache } from './cli/compile-cache.ts';

// Most code of a run is used once: optimizing it takes a third of the processor time and never pays.
// The names are those of V8 11 (Node 20) and of V8 12 to 14 (Node 22 to 25); V8 complains about a flag
// that it lacks, so other versions keep their defaults.
const v8 = Number.parseInt(process.versions.v8, 10);
if (v8 === 11) setFlagsFromString('--interrupt-budget=1000000');
if (v8 >= 12 && v8 <= 14) setFlagsFromString('--invocation-count-for-turbofan=50000');

useCompileCache();

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has closed the pipe (`| head`); files are still written.
    if (error.code !== 'EPIPE') throw error;
  });
}

const { main } = await import('./cli/main.ts');
const { stdin, stdout, stderr } = process;

/** Only a person answers: a pipe would be waited for. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

process.exitCode = await main(process.argv.slice(2), {
  stdout,
  stderr,
  folder: process.cwd(),
  ...(stdin.isTTY && stdout.isTTY && { ask }),
});
