import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Compiler = 'typescript' | 'typescript-5.9';

const packages = new URL('../../node_modules/', import.meta.url);

/**
 * The errors that a compiler finds in the modules of a folder, under settings as strict as any user
 * has them. The folder's `tsconfig.json` is overwritten.
 */
export async function compile(
  folder: string,
  include: readonly string[],
  compiler: Compiler = 'typescript',
): Promise<readonly string[]> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  const tsc = fileURLToPath(new URL(`${compiler}/bin/tsc`, packages));
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [tsc, '--project', folder, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 64_000_000 },
      (error, stdout, stderr) => {
        if (!error) return resolve([]);
        const lines = stdout
          .split('\n')
          .filter((line) => line.includes(': error TS') || line.startsWith('error '));
        // Without a single error message it is the compiler itself that failed.
        if (lines.length === 0) return reject(new Error(`${error.message}\n${stdout}${stderr}`));
        return resolve(lines);
      },
    );
  });
}

const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
  declaration: true,
  skipLibCheck: false,
  noEmit: true,
};
