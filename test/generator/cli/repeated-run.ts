import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, type Result } from './run.ts';

const bin = fileURLToPath(new URL('../../../dist/bin/cli.js', import.meta.url));
export const document: string = JSON.stringify(petStore);
export const usual = ['--input', 'pets.json', '--output', 'out'] as const;

/** What `--verbose` says of a run that only compared. */
export const repeated = 'nothing has changed since the last run';

/** `batchwright generate --verbose` in a folder, which also holds what is remembered of its runs. */
export function generate(folder: string, ...argv: readonly string[]): Promise<Result> {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const options = { cwd: folder, env };
  return new Promise((resolve) => {
    const call = [bin, 'generate', '--verbose', ...(argv.length > 0 ? argv : usual)];
    const child = execFile(process.execPath, call, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** A folder in which a run was remembered. */
export async function generated(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = folderWith({ 'pets.json': document, ...files });
  expect(await generate(folder)).toMatchObject({ code: 0 });
  expect((await generate(folder)).stderr).toContain(repeated);
  return folder;
}

export function replaceIn(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
}

/** The text of a configuration with a target that has these templates. */
export const config = (templates: unknown): string =>
  JSON.stringify({ targets: { pets: { input: 'pets.json', output: 'out', templates } } });
