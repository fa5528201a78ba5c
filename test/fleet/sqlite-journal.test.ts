import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqliteDrivers } from './sqlite-drivers.ts';

describe.each(sqliteDrivers)('a journal in SQLite, by $name', ({ command = [], packages }) => {
  const isHere = command.length > 0;
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-sqlite-'));
  const script = join(folder, 'child.mjs');
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    if (packages !== undefined) symlinkSync(packages, join(folder, 'node_modules'));
    await build({
      entryPoints: [join(import.meta.dirname, 'sqlite-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  });
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function hold(
    path: string,
    lease = 10_000,
  ): { readonly child: ChildProcess; said(): Promise<string> } {
    const [node = '', ...flags] = command;
    const child = spawn(node, [...flags, script, path, `${lease}`]);
    children.add(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    return {
      child,
      said: async () => {
        while (!output.includes('\n') && !hasEnded()) await pause(20);
        const said = output;
        output = '';
        return said;
      },
    };
  }

  test.runIf(isHere)('is for one process at a time', async () => {
    const path = join(folder, 'one.db');
    expect(await hold(path).said()).toBe('{"entries":0}\n');
    expect(await hold(path).said()).toContain('is in use by another process');
  });

  test.runIf(isHere)(
    'is free once its process has been dead for the time of its lease',
    async () => {
      const path = join(folder, 'dead.db');
      const first = hold(path, 1_000);
      expect(await first.said()).toBe('{"entries":0}\n');
      first.child.kill('SIGKILL');
      await pause(1_200);
      expect(await hold(path, 1_000).said()).toMatch(/^\{"entries":[1-9]/);
    },
  );

  test.runIf(isHere)(
    'refuses what a process writes that another has taken it over from',
    async () => {
      const path = join(folder, 'late.db');
      const first = hold(path, 1_000);
      await first.said();
      first.child.kill('SIGSTOP');
      await pause(1_200);
      expect(await hold(path, 1_000).said()).toMatch(/^\{"entries":[1-9]/);
      first.child.kill('SIGCONT');
      expect(await first.said()).toContain('was taken over by another process');
    },
  );

  test.runIf(isHere)('is read by its owner alone', async () => {
    const path = join(folder, 'mode.db');
    await hold(path).said();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.runIf(isHere)('is refused where it is a link, or where others may write it', async () => {
    const target = join(folder, 'target.db');
    writeFileSync(target, '', { mode: 0o600 });
    const link = join(folder, 'link.db');
    symlinkSync(target, link);
    expect(await hold(link).said()).toContain('it is a link');
    chmodSync(target, 0o622);
    expect(await hold(target).said()).toContain('other users may write it');
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
