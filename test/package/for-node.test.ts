import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build as esbuild, type Platform } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { build as vite } from 'vite';
import { root } from './blocks.ts';
import { emit, install } from './installed-package.ts';

const execute = promisify(execFile);
const timeout = 240_000;

/** A file with what it loads at once, and what that loads. */
function loadedAtOnce(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path = ''] of text.matchAll(/^(?:import|export|\}) .*?["'](\.[^"']*)["'];$/gm))
    loadedAtOnce(join(dirname(file), path), seen);
  return seen;
}

describe('a package that was built by its own script', { timeout }, () => {
  let folder: string;
  let installed: string;

  beforeAll(async () => {
    folder = await emit({});
    const left = join(folder, 'client/dist/for-node/chunk-OLD.js');
    mkdirSync(dirname(left), { recursive: true });
    writeFileSync(left, 'export {};\n');
    await install(folder);
    installed = join(folder, 'node_modules/@acme/graph');
  }, timeout);

  /** What a program prints as JSON. */
  async function printed(program: string): Promise<unknown> {
    const argv = ['--input-type=module', '-e', program];
    return JSON.parse((await execute(process.execPath, argv, { cwd: folder })).stdout);
  }

  /** Where Node.js finds an entry point. */
  async function resolved(entryPoint: string): Promise<string> {
    const program = `console.log(JSON.stringify(import.meta.resolve('@acme/graph${entryPoint}')))`;
    return new URL(String(await printed(program))).pathname;
  }

  test.each(['', '/client', '/users', '/batch', '/batch/users'])(
    'loads two files where Node.js imports @acme/graph%s',
    async (entryPoint) => {
      expect(loadedAtOnce(await resolved(entryPoint)).size).toBe(2);
    },
  );

  test('exports to Node.js what it exports to bundlers, at each entry point', async () => {
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const paths = Object.keys(exports).filter((path) => path !== './package.json');
    expect(paths.length).toBeGreaterThan(9);
    const program = `
      const paths = ${JSON.stringify(paths.map((path) => [path.slice(1), exports[path].module]))};
      const found = await Promise.all(paths.map(async ([path, module]) => [
        path,
        Object.keys(await import('@acme/graph' + path)),
        Object.keys(await import(${JSON.stringify(`file://${installed}/`)} + module)),
      ]));
      console.log(JSON.stringify(found.filter(([, one, other]) => String(one) !== String(other))));
    `;
    expect(await printed(program)).toEqual([]);
  });

  test('has each class and each function once, whichever entry point it comes from', async () => {
    const program = `
      const [all, users, client, builders] = await Promise.all(
        ['', '/users', '/client', '/batch/users'].map((path) => import('@acme/graph' + path)),
      );
      const { batch } = all.createGraph({ bearer: 'x' });
      console.log(JSON.stringify([
        all.listUsers === users.listUsers,
        all.createClient === client.createClient,
        // An action of another copy is no action.
        batch.plan([builders.deleteUser({ 'user-id': '1' })]).batches.length === 1,
      ]));
    `;
    expect(await printed(program)).toEqual([true, true, true]);
  });

  test('holds no file of an earlier build', () => {
    expect(existsSync(join(installed, 'dist/for-node/index.js'))).toBe(true);
    expect(existsSync(join(installed, 'dist/for-node/chunk-OLD.js'))).toBe(false);
  });

  test('says in a stack trace which source a line of the bundle is of', async () => {
    const chunk = [...loadedAtOnce(await resolved(''))].find((file) => file.includes('chunk-'));
    const { sources } = JSON.parse(readFileSync(`${chunk}.map`, 'utf8'));
    expect(sources).toContain('../../src/users.ts');
    expect(existsSync(join(installed, 'src/users.ts'))).toBe(true);
  });

  const app = (client: string, users: string): string => `
    import { createClient } from '${client}';
    import { listUsers } from '${users}';
    console.log(listUsers(createClient({ bearer: 'x' })));
  `;

  test.each<Platform>(['browser', 'node', 'neutral'])(
    'gives esbuild modules for the platform %s, so that what is not used is left out',
    async (platform) => {
      const bundle = async (contents: string): Promise<string> => {
        const { outputFiles } = await esbuild({
          stdin: { contents, resolveDir: folder },
          bundle: true,
          minify: true,
          format: 'esm',
          platform,
          write: false,
        });
        return outputFiles[0]?.text ?? '';
      };
      const modules = `${installed}/dist`;
      const text = await bundle(app('@acme/graph/client', '@acme/graph/users'));
      expect(text).toContain('/users');
      expect(text).toBe(await bundle(app(`${modules}/client.js`, `${modules}/users.js`)));
    },
  );

  test.each([false, true])('gives Vite modules, for a server: %s', async (ssr) => {
    writeFileSync(join(folder, 'app.js'), app('@acme/graph/client', '@acme/graph/users'));
    const { moduleIds } = await new Promise<{ moduleIds: readonly string[] }>((resolve, reject) => {
      vite({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        ssr: { noExternal: true },
        build: { ssr, rollupOptions: { input: 'app.js' }, outDir: 'out', write: false },
        plugins: [
          {
            name: 'modules',
            generateBundle(_, output) {
              const chunks = Object.values(output);
              resolve({
                moduleIds: chunks.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : [])),
              });
            },
          },
        ],
      }).catch(reject);
    });
    expect(moduleIds.some((id) => id.endsWith('/dist/users.js'))).toBe(true);
    expect(moduleIds.filter((id) => id.includes('/for-node/'))).toEqual([]);
  });
});

test('a package that the compiler alone built is imported from Node.js', { timeout }, async () => {
  const folder = await emit({});
  const client = join(folder, 'client');
  symlinkSync(join(root, 'node_modules'), join(client, 'node_modules'), 'junction');
  await execute(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: client });
  // A package finds itself by its own name.
  const program = `import { createGraph } from '@acme/graph'; import { listUsers } from '@acme/graph/users';
    console.log(typeof createGraph, typeof listUsers);`;
  const argv = ['--input-type=module', '-e', program];
  const { stdout } = await execute(process.execPath, argv, { cwd: client });
  expect(stdout).toBe('function function\n');
});
