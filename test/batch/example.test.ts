import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test, vi } from 'vitest';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

test('the example plans, drafts and runs an action batch with the generated package', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../examples/action-batch.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-'], {
    input: outputFiles[0]?.text ?? '',
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('5 actions in 1 batch (sync, at most 20 each)');
  expect(stdout).toContain('problems: 0');
  expect(stdout).toContain('The VLAN is at /networks/N_1/appliance/vlans/99');
});
