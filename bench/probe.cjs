// Preloaded into every Node process of a measured command: writes down at exit what the process
// used. CommonJS and without dependencies, so that it adds about a millisecond.
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const folder = process.env['BENCH_RECORDS'];

if (isMainThread && folder) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const record = { cpu: (user + system) / 1e6, memory: peakMemory() };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(record));
  });
}

/**
 * The most memory this process held at once, in bytes. On Linux `ru_maxrss` survives `exec`, so a
 * small program started by a big one would report the big one's; `VmHWM` is the program's own.
 */
function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kibibytes ? Number(kibibytes) * 1024 : process.resourceUsage().maxRSS * 1024;
}
