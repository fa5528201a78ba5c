import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';
import type { Ended } from './installed.ts';

const account = useAccount();
const { run: meraki } = account;

/** Runs a line of a shell, in which `meraki` is the command. */
function shell(line: string): Promise<Ended> {
  const { main, folder } = account.cli;
  const command = `meraki() { "${process.execPath}" "${main}" "$@"; }; ${line}`;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...account.env };
  // Without a terminal of its own.
  const child = spawn('bash', ['-c', command], { cwd: folder, env, detached: true });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
  child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
  child.stdin.end();
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const isPosix = existsSync('/dev/full') && existsSync('/bin/bash');
const apply = 'meraki batch apply plan.jsonl --yes';

describe.runIf(isPosix)('a reader that goes away', { timeout: 60_000 }, () => {
  test.each([
    'meraki --help | head -1',
    'meraki find switch | head -1',
    'meraki switch --help | head -1',
    'meraki switch getDeviceSwitchPorts --serial Q2AA --output jsonl | head -1',
    'meraki switch getDeviceSwitchPorts --serial Q2AA --output csv | head -1',
  ])('is no fault: %s', async (line) => {
    const { stdout, stderr } = await shell(`${line}; echo "\${PIPESTATUS[0]}"`);
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0');
  });

  test.each([
    `${apply} | true`,
    `${apply} 2>&1 | true`,
    `${apply} >&-`,
    `${apply} 2>&-`,
    `${apply} <&-`,
  ])('does not end a run: %s', async (line) => {
    await account.write('changes.csv', ports('a', 'b', 'c'));
    await meraki(plan);
    const { stderr } = await shell(line);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(account.applied).toHaveLength(3);
    expect((await meraki('batch show --last')).stdout.match(/,applied,/g)).toHaveLength(3);
  });
});

describe.runIf(isPosix)('a disk that is full', { timeout: 60_000 }, () => {
  const many = (): string => ports(...Array.from({ length: 400 }, (_, at) => `name ${at}`));

  test.each([
    'meraki --help > /dev/full',
    'meraki find switch > /dev/full',
    'meraki switch getDeviceSwitchPorts --serial Q2AA > /dev/full',
  ])('is said, with 1: %s', async (line) => {
    const { code, stderr } = await shell(line);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('ENOSPC') });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('makes no plan, and leaves nothing behind', async () => {
    await account.write('changes.csv', many());
    const { code, stderr } = await shell(`ulimit -f 8; ${plan.replace('batch', 'meraki batch')}`);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('EFBIG') });
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await account.files()).toEqual(['changes.csv']);
  });

  test('ends a run, which goes on when there is room', async () => {
    for (let port = 1; port <= 400; port++)
      account.simulator.server.resources.put(`/devices/Q2AA/switch/ports/${port}`, {
        portId: String(port),
        name: 'old',
      });
    await account.write('changes.csv', many());
    await meraki(plan);
    const size = Math.ceil((await readFile(`${account.cli.folder}/plan.jsonl`)).length / 1024) + 2;
    const { code, stderr } = await shell(`ulimit -f ${size}; ${apply}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([1, 5]).toContain(code);
    expect(await meraki('batch resume --last')).toMatchObject({ code: 0 });
    expect(account.applied).toHaveLength(400);
    expect(new Set(account.applied.map(({ resource }) => resource)).size).toBe(400);
  });
});

describe.runIf(isPosix)('without a terminal', { timeout: 60_000 }, () => {
  test.each([
    apply.replace(' --yes', ''),
    `${apply.replace(' --yes', '')} < /dev/null`,
    `echo yes | ${apply.replace(' --yes', '')}`,
  ])('nothing is asked, and nothing is sent: %s', async (line) => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const { code, stderr } = await shell(line);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(account.applied).toEqual([]);
  });

  test('nothing but text is written: no colours, no cursor', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const { stdout, stderr } = await shell(apply);
    expect(stdout + stderr).not.toContain('\u001B');
    expect(stdout + stderr).not.toContain('\r');
  });
});
