// A run of the command line takes up the code that the last one compiled: V8 refuses it where a flag differs.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';

const command = fileURLToPath(new URL('../../../dist/bin/cli.js', import.meta.url));
const unless = existsSync(command) ? '' : ' (skipped: dist is not built)';
const [major = 0] = process.versions.node.split('.').map(Number);
const keepsItself = major >= 22 ? ' (skipped: Node.js keeps the code itself)' : '';

function document(description: string): string {
  const answer = { description: 'Done.' };
  const operation = { operationId: 'getThing', responses: { 200: answer } };
  const info = { title: 'Things', version: '1', description };
  return JSON.stringify({ openapi: '3.0.3', info, paths: { '/things': { get: operation } } });
}

/** Generates; gives the files of the cache, each with its own number and the time of its last change. */
function generate(folder: string, output: string): readonly string[] {
  const cache = join(folder, 'cache');
  execFileSync(process.execPath, [command, 'generate', '--input', 'api.json', '--output', output], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: 'ignore',
  });
  const code = join(cache, 'batchwright/code');
  return readdirSync(code).map((name) => {
    const { ino, mtimeMs } = statSync(join(code, name));
    return `${name} ${ino} ${mtimeMs}`;
  });
}

describe.skipIf(unless !== '' || keepsItself !== '')(`compiled code${unless}${keepsItself}`, () => {
  test.each([
    ['a small document', 0],
    ['a document of 9 MB, for which another flag is set', 9_000_000],
  ])('is taken up again with %s', (_, length) => {
    const folder = folderWith({ 'api.json': document('a'.repeat(length)) });
    const first = generate(folder, 'one');
    expect(first.length).toBeGreaterThan(0);
    expect(generate(folder, 'two')).toEqual(first);
  });
});
