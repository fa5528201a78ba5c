import { dirname, join } from 'node:path';
import { type CompilerOptions, Project, ts } from 'ts-morph';
import type { OutputFile } from '../template.ts';

/** A package of which code imports, as it is printed. */
export interface PrintedPackage {
  readonly name: string;
  readonly files: readonly OutputFile[];
}

/** Consumers of a package, beside the package itself: nothing of it needs to be installed or built. */
export interface PackageProject {
  readonly project: Project;
  /** The path of a file of the package. */
  pathOf(module: string): string;
}

/** Reads the code that `patterns` name, so that what it imports of a package is the one given. */
export function packageProject(
  { name, files }: PrintedPackage,
  patterns: readonly string[],
  folder: string,
): PackageProject {
  const config = ts.findConfigFile(folder, (path) => ts.sys.fileExists(path));
  const root = join(folder, 'node_modules/.batchwright');
  const options: CompilerOptions = {
    noEmit: true,
    paths: {
      [name]: [join(root, 'src/index.ts')],
      [`${name}/*`]: [join(root, 'src/*.ts'), join(root, 'src/*/index.ts')],
    },
    skipLibCheck: true,
    allowJs: true,
    // Declarations are of no interest, and what they demand is none of ours.
    declaration: false,
    composite: false,
    incremental: false,
    isolatedDeclarations: false,
  };
  const defaults: CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
  };
  const project = config
    ? new Project({
        tsConfigFilePath: config,
        skipAddingFilesFromTsConfig: true,
        compilerOptions: { ...options, paths: { ...pathsOf(config), ...options.paths } },
      })
    : new Project({ compilerOptions: { ...defaults, ...options } });
  // First: what is made below is in a folder that may not be there.
  project.addSourceFilesAtPaths(patterns.map((pattern) => absolute(pattern, folder)));
  project.createSourceFile(join(root, 'package.json'), '{"type":"module"}', { overwrite: true });
  for (const { path, text } of files)
    if (path.endsWith('.ts')) project.createSourceFile(join(root, path), text, { overwrite: true });
  return { project, pathOf: (module) => join(root, `src/${module}.ts`) };
}

/** The aliases of the user's own configuration, absolute. */
function pathsOf(config: string): Record<string, string[]> {
  const { config: value } = ts.readConfigFile(config, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(value, ts.sys, dirname(config));
  const base = options.baseUrl ?? dirname(config);
  return Object.fromEntries(
    Object.entries(options.paths ?? {}).map(([name, places]) => [
      name,
      places.map((place) => join(base, place)),
    ]),
  );
}

/** A pattern may exclude: `!src/old/**`. */
function absolute(pattern: string, folder: string): string {
  const [, not = '', plain = ''] = /^(!?)(.*)$/s.exec(pattern) ?? [];
  const isAbsolute = plain.startsWith('/') || /^[A-Za-z]:/.test(plain);
  return `${not}${isAbsolute ? plain : join(folder, plain).replaceAll('\\', '/')}`;
}
