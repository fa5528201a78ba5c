import { execFile } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith } from '../generator/config/files.ts';
import { run } from '../generator/cli/run.ts';
import { root } from './blocks.ts';

const execute = promisify(execFile);

/** The Graph sample, emitted with some members of a target. */
export async function emit(members: object): Promise<string> {
  const target = {
    input: join(root, 'specs/graph/openapi.yaml'),
    output: 'client',
    dialect: 'graph',
    name: '@acme/graph',
    ...members,
  };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { graph: target } }),
    'package.json': '{ "name": "app", "type": "module", "private": true }',
  });
  const { code, stderr } = await run(folder, 'generate');
  if (code !== 0 || stderr !== '') throw new Error(stderr);
  return folder;
}

/** Packs the package as its maintainer does, and installs it beside it. */
export async function install(folder: string): Promise<string> {
  const client = join(folder, 'client');
  symlinkSync(join(root, 'node_modules'), join(client, 'node_modules'), 'junction');
  await execute('npm', ['pack', '--pack-destination', folder], { cwd: client, shell: true });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  const argv = ['install', tarball, '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await execute('npm', argv, { cwd: folder, shell: true });
  return tarball;
}
