import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = 'node_modules/typescript/bin/tsc';

test.each(['test/documents/corpus', 'test/documents/fuzz'])(
  'the programs of %s compile, as their npm scripts need them',
  async (folder) => {
    const args = [tsc, '-p', `${folder}/tsconfig.json`, '--noEmit', '--pretty', 'false'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch(
      (error: { readonly stdout: string }) => error,
    );
    expect(stdout).toBe('');
  },
);
