import { extname, isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Jiti } from 'jiti';

/** How a module of the user's is imported, by its URL. */
export type ImportModule = (url: string) => Promise<Readonly<Record<string, unknown>>>;

let reloads = 0;
let importUrl: ImportModule = (url) => import(url);

/** Has modules imported in another way: code that comes from a cache cannot import any. */
export function importBy(way: ImportModule): void {
  importUrl = way;
}

/** Has modules that were imported before read anew, as far as they are a user's own. */
export function forgetModules(): void {
  reloads += 1;
}

/** The default export of a module: a path, or the name of a package that `from` can see. */
export async function importDefault(specifier: string, from: string): Promise<unknown> {
  return (await importModule(specifier, from))['default'];
}

/** All exports of a module: a path, or the name of a package that `from` can see. */
export async function importModule(
  specifier: string,
  from: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (isAbsolute(specifier) && !/^\.[cm]?ts$/.test(extname(specifier)))
    return importUrl(`${pathToFileURL(specifier).href}${reloads === 0 ? '' : `?${reloads}`}`);
  const jiti = await jitiFor(from);
  return jiti.import(specifier);
}

/** The file that a module's name or path leads to; undefined where it leads to none. */
export async function resolveModule(specifier: string, from: string): Promise<string | undefined> {
  if (isAbsolute(specifier)) return specifier;
  const jiti = await jitiFor(from);
  const url = jiti.esmResolve(specifier, { try: true });
  return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
}

/**
 * Loads TypeScript on every version of Node.js. A configuration need not have batchwright installed
 * beside it: the one that runs stands in.
 */
async function jitiFor(from: string): Promise<Jiti> {
  const [{ createJiti }, batchwright, template, print] = await Promise.all([
    import('jiti'),
    import('./authoring.ts'),
    import('../template.ts'),
    import('../print/index.ts'),
  ]);
  return createJiti(from, {
    // Its cache is in the folder for temporary files, where other users can put code.
    fsCache: false,
    moduleCache: reloads === 0,
    virtualModules: { batchwright, 'batchwright/template': template, 'batchwright/print': print },
  });
}
