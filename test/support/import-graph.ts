import { posix } from 'node:path';
import { Node, type SourceFile, SyntaxKind } from 'ts-morph';

/** By a module's path, the modules that it imports; types count as much as values. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports between some files. What they import from elsewhere is left out. */
export function importGraph(files: readonly SourceFile[], root: string): ImportGraph {
  const paths = new Map(files.map((file) => [posix.relative(root, file.getFilePath()), file]));
  const graph = new Map<string, readonly string[]>();
  for (const [path, file] of paths) {
    const targets = specifiersOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'));
    graph.set(path, [...new Set(targets)].filter((target) => paths.has(target)).toSorted());
  }
  return graph;
}

function specifiersOf(file: SourceFile): readonly string[] {
  const declared = [...file.getImportDeclarations(), ...file.getExportDeclarations()]
    .map((declaration) => declaration.getModuleSpecifierValue())
    .filter((specifier) => specifier !== undefined);
  return file.getFullText().includes('import(') ? [...declared, ...lateImports(file)] : declared;
}

/** Those of `import('…')`, as an expression or as a type. */
function lateImports(file: SourceFile): readonly string[] {
  const calls = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getKind() === SyntaxKind.ImportKeyword)
    .flatMap((call) => call.getArguments());
  const types = file.getDescendantsOfKind(SyntaxKind.ImportType).flatMap((type) => {
    const argument = type.getArgument();
    return Node.isLiteralTypeNode(argument) ? [argument.getLiteral()] : [];
  });
  return [...calls, ...types].filter(Node.isStringLiteral).map((text) => text.getLiteralValue());
}

/** Modules that import each other, directly or through others: a list for each such knot. */
export function circlesOf(graph: ImportGraph): readonly (readonly string[])[] {
  return componentsOf(graph).filter(
    ([first, ...rest]) =>
      rest.length > 0 || (first !== undefined && graph.get(first)?.includes(first) === true),
  );
}

/** How many modules stand upon each other at most; those of a circle stand side by side. */
export function floorsOf(graph: ImportGraph): number {
  const floors = new Map<string, number>();
  for (const component of componentsOf(graph)) {
    const below = component
      .flatMap((path) => graph.get(path) ?? [])
      .filter((path) => !component.includes(path))
      .map((path) => floors.get(path) ?? 0);
    for (const path of component) floors.set(path, 1 + Math.max(0, ...below));
  }
  return Math.max(0, ...floors.values());
}

/** The part of a graph that lies below a folder. */
export function within(graph: ImportGraph, folder: string): ImportGraph {
  const isInside = (path: string): boolean => path.startsWith(`${folder}/`);
  return new Map(
    [...graph]
      .filter(([path]) => isInside(path))
      .map(([path, targets]) => [path, targets.filter(isInside)]),
  );
}

/** Strongly connected components (Tarjan 1972), each after those that it depends on. */
function componentsOf(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const open = new Set<string>();
  const found: string[][] = [];
  /** Tells the lowest number of an open module that a module leads to. */
  const visit = (path: string): number => {
    const number = order.size;
    let lowest = number;
    order.set(path, number);
    open.add(path);
    for (const target of graph.get(path) ?? []) {
      const reached = order.get(target);
      if (reached === undefined) lowest = Math.min(lowest, visit(target));
      else if (open.has(target)) lowest = Math.min(lowest, reached);
    }
    if (lowest === number) {
      const component = [...open].filter((each) => (order.get(each) ?? 0) >= number);
      for (const each of component) open.delete(each);
      found.push(component.toSorted());
    }
    return lowest;
  };
  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return found;
}
