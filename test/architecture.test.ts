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

/** Of the run-time of batches; types count, and what is loaded late. */
const mostFloors = 8;
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

/** A circle is excepted as long as no module joins it. */
function newCircles(of: ImportGraph): readonly (readonly string[])[] {
  return circlesOf(of).filter(
    (circle) =>
      !exceptions.circles.some((excepted) => circle.every((path) => excepted.includes(path))),
  );
}

function batchFloors(of: ImportGraph): number {
  return floorsOf(within(of, `${runtime}/batch`));
}

/** The graph with one more import. */
function withImport(of: ImportGraph, from: string, to: string): ImportGraph {
  return new Map(of).set(from, [...(of.get(from) ?? []), to]);
}

function longFiles(): readonly string[] {
  return files.filter((file) => file.getEndLineNumber() > mostLines).map(pathOf);
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

  test('stacks the run-time of batches on no more floors than it may', () => {
    expect(batchFloors(graph)).toBeLessThanOrEqual(mostFloors);
  });

  test('has no file that is long', () => {
    expect(longFiles().filter((path) => !Object.hasOwn(exceptions.long, path))).toEqual([]);
  });
});

describe('every exception is still needed', () => {
  test('for an import', () => {
    const trespasses = trespassesIn(graph, layers);
    const unneeded = exceptions.imports.filter(
      ([a, b]) => !trespasses.some(({ from, to }) => from.startsWith(a) && to.startsWith(b)),
    );
    expect(unneeded).toEqual([]);
  });

  test('for a circle, with each of its modules', () => {
    expect(circlesOf(graph)).toEqual(exceptions.circles);
  });

  test('for a long file', () => {
    const long = longFiles();
    expect(Object.keys(exceptions.long).filter((path) => !long.includes(path))).toEqual([]);
  });
});

describe('the project with more imports is refused', () => {
  test('where a lower layer imports a higher one', () => {
    const [from, to] = ['generator/print/code.ts', 'generator/load/load.ts'];
    expect(newTrespasses(withImport(graph, from, to))).toEqual([`${from} → ${to}`]);
  });

  test('where two modules of a layer then import each other', () => {
    const more = withImport(graph, 'generator/ir/param.ts', 'generator/ir/ir.ts');
    expect(newCircles(more).flat()).toContain('generator/ir/param.ts');
  });

  test('where a module joins a circle that is excepted', () => {
    const joins = `${runtime}/own-properties.ts`;
    const more = withImport(graph, joins, `${runtime}/client.ts`);
    expect(newCircles(more).flat()).toContain(joins);
  });

  test('where it puts a floor below the lowest', () => {
    const cellar = `${runtime}/batch/action/cellar.ts`;
    const more = [...within(graph, `${runtime}/batch`)]
      .filter(([, targets]) => targets.length === 0)
      .reduce<ImportGraph>(
        (of, [path]) => withImport(of, path, cellar),
        new Map(graph).set(cellar, []),
      );
    expect(batchFloors(more)).toBe(batchFloors(graph) + 1);
    expect(batchFloors(more)).toBeGreaterThan(mostFloors);
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
