import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const typeRoots = join(dirname(require.resolve('@types/node/package.json')), '..');

/**
 * What TypeScript says of each of the packages `names` below `root`, checked in one run with the
 * settings of the first. For each of them it has `limit` milliseconds.
 */
export async function compile(
  root: string,
  names: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [first] = names;
  if (first === undefined) return new Map();
  const { compilerOptions } = JSON.parse(
    await readFile(join(root, first, 'tsconfig.json'), 'utf8'),
  );
  const { rootDir: _, outDir: __, sourceMap: ___, ...options } = compilerOptions;
  const project = join(root, 'tsconfig.json');
  await writeFile(
    project,
    JSON.stringify({
      compilerOptions: { ...options, skipLibCheck: false, noEmit: true, typeRoots: [typeRoots] },
      include: names.map((name) => `${name}/src`),
    }),
  );
  const { done, output } = await run(project, limit * names.length);
  const errors = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [, name = '', text] = /^(?:\.\/)?([^/(]+)\/(.*error TS.*)$/.exec(line) ?? [];
    if (text === undefined) continue;
    errors.set(name, [...(errors.get(name) ?? []), text]);
  }
  if (done || errors.size > 0) return errors;
  if (names.length === 1) return new Map([[first, [`TypeScript failed: ${output.slice(0, 500)}`]]]);
  // One of them broke the compiler; which of them?
  for (const name of names)
    for (const [found, texts] of await compile(root, [name], limit)) errors.set(found, [...texts]);
  return errors;
}

function run(
  project: string,
  limit: number,
): Promise<{ readonly done: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', project, '--pretty', 'false'],
      { cwd: dirname(project), timeout: limit, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => resolve({ done: error === null, output: stdout + stderr }),
    );
  });
}
