import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '../../generator/config/config.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostics.ts';
import { generate } from '../../generator/generate.ts';
import type { ApiDescription } from '../../generator/ir/ir.ts';

export interface Emitted {
  /** Absent where the document cannot be used. */
  readonly api?: ApiDescription | undefined;
  /** The text of each file by its path; empty where a diagnostic is an error. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A whole generation, in a folder that is gone afterwards. */
export async function emit(
  document: string,
  options: Omit<Target, 'input' | 'output'> = {},
): Promise<Emitted> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-emit-'));
  try {
    const input = join(folder, 'openapi.yaml');
    const output = join(folder, 'output');
    await writeFile(input, document);
    const { api, diagnostics, files } = await generate({ ...options, input, output });
    return { api, diagnostics, files: files ? await readFiles(output) : new Map() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of each file below a folder by its path, with `/`; what begins with a dot is not read. */
export async function readFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}
