import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findConfig, loadConfig } from '../../generator/config/load.ts';
import { loadTemplates } from '../../generator/config/templates.ts';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { folderWith } from '../generator/config/files.ts';
import { asAnotherUser, canPlay, unless } from './another-user.ts';

const code = 'globalThis.planted = true; export default { targets: {} };';

describe('the search for a configuration ends', () => {
  test('at the root of the repository', () => {
    const folder = folderWith({ 'batchwright.config.ts': code, 'project/.git/HEAD': '' });
    expect(findConfig(join(folder, 'project'))).toBeUndefined();
  });

  test('at the root of the package, where there is no repository', () => {
    const folder = folderWith({ 'batchwright.config.json': '{}', 'project/package.json': '{}' });
    expect(findConfig(join(folder, 'project'))).toBeUndefined();
  });

  test('at the root of a worktree, whose .git is a file', () => {
    const folder = folderWith({
      'batchwright.config.mjs': code,
      'tree/.git': 'gitdir: x',
      'tree/a/b': '',
    });
    expect(findConfig(join(folder, 'tree/a'))).toBeUndefined();
  });

  test('not at a package inside of the repository', () => {
    const folder = folderWith({
      '.git/HEAD': '',
      'batchwright.config.ts': code,
      'packages/a/package.json': '{}',
    });
    expect(findConfig(join(folder, 'packages/a'))).toBe(join(folder, 'batchwright.config.ts'));
  });
});

/** A folder that everybody may write to, as the one for temporary files. */
function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-shared-'));
  chmodSync(folder, 0o777);
  return folder;
}

async function codesOf(file: string): Promise<readonly string[]> {
  const diagnostics = new Diagnostics();
  await loadConfig(file, diagnostics);
  return diagnostics.list.map(({ code: each }) => each);
}

describe.skipIf(!canPlay)(`what another user planted does not run${unless}`, () => {
  test.each(['ts', 'mjs', 'json'])('a configuration in .%s', async (end) => {
    const file = join(sharedFolder(), `batchwright.config.${end}`);
    asAnotherUser(`echo '${code}' > '${file}'`);
    expect(await codesOf(file)).toEqual(['config/owner']);
    expect('planted' in globalThis).toBe(false);
  });

  test('a configuration of ours in a folder of another', async () => {
    const shared = sharedFolder();
    asAnotherUser(`mkdir -m 777 '${shared}/theirs'`);
    const file = join(shared, 'theirs', 'batchwright.config.mjs');
    writeFileSync(file, code);
    expect(await codesOf(file)).toEqual(['config/owner']);
  });

  test('a configuration behind a link of ours', async () => {
    const shared = sharedFolder();
    asAnotherUser(`echo '${code}' > '${shared}/real.mjs'`);
    const link = join(folderWith({}), 'batchwright.config.mjs');
    const { symlinkSync } = await import('node:fs');
    symlinkSync(join(shared, 'real.mjs'), link);
    expect(await codesOf(link)).toEqual(['config/owner']);
  });

  test.each(['ts', 'mjs'])('a template in .%s', async (end) => {
    const file = join(sharedFolder(), `template.${end}`);
    asAnotherUser(`echo '${code}' > '${file}'`);
    const diagnostics = new Diagnostics();
    const known = { standard: [], optIn: new Map() };
    const target = { templates: [file] };
    expect(await loadTemplates(target, known, folderWith({}), diagnostics)).toEqual([]);
    expect(diagnostics.list.map(({ code: each }) => each)).toEqual(['config/owner']);
    expect('planted' in globalThis).toBe(false);
  });

  test('but a configuration that the user names does', async () => {
    const file = join(sharedFolder(), 'batchwright.config.json');
    asAnotherUser(`echo '{"targets":{}}' > '${file}'`);
    const diagnostics = new Diagnostics();
    await loadConfig(file, diagnostics, { isNamed: true });
    expect(diagnostics.list.map(({ code: each }) => each)).not.toContain('config/owner');
  });
});

test('no code is taken from a cache that others can write to', async () => {
  const shared = sharedFolder();
  const folder = folderWith({ 'batchwright.config.ts': code, 'node_modules/x/package.json': '{}' });
  vi.stubEnv('TMPDIR', shared);
  try {
    mkdirSync(join(shared, 'jiti'));
    await codesOf(join(folder, 'batchwright.config.ts'));
    expect(readdirSync(join(shared, 'jiti'))).toEqual([]);
    expect(existsSync(join(folder, 'node_modules', '.cache'))).toBe(false);
  } finally {
    vi.unstubAllEnvs();
    Reflect.deleteProperty(globalThis, 'planted');
  }
});
