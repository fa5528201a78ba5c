import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project, type SourceFile } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import {
  circlesOf,
  floorsOf,
  type ImportGraph,
  importGraph,
  within,
} from './support/import-graph.ts';
import { layerOf, type Trespass, trespassesIn } from './support/layers.ts';
import { exceptions, layers, runtime } from './support/layer-rules.ts';

const root = fileURLToPath(new URL('../', import.meta.url)).replaceAll('\\', '/');

const mostFloors = { early: 8, late: 10 };
/** Parts of the run-time of batches that are loaded when something asks for them. */
const lateParts = /\/batch\/(?:effects|preview|undo)\/(?!on-demand)/;
const mostLines = 300;

const files = sourceFiles(['generator', 'templates', 'test']);
const graph = importGraph(files.filter(isOfTheGenerator), root);

function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  const project = new Project({ skipLoadingLibFiles: true, skipFileDependencyResolution: true });
  return project.addSourceFilesAtPaths(folders.map((folder) => `${root}${folder}/**/*.ts`));
}

function pathOf(file: SourceFile): string {
  return posix.relative(root, file.getFilePath());
}

function isOfTheGenerator(file: SourceFile): boolean {
  return !pathOf(file).startsWith('test/');
}

/** The graph of a project that consists of a few modules, by path. */
function graphOf(modules: Readonly<Record<string, string>>): ImportGraph {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  for (const [path, text] of Object.entries(modules)) project.createSourceFile(`/${path}`, text);
  return importGraph(project.getSourceFiles(), '/');
}

function isExcepted({ from, to }: Trespass): boolean {
  return exceptions.imports.some(([a, b]) => from.startsWith(a) && to.startsWith(b));
}

function newTrespasses(of: ImportGraph): readonly string[] {
  return trespassesIn(of, layers)
    .filter((trespass) => !isExcepted(trespass))
    .map(({ from, to }) => `${from} → ${to}`);
}

function newCircles(of: ImportGraph): readonly (readonly string[])[] {
  const isExceptedModule = (path: string): boolean =>
    exceptions.circles.some((excepted) => path.endsWith(excepted));
  return circlesOf(of).filter((circle) => !circle.some(isExceptedModule));
}

describe('the project', () => {
  test('puts every module into a layer', () => {
    expect([...graph.keys()].filter((path) => layerOf(path, layers) === undefined)).toEqual([]);
  });

  test('lets each layer see only what it may', () => {
    expect(newTrespasses(graph)).toEqual([]);
  });

  test('has no circle of imports, types included', () => {
    expect(newCircles(graph)).toEqual([]);
  });

  test('stacks the run-time of batches on few floors, and apart from it what is loaded late', () => {
    const batch = [...within(graph, `${runtime}/batch`)];
    for (const late of [true, false]) {
      const isHere = (path: string): boolean => lateParts.test(path) === late;
      const part = batch.filter(([path]) => isHere(path));
      const floors = floorsOf(new Map(part.map(([path, all]) => [path, all.filter(isHere)])));
      expect(floors).toBeLessThanOrEqual(late ? mostFloors.late : mostFloors.early);
    }
  });

  test('has no file that is long', () => {
    const long = files
      .filter((file) => file.getEndLineNumber() > mostLines)
      .map(pathOf)
      .filter((path) => !exceptions.long.some((excepted) => path.startsWith(excepted)));
    expect(long).toEqual([]);
  });
});

describe('an import against the rules is found', () => {
  const bad = 'generator/json/bad.ts';

  test.for([
    ['of a value', "import { api } from '../ir/ir.ts';"],
    ['of a type', "import type { Api } from '../ir/ir.ts';"],
    ['that is passed on', "export * from '../ir/ir.ts';"],
    ['that happens late', "export const late = () => import('../ir/ir.ts');"],
    ['inside of a type', "export type Late = import('../ir/ir.ts').Api;"],
    ['by the name of its output', "import { api } from '../ir/ir.js';"],
  ] as const)('%s', ([, text]) => {
    const modules = { [bad]: text, 'generator/ir/ir.ts': '' };
    expect(newTrespasses(graphOf(modules))).toEqual([`${bad} → generator/ir/ir.ts`]);
  });

  test.for([
    ['templates/runtime/client.ts', 'generator/generate.ts'],
    ['templates/runtime/client.ts', 'templates/client.ts'],
    ['generator/normalize/normalize.ts', 'templates/package.ts'],
    ['generator/print/code.ts', 'generator/load/load.ts'],
    ['templates/client.ts', 'generator/normalize/normalize.ts'],
    ['templates/runtime/batch/plan/plan.ts', 'templates/runtime/batch/run/run.ts'],
    ['templates/runtime/client.ts', 'templates/runtime/batch/run/run.ts'],
  ] as const)('from %s to %s', ([from, to]) => {
    const specifier = posix.relative(posix.dirname(from), to);
    const text = `import '${specifier.startsWith('.') ? specifier : `./${specifier}`}';`;
    expect(newTrespasses(graphOf({ [from]: text, [to]: '' }))).toEqual([`${from} → ${to}`]);
  });
});

describe('a circle is found', () => {
  test('of two modules that only share types', () => {
    const circle = graphOf({
      'a.ts': "import type { B } from './b.ts';",
      'b.ts': "import type { A } from './a.ts';",
      'c.ts': "import './a.ts';",
    });
    expect(circlesOf(circle)).toEqual([['a.ts', 'b.ts']]);
  });

  test('of three modules', () => {
    const circle = graphOf({
      'a.ts': "import './b.ts';",
      'b.ts': "export * from './c.ts';",
      'c.ts': "export const a = import('./a.ts');",
    });
    expect(circlesOf(circle)).toEqual([['a.ts', 'b.ts', 'c.ts']]);
  });

  test('of a module with itself', () => {
    expect(circlesOf(graphOf({ 'a.ts': "import './a.ts';" }))).toEqual([['a.ts']]);
  });
});

test('floors are counted along the longest way', () => {
  const graphOfFour = graphOf({
    'a.ts': "import './b.ts';\nimport './d.ts';",
    'b.ts': "import './c.ts';",
    'c.ts': "import './d.ts';",
    'd.ts': '',
  });
  expect(floorsOf(graphOfFour)).toBe(4);
});
