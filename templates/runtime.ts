import { relativeImports } from '../generator/print/imports.ts';
import type { OutputFile } from '../generator/template.ts';

/**
 * The run-time's modules that printed files need, and what those need in turn, copied as they are.
 * @param runtime The run-time's modules by name: `runtime/client`.
 */
export function runtimeFiles(
  files: readonly OutputFile[],
  runtime: ReadonlyMap<string, string>,
): readonly OutputFile[] {
  const needed = new Set<string>();
  const open = files.flatMap(({ path, text }) =>
    path.endsWith('.ts')
      ? relativeImports(path.replace(/^src\//, '').replace(/\.ts$/, ''), text)
      : [],
  );
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    const text = runtime.get(module);
    if (text === undefined || needed.has(module)) continue;
    needed.add(module);
    open.push(...relativeImports(module, text));
  }
  return [...needed].map((module) => ({
    path: `src/${module}.ts`,
    text: runtime.get(module) ?? '',
  }));
}
