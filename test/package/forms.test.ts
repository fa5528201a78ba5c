import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as esbuild } from 'esbuild';
import { expect, test } from 'vitest';
import { build as vite } from 'vite';
import { folderWith } from '../generator/config/files.ts';
import { run } from '../generator/cli/run.ts';
import { root } from './blocks.ts';
import { emit, install } from './installed-package.ts';

const execute = promisify(execFile);
const timeout = 240_000;

async function verdictsOf(tarball: string): Promise<readonly string[]> {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const argv = [attw, tarball, '--profile', 'node16', '--format', 'ascii'];
  const { stdout } = await execute(process.execPath, argv, { maxBuffer: 16_000_000 });
  return stdout
    .split('\n')
    .filter((line) => /^(?:node16 \(from (?:CJS|ESM)\)|bundler):/.test(line));
}

test(
  'a package with CommonJS is imported and required, with types for both',
  { timeout },
  async () => {
    const folder = await emit({ commonjs: true });
    const verdicts = await verdictsOf(await install(folder));
    expect(verdicts.length).toBeGreaterThan(20);
    expect(verdicts.filter((line) => !line.includes('🟢'))).toEqual([]);
    const required = verdicts.filter((line) => line.includes('from CJS'));
    expect(required.filter((line) => line.includes('(ESM)'))).toEqual([]);
    expect(required.filter((line) => line.includes('(CJS)')).length).toBeGreaterThan(10);

    const call = `createGraph({ baseUrl: 'https://graph.example', bearer: 'x' }).users.listUsers`;
    writeFileSync(
      join(folder, 'app.cjs'),
      `const { createGraph } = require('@acme/graph');\nconst { fileJournal } = require('@acme/graph/node');\nconsole.log(typeof ${call}, typeof fileJournal);\n`,
    );
    writeFileSync(
      join(folder, 'app.mjs'),
      `import { createGraph } from '@acme/graph';\nconsole.log(typeof ${call});\n`,
    );
    const said = await Promise.all(
      ['app.cjs', 'app.mjs'].map((file) => execute(process.execPath, [file], { cwd: folder })),
    );
    expect(said.map(({ stdout }) => stdout)).toEqual(['function function\n', 'function\n']);

    const publint = join(root, 'node_modules/publint/src/cli.js');
    const installed = join(folder, 'node_modules/@acme/graph');
    const { stdout } = await execute(process.execPath, [publint, 'run', installed, '--strict']);
    expect(stdout).toContain('All good!');
  },
);

test.each(['typescript', 'typescript-5.9'])(
  'a package whose imports end in `.ts` is built by %s, and has a file for JSR',
  { timeout },
  async (compiler) => {
    const folder = await emit({ specifiers: 'ts', package: { license: 'MIT', version: '1.2.3' } });
    const client = join(folder, 'client');
    symlinkSync(join(root, 'node_modules'), join(client, 'node_modules'), 'junction');
    await execute(process.execPath, [join(root, `node_modules/${compiler}/bin/tsc`)], {
      cwd: client,
    });
    expect(readFileSync(join(client, 'dist/index.js'), 'utf8')).not.toMatch(/from '.*\.ts'/);
    expect(readFileSync(join(client, 'src/index.ts'), 'utf8')).not.toMatch(/from '\..*\.js'/);
    expect(JSON.parse(readFileSync(join(client, 'jsr.json'), 'utf8'))).toMatchObject({
      name: '@acme/graph',
      version: '1.2.3',
      license: 'MIT',
      exports: { '.': './src/index.ts', './batch': './src/batch/index.ts' },
    });
  },
);

const app = `import { createGraph } from './graph/index';\nconst graph = createGraph({ bearer: 'x' });\nexport const users = graph.users.listUsers({});\n`;

test.each(['none', 'ts', 'js'])(
  'sources whose imports end in %s lie beside those of an app, and are bundled with them',
  { timeout },
  async (specifiers) => {
    const folder = await emit({ form: 'sources', specifiers, output: 'src/graph' });
    expect(
      readdirSync(join(folder, 'src/graph')).filter((name) => !/^[a-zA-Z]+(?:\.ts)?$/.test(name)),
    ).toEqual(['.batchwright.json']);
    expect(existsSync(join(folder, 'src/graph/for-node'))).toBe(false);
    writeFileSync(join(folder, 'src/app.ts'), app);
    const { outputFiles } = await esbuild({
      entryPoints: [join(folder, 'src/app.ts')],
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    expect(outputFiles[0]?.text).toContain('listUsers');
    await vite({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { lib: { entry: 'src/app.ts', formats: ['es'], fileName: 'app' }, outDir: 'out' },
    });
    expect(existsSync(join(folder, 'out'))).toBe(true);
  },
);

test('a LICENSE and a .gitignore of somebody else stay as they are', async () => {
  const folder = await emit({});
  const client = join(folder, 'client');
  expect(readFileSync(join(client, '.gitignore'), 'utf8')).toBe('dist/\nnode_modules/\n');
  rmSync(client, { recursive: true });
  mkdirSync(client);
  writeFileSync(join(client, 'LICENSE'), 'Mine\n');
  writeFileSync(join(client, '.gitignore'), '*.log\n');
  const config = join(folder, 'batchwright.config.json');
  const text = readFileSync(config, 'utf8').replace(
    '"name":',
    '"package":{"license":"MIT","author":"Acme <acme@acme.example>"},"name":',
  );
  writeFileSync(config, text);
  for (const argv of [['generate'], ['generate', '--check'], ['generate']])
    expect(await run(folder, ...argv)).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(join(client, 'LICENSE'), 'utf8')).toBe('Mine\n');
  expect(readFileSync(join(client, '.gitignore'), 'utf8')).toBe('*.log\n');
  rmSync(join(client, 'LICENSE'));
  await run(folder, 'generate');
  expect(readFileSync(join(client, 'LICENSE'), 'utf8')).toMatch(
    /^MIT License\n\nCopyright \(c\) Acme\n/,
  );
});

test.each([
  [{ specifiers: 'none' }, '`specifiers` may be `none` for sources only'],
  [{ form: 'sources', commonjs: true }, '`commonjs` is of a package'],
  [{ form: 'sources', version: 'semver' }, '`version` is of a package'],
  [{ form: 'sources', cli: { output: 'cli' } }, '`cli` is of a package'],
])('%j is refused', async (members, message) => {
  const target = { input: 'openapi.yaml', output: 'client', ...members };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { graph: target } }),
  });
  const { code, stderr } = await run(folder, 'generate');
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
