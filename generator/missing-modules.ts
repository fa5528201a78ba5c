import { readManifest } from './write/manifest.ts';
import type { Api } from './ir/api.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import { importsIn, type ModuleImport } from './print/imports.ts';
import type { OutputFile, Template } from './template.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Output {
  /** The output folder. */
  readonly folder: string;
  readonly api: Api;
  readonly files: readonly OutputFile[];
}

/**
 * Reports printed files that need a module of a template that the target has switched off or replaced. What
 * somebody keeps in the output folder by hand is there.
 */
export async function checkSwitchedOff(
  dropped: readonly Template[],
  output: Output,
  diagnostics: Diagnostics,
): Promise<void> {
  const { folder, api, files } = output;
  const missing = missingModules(files);
  if (missing.size === 0) return;
  const generated = readManifest(folder) ?? new Map();
  for (const template of dropped) {
    for (const { path } of await template.files(api)) {
      const importers = missing.get(path);
      if (!importers || (existsSync(join(folder, path)) && !generated.has(path))) continue;
      report(template.name, path, importers, folder, diagnostics);
    }
  }
}

interface Importer {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** By the path of a module that no file is, where it is imported. */
function missingModules(
  files: readonly OutputFile[],
): ReadonlyMap<string, readonly [Importer, ...Importer[]]> {
  const paths = new Set(files.map(({ path }) => path));
  const missing = new Map<string, [Importer, ...Importer[]]>();
  for (const file of files) {
    const { path } = file;
    for (const { module, line, column } of needsOf(file)) {
      const wanted = `src/${module}.ts`;
      if (paths.has(wanted)) continue;
      const importer = { path, line, column };
      const known = missing.get(wanted);
      if (known) known.push(importer);
      else missing.set(wanted, [importer]);
    }
  }
  return missing;
}

/** What a module imports, and what the package names as its entry points. */
function needsOf({ path, text }: OutputFile): readonly ModuleImport[] {
  if (path === 'package.json') return entryPointsIn(text);
  if (!path.startsWith('src/') || !path.endsWith('.ts')) return [];
  // They are there for the entry points, whatever those are.
  if (path.startsWith('src/for-node/')) return [];
  return importsIn(path.slice('src/'.length, -'.ts'.length), text);
}

function entryPointsIn(text: string): readonly ModuleImport[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/"\.\/dist\/([^"*]+)\.js"/g)].map(({ 1: module = '', index: at }) => ({
      module,
      line: index + 1,
      column: at + 2,
    })),
  );
}

function report(
  template: string,
  path: string,
  importers: readonly [Importer, ...Importer[]],
  folder: string,
  diagnostics: Diagnostics,
): void {
  const [first] = importers;
  const others = new Set(importers.map((one) => one.path)).size - 1;
  const more = others === 0 ? '' : ` and ${others} other ${others === 1 ? 'file' : 'files'}`;
  diagnostics.error(
    'config/missing-module',
    `\`${first.path}\`${more} would need \`${path}\`, which no template prints: \`templates\` leaves out \`${template}\`.`,
    {
      file: join(folder, first.path),
      line: first.line,
      column: first.column,
      hint: `Leave \`${template}\` on, or print \`${path}\` with a template of your own.`,
    },
  );
}
