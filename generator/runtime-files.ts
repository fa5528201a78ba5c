import type { Api, EmittedPackage, PackageAdditions } from './ir/api.ts';
import { relativeImports, respelled } from './print/imports.ts';
import type { Runtime } from './runtime.ts';
import type { OutputFile, Template } from './template.ts';

/** Prints all files of the output, the run-time's modules that they need included, sorted by path. */
export async function render(
  templates: readonly Template[],
  api: Api,
  runtime: Runtime,
): Promise<readonly OutputFile[]> {
  const whole = withAdditions(api, templates);
  const printed = (await Promise.all(templates.map((template) => template.files(whole)))).flat();
  return [...printed, ...runtimeFiles(printed, runtime)]
    .flatMap((file) => laidOut(file, api.package))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file where and as the user wants it: below `src/` of a package, or as a source among others. */
function laidOut(file: OutputFile, { form, specifiers }: EmittedPackage): readonly OutputFile[] {
  const isModule = file.path.startsWith('src/') && file.path.endsWith('.ts');
  const own = isModule ? { ...file, text: respelled(file.text, specifiers) } : file;
  if (form === 'package') return [own];
  return file.path.startsWith('src/') ? [{ ...own, path: file.path.slice('src/'.length) }] : [];
}

/** The API whose package has what the templates add to it; of two that add the same, the later decides. */
function withAdditions(api: Api, templates: readonly Template[]): Api {
  const all = templates.flatMap((template) => template.adds?.(api) ?? []);
  if (all.length === 0) return api;
  type Texts = Exclude<keyof PackageAdditions, 'files' | 'lateDependencies'>;
  const merged = (member: Texts): Record<string, string> =>
    Object.assign({}, ...all.map((one) => one[member]));
  const additions: PackageAdditions = {
    exports: merged('exports'),
    dependencies: merged('dependencies'),
    peerDependencies: merged('peerDependencies'),
    optionalPeerDependencies: merged('optionalPeerDependencies'),
    lateDependencies: all.flatMap(({ lateDependencies = [] }) => lateDependencies),
    devDependencies: merged('devDependencies'),
    files: all.flatMap(({ files = [] }) => files),
  };
  return { ...api, package: { ...api.package, additions } };
}

/**
 * The run-time is checked here, under stricter flags than most: to check it again is half of what checking the
 * Meraki client takes. Its types are read all the same.
 * https://www.typescriptlang.org/docs/handbook/release-notes/typescript-3-7.html#-ts-nocheck-in-typescript-files
 */
const unchecked = '// @ts-nocheck\n';

/** The run-time's modules that printed files need, and what those need in turn, copied as they are. */
function runtimeFiles(files: readonly OutputFile[], runtime: Runtime): readonly OutputFile[] {
  const needed = new Set<string>();
  const open = files.flatMap(({ path, text }) =>
    path.endsWith('.ts')
      ? relativeImports(path.replace(/^src\//, '').replace(/\.ts$/, ''), text)
      : [],
  );
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    const imports = needed.has(module) ? undefined : runtime.imports(module);
    if (imports === undefined) continue;
    needed.add(module);
    open.push(...imports);
  }
  const modules = [...needed];
  return runtime.texts(modules).map((text, index) => ({
    path: `src/${modules[index]}.ts`,
    text: unchecked + text,
  }));
}
