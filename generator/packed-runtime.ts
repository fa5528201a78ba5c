import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { packageRoot } from './own-package.ts';
import { readRuntime, type Runtime } from './runtime.ts';

/** The run-time of clients, and that of their command lines. */
export type RuntimeName = 'runtime' | 'cli-runtime';

/** Where a module stands among the texts, in bytes, and what it imports. */
export type PackedModule = readonly [start: number, length: number, imports: readonly string[]];

/** The files of a run-time that the build has packed: what it holds, and the texts of its modules in one. */
export function packOf(name: RuntimeName): { readonly index: URL; readonly texts: URL } {
  const folder = new URL('dist/runtime/', packageRoot);
  return { index: new URL(`${name}.json`, folder), texts: new URL(`${name}.txt`, folder) };
}

/** A run-time of this package: from its sources where those run, and else as the build has packed it. */
export function ownRuntime(name: RuntimeName): Runtime {
  return import.meta.url.endsWith('.ts')
    ? readRuntime(new URL(`templates/${name}/`, packageRoot))
    : packedRuntime(name);
}

/** A hundred small files take time to open, and to look through for what they import. */
export function packedRuntime(name: RuntimeName): Runtime {
  const { index, texts } = packOf(name);
  // The build has written it.
  const modules: Readonly<Record<string, PackedModule>> = JSON.parse(readFileSync(index, 'utf8'));
  return {
    imports: (module) => (Object.hasOwn(modules, module) ? modules[module]?.[2] : undefined),
    texts(names) {
      const file = openSync(texts, 'r');
      try {
        return names.map((each) => textOf(file, modules[each]));
      } finally {
        closeSync(file);
      }
    },
  };
}

function textOf(file: number, [start, length]: PackedModule = [0, 0, []]): string {
  const bytes = Buffer.allocUnsafe(length);
  readSync(file, bytes, 0, length, start);
  return bytes.toString();
}
