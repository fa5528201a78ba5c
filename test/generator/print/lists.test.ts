import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Node, Project, type SourceFile, SyntaxKind } from 'ts-morph';
import { expect, test } from 'vitest';
import { ownOptions } from '../../../generator/complete/client.ts';
import { runtimeExports } from '../../../generator/complete/runtime-exports.ts';
import { moduleNames } from '../../../generator/ir/names.ts';
import { globals } from '../../../generator/print/flat.ts';
import { print } from '../../support/stages.ts';
import { readScenario } from '../../scenarios/scenario.ts';

// Some names stand in lists, as the generator cannot know them otherwise. Here the emitted packages
// tell what the lists must hold: no more, and no less.

const scenarios = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const project = new Project({ useInMemoryFileSystem: true });

/** The sources of a package for each scenario, in a folder of its own. */
const packages: readonly string[] = await (async () => {
  const paths = (await readdir(scenarios, { recursive: true })).filter((path) =>
    path.endsWith('.md'),
  );
  const emitted = await Promise.all(
    paths.map(async (path) => {
      const { document, options } = readScenario(await readFile(scenarios + path, 'utf8'));
      const { dialect, dates, int64 } = options;
      const { files } = await print(document, {
        ...(typeof dialect === 'string' && { dialect }),
        dates,
        int64,
      });
      const folder = `/${path.replace(/\.md$/, '')}`;
      for (const { path: file, text } of files)
        if (file.endsWith('.ts')) project.createSourceFile(`${folder}/${file}`, text);
      return files.length > 0 ? [folder] : [];
    }),
  );
  return emitted.flat();
})();

const sources = project.getSourceFiles();
const printed = sources.filter((source) => !source.getFilePath().includes('/runtime/'));

/** The names that a module uses and has from nowhere: globals. */
function globalsOf(source: SourceFile): readonly string[] {
  const known = new Set<string>();
  const used = new Set<string>();
  for (const identifier of source.getDescendantsOfKind(SyntaxKind.Identifier)) {
    const name = identifier.getText();
    const parent = identifier.getParent();
    if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) continue;
    if (Node.isQualifiedName(parent) && parent.getRight() === identifier) continue;
    if (Node.isPropertyAssignment(parent) && parent.getNameNode() === identifier) continue;
    if (Node.isPropertySignature(parent) || Node.isGetAccessorDeclaration(parent)) continue;
    if (Node.isExportSpecifier(parent) || name === 'const') continue;
    if (identifier.getFirstAncestor(Node.isJSDoc)) continue;
    const isDeclaration =
      (Node.isImportSpecifier(parent) &&
        (parent.getAliasNode() ?? parent.getNameNode()) === identifier) ||
      Node.isNamespaceImport(parent) ||
      Node.isFunctionDeclaration(parent) ||
      Node.isInterfaceDeclaration(parent) ||
      Node.isTypeAliasDeclaration(parent) ||
      (Node.isVariableDeclaration(parent) && parent.getNameNode() === identifier) ||
      Node.isTypeParameterDeclaration(parent) ||
      (Node.isParameterDeclaration(parent) && parent.getNameNode() === identifier) ||
      (Node.isBindingElement(parent) && parent.getNameNode() === identifier);
    if (isDeclaration) known.add(name);
    else if (!Node.isImportSpecifier(parent)) used.add(name);
  }
  return [...used].filter((name) => !known.has(name));
}

test('the globals that give way to declared names are those that the output uses', () => {
  const used = new Set(printed.flatMap(globalsOf));
  used.delete('globalThis');
  used.delete('undefined');
  expect([...used].toSorted()).toEqual([...globals].toSorted());
});

test('what the entry point exports of the run-time is exported there', () => {
  const [folder] = packages;
  for (const { module, values, types } of runtimeExports) {
    const source = project.getSourceFileOrThrow(`${folder}/src/${module}.ts`);
    const exported = [...source.getExportedDeclarations().keys()];
    expect(exported).toEqual(expect.arrayContaining([...values, ...types]));
  }
});

test('each name that a module imports is exported where it is imported from', () => {
  for (const source of printed) {
    for (const declaration of source.getImportDeclarations()) {
      const names = declaration.getNamedImports().map((one) => one.getName());
      const from = declaration.getModuleSpecifierSourceFileOrThrow();
      expect([...from.getExportedDeclarations().keys()]).toEqual(expect.arrayContaining(names));
    }
  }
});

test('the options that credentials and variables give way to are those of every client', () => {
  const [folder] = packages;
  const members = [
    ['call', 'ClientOptions'],
    ['transport/transport', 'TransportOptions'],
  ].flatMap(([module, name]) =>
    project
      .getSourceFileOrThrow(`${folder}/src/runtime/${module}.ts`)
      .getInterfaceOrThrow(name!)
      .getType()
      .getProperties()
      .map((property) => property.getName()),
  );
  expect([...new Set(members)].toSorted()).toEqual([...ownOptions].toSorted());
});

test('the names that groups give way to are files of the package, members of a batch and devices', () => {
  const names = new Set<string>();
  for (const folder of packages) {
    const index = project.getSourceFileOrThrow(`${folder}/src/index.ts`);
    const groups = new Set(
      index
        .getImportDeclarations()
        .filter((one) => one.getNamespaceImport())
        .map((one) => one.getModuleSpecifierSourceFileOrThrow().getBaseNameWithoutExtension()),
    );
    for (const source of sources) {
      const path = source.getFilePath();
      if (!path.startsWith(`${folder}/src/`)) continue;
      const [top = '', below] = path.slice(`${folder}/src/`.length).replace(/\.ts$/, '').split('/');
      // No group has a hyphen.
      if (!groups.has(top) && !top.includes('-')) names.add(top);
      if (top === 'batch' && below !== undefined && !groups.has(below)) names.add(below);
    }
    const batch = project.getSourceFile(`${folder}/src/batch/index.ts`)?.getTypeAlias('Batch');
    for (const property of batch?.getType().getProperties() ?? [])
      if (!groups.has(property.getName())) names.add(property.getName());
  }
  // Not generated here, and opt-in.
  for (const name of ['msw', 'valibot', 'zod']) names.add(name);
  const devices = /^(?:con|prn|aux|nul|(?:com|lpt)\d)$/;
  expect([...names].toSorted()).toEqual(
    moduleNames.filter((name) => !devices.test(name)).toSorted((a, b) => (a < b ? -1 : 1)),
  );
});
