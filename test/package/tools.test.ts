import { execFile } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from './blocks.ts';
import { emit, install } from './installed-package.ts';

// They are installed apart: `npm run tools`, some 300 MB. Which of them there is for a machine depends on it.
const tools = join(root, '.cache/package-tools/node_modules');
const programs = {
  webpack: join(tools, 'webpack/bin/webpack.js'),
  jest: join(tools, 'jest/bin/jest.js'),
  bun: join(tools, '.bin/bun'),
  deno: join(tools, '.bin/deno'),
};

const execute = promisify(execFile);
const timeout = 240_000;

/** A test with a tool, skipped by name where that is not installed. */
function testWith(tool: keyof typeof programs, name: string, run: () => Promise<void>): void {
  const isThere = existsSync(programs[tool]);
  const text = `${tool} ${name}${isThere ? '' : ' (skipped: `npm run tools` installs it)'}`;
  test.skipIf(!isThere)(text, { timeout }, run);
}

const call = `createGraph({ baseUrl: 'https://graph.example', bearer: 'x' }).users.listUsers`;
const app = `import { createGraph } from '@acme/graph';\nconsole.log(typeof ${call});\n`;

testWith('webpack', 'bundles the package, and what is not used is left out', async () => {
  const folder = await emit({});
  await install(folder);
  writeFileSync(
    join(folder, 'app.mjs'),
    `import { createClient } from '@acme/graph/client';\nimport { listUsers } from '@acme/graph/users';\nconst client = createClient({ bearer: 'x' });\nconsole.log(typeof client, listUsers.name);\n`,
  );
  const argv = ['--entry', './app.mjs', '--mode', 'production', '--target', 'node'];
  await execute(process.execPath, [programs.webpack, ...argv], { cwd: folder });
  const bundle = join(folder, 'dist/main.js');
  expect((await execute(process.execPath, [bundle])).stdout).toMatch(/^object /);
  expect(readFileSync(bundle, 'utf8')).not.toContain('/events');
});

testWith('webpack', 'bundles the package as CommonJS', async () => {
  const folder = await emit({ commonjs: true });
  await install(folder);
  writeFileSync(
    join(folder, 'app.cjs'),
    `const { createGraph } = require('@acme/graph');\nconsole.log(typeof ${call});\n`,
  );
  const argv = ['--entry', './app.cjs', '--mode', 'development', '--target', 'node'];
  await execute(process.execPath, [programs.webpack, ...argv], { cwd: folder });
  const { stdout } = await execute(process.execPath, [join(folder, 'dist/main.js')]);
  expect(stdout).toBe('function\n');
});

testWith('jest', 'requires the package, which has CommonJS beside it', async () => {
  const folder = await emit({ commonjs: true });
  await install(folder);
  writeFileSync(
    join(folder, 'app.test.cjs'),
    `const { createGraph } = require('@acme/graph');\ntest('lists', () => expect(typeof ${call}).toBe('function'));\n`,
  );
  const argv = [programs.jest, '--rootDir', folder, '--testMatch', '**/app.test.cjs'];
  const { stderr } = await execute(process.execPath, argv, { cwd: folder });
  expect(stderr).toContain('1 passed');
});

testWith('bun', 'runs an app with the package, and its sources', async () => {
  const folder = await emit({ specifiers: 'ts' });
  await install(folder);
  writeFileSync(join(folder, 'app.ts'), app);
  writeFileSync(
    join(folder, 'sources.ts'),
    app.replace("'@acme/graph'", "'./client/src/index.ts'"),
  );
  for (const file of ['app.ts', 'sources.ts']) {
    const { stdout } = await execute(programs.bun, ['run', file], { cwd: folder });
    expect(stdout).toBe('function\n');
  }
});

testWith('deno', 'runs the sources, checks them, and would publish them', async () => {
  const folder = await emit({ specifiers: 'ts', package: { license: 'MIT', version: '1.2.3' } });
  const client = join(folder, 'client');
  symlinkSync(join(root, 'node_modules'), join(client, 'node_modules'), 'junction');
  writeFileSync(join(client, 'app.ts'), app.replace("'@acme/graph'", "'./src/index.ts'"));
  const environment = { ...process.env, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  const deno = (...argv: readonly string[]) =>
    execute(programs.deno, argv, { cwd: client, env: environment });
  expect((await deno('run', '--no-remote', 'app.ts')).stdout).toBe('function\n');
  await deno('check', '--no-remote', 'src/index.ts', 'src/batch/index.ts');
  const { stderr } = await deno('publish', '--dry-run', '--allow-dirty', '--no-check');
  expect(stderr).toContain('Success');
});
