#!/usr/bin/env node
import module from 'node:module';

// What follows is loaded from the cache of compiled code where this version of Node.js has one.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') {
  module.enableCompileCache();
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the output has seen enough of it (`| head`); what is written to disk goes on.
    if (error.code !== 'EPIPE') throw error;
  });
}

const { main } = await import('./cli/main.ts');
const { stdout, stderr } = process;
process.exitCode = await main(process.argv.slice(2), { stdout, stderr, folder: process.cwd() });
