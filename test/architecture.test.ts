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
import { type Layers, layerOf, type Trespass, trespassesIn } from './support/layers.ts';

const root = fileURLToPath(new URL('../', import.meta.url)).replaceAll('\\', '/');

const json = 'generator/json';
const diagnostics = 'generator/diagnostics';
const ir = 'generator/ir';
const print = 'generator/print';
const template = 'generator/template.ts';
const dialects = 'generator/dialects';
const load = 'generator/load';
const normalize = 'generator/normalize';
const config = 'generator/config';
const complete = 'generator/complete';
const write = 'generator/write';
const readApi = 'generator/read-api.ts';
const runtime = 'templates/runtime';

/** The run-time of batches, each part above those before it. */
const batchParts = [
  'action',
  'pace',
  'protocol',
  'effects',
  'plan',
  'outcome',
  'journal',
  'verify',
  'preview',
  'run',
  'undo',
  'draft',
  'request',
].map((name) => `${runtime}/batch/${name}`);

/** What each layer sees: docs/architecture.md. The edge from the generator to the templates is one. */
const layers: Layers = {
  [json]: [],
  [diagnostics]: [json],
  [ir]: [json],
  [print]: [ir, json],
  [dialects]: [diagnostics, ir, json, `${runtime}/batch/protocol`, `${runtime}/batch/request`],
  [template]: [dialects, ir],
  [load]: [diagnostics, json, 'generator/own-package.ts'],
  [normalize]: [diagnostics, ir, json],
  [config]: [diagnostics, dialects, ir, json, load, normalize, print, template],
  [complete]: [config, dialects, ir, json],
  [write]: [diagnostics, json, template],
  'generator/own-package.ts': [],
  'generator/stopwatch.ts': [],
  'generator/bind.ts': [diagnostics, dialects, ir, json],
  'generator/further-hosts.ts': [diagnostics, dialects, ir],
  [readApi]: [
    'generator/further-hosts.ts',
    config,
    diagnostics,
    dialects,
    'generator/bind.ts',
    ir,
    json,
    load,
    normalize,
    'generator/stopwatch.ts',
  ],
  'generator/runtime-files.ts': [ir, print, template],
  'generator/generate.ts': [
    complete,
    config,
    diagnostics,
    'generator/own-package.ts',
    readApi,
    'generator/runtime-files.ts',
    'generator/stopwatch.ts',
    ir,
    template,
    'templates',
    write,
  ],
  'generator/diff': [
    complete,
    diagnostics,
    dialects,
    ir,
    json,
    load,
    'generator/own-package.ts',
    readApi,
    'generator/runtime-files.ts',
  ],
  'generator/validate': [diagnostics, json, load, readApi],
  'generator/inspect.ts': [diagnostics, ir, readApi],
  'generator/index.ts': [config, diagnostics, 'generator/generate.ts', write],
  'generator/cli': [
    config,
    diagnostics,
    dialects,
    'generator/diff',
    'generator/generate.ts',
    'generator/inspect.ts',
    'generator/own-package.ts',
    'generator/validate',
    ir,
    write,
  ],
  'generator/cli.ts': ['generator/cli'],
  'generator/pull': [diagnostics, load, 'generator/validate'],
  'generator/spec-pull.ts': ['generator/pull'],
  templates: [ir, print, template],
  [runtime]: [],
  [`${runtime}/batch`]: [runtime, ...batchParts],
  ...Object.fromEntries(
    batchParts.map((part, index) => [part, [runtime, ...batchParts.slice(0, index)]]),
  ),
};

/**
 * What is still against the rules, since 2026-11-27: imports by what they lead from and to, circles
 * by one of their modules, files by their length. The lists only get shorter, until they are empty.
 */
const exceptions = {
  imports: [
    [dialects, `${normalize}/operations/pagination`],
    ['generator/diff/types/prove/prove.ts', 'templates/index.ts'],
  ],
  circles: [
    'ir/batch.ts',
    'ir/api.ts',
    'pagination/kinds.ts',
    'pagination/override.ts',
    'runtime/client.ts',
  ],
  long: [
    'test/generator/print/arbitrary-api.ts',
    'generator/diff/schema/changes.ts',
    'test/runtime/',
    'test/simulators/',
    'test/documents/hostile/positions.ts',
    'test/documents/hostile/structures.ts',
    'test/generator/load/external.test.ts',
    'test/generator/load/upgrade.test.ts',
  ],
} as const;

const mostFloors = { early: 8, late: 10 };
/** Parts of the run-time of batches that are loaded when something asks for them. */
const lateParts = ['effects', 'preview', 'undo'];
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
    const isLate = (path: string): boolean =>
      lateParts.some((part) => path.startsWith(`${runtime}/batch/${part}/`)) &&
      !path.endsWith('/on-demand.ts');
    const batch = within(graph, `${runtime}/batch`);
    for (const side of [true, false]) {
      const part = [...batch].filter(([path]) => isLate(path) === side);
      const floors = floorsOf(
        new Map(
          part.map(([path, targets]) => [path, targets.filter((one) => isLate(one) === side)]),
        ),
      );
      expect(floors).toBeLessThanOrEqual(side ? mostFloors.late : mostFloors.early);
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
