import { existsSync, readFileSync } from 'node:fs';
import { relativeImports } from './print/imports.ts';

/** The modules of a run-time, by name (`runtime/client`): of several hundred an output needs a few. */
export interface Runtime {
  /** What a module imports; undefined where it is none of the run-time. */
  imports(module: string): readonly string[] | undefined;
  /** The texts of modules that it has, in the order of their names here. */
  texts(modules: readonly string[]): readonly string[];
}

/** The run-time as its sources stand in a folder. */
export function readRuntime(folder: URL): Runtime {
  const texts = new Map<string, string | undefined>();
  const text = (module: string): string | undefined => {
    if (!texts.has(module)) texts.set(module, readModule(folder, module));
    return texts.get(module);
  };
  return {
    imports(module) {
      const found = text(module);
      return found === undefined ? undefined : relativeImports(module, found);
    },
    texts: (modules) => modules.map((module) => text(module) ?? ''),
  };
}

function readModule(folder: URL, module: string): string | undefined {
  const [, name] = /^runtime\/([a-z0-9/-]+)$/.exec(module) ?? [];
  const file = name === undefined ? undefined : new URL(`${name}.ts`, folder);
  // Small files: a call takes less time than its way to a thread and back.
  return file && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
