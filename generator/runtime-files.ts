import { readdir, readFile } from 'node:fs/promises';
import { runtimeFiles } from '../templates/runtime.ts';
import type { OutputFile, Template, TemplateContext } from './template.ts';

/** Prints all files of the output, the run-time's modules that they need included, sorted by path. */
export async function render(
  templates: readonly Template[],
  context: TemplateContext,
): Promise<readonly OutputFile[]> {
  const printed = (await Promise.all(templates.map((template) => template.files(context)))).flat();
  return [...printed, ...runtimeFiles(printed, context.runtime)].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/** The run-time's modules by name (`runtime/client`), from the folder that holds them. */
export async function readRuntime(folder: URL): Promise<ReadonlyMap<string, string>> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.ts'));
  const texts = await Promise.all(paths.map((path) => readFile(new URL(path, folder), 'utf8')));
  return new Map(
    paths.map((path, index) => [
      `runtime/${path.replaceAll('\\', '/').replace(/\.ts$/, '')}`,
      texts[index] ?? '',
    ]),
  );
}
