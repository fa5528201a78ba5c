import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

test('the example previews, drafts, runs and undoes an action batch with the generated package', () => {
  const { stdout, stderr, status } = spawnSync('npm', ['run', '--silent', 'example'], {
    cwd: join(import.meta.dirname, '../../..'),
    encoding: 'utf8',
    shell: true,
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toContain('5 actions in 1 batch (sync, at most 20 each)');
  expect(stdout).toContain('problems: 0');
  expect(stdout).toContain('    ~ vlan: 1       → 99');
  expect(stdout).toContain('Plan: 1 to create, 4 to change, 0 to destroy');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toContain('The VLAN is at /networks/N_1/appliance/vlans/99');
  expect(stdout).toContain('Undone: 5 of 5');
  expect(stdout).toContain("{ portId: '1', name: null, type: 'trunk', vlan: 1 }");
});
