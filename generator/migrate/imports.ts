import { type ImportDeclaration, Node, type SourceFile } from 'ts-morph';
import { applied, type Edit, inOrder } from './edits.ts';
import type { Successors } from './successors.ts';

/** The old name of a package, and the new one. */
export interface PackageNamePair {
  readonly old: string;
  readonly now: string;
}

/** Finds the imports of a file that lead to another module now. */
export function moveImports(
  file: SourceFile,
  names: PackageNamePair,
  successors: Successors,
  renames: readonly Edit[],
  add: (edit: Edit) => void,
): void {
  for (const each of file.getDescendants()) {
    if (!Node.isStringLiteral(each)) continue;
    const specifier = each.getLiteralText();
    if (specifier !== names.old && !specifier.startsWith(`${names.old}/`)) continue;
    const declaration = each.getParent();
    const module = specifier.slice(names.old.length + 1);
    const replace = (text: string): void =>
      add({ start: each.getStart() + 1, end: each.getEnd() - 1, text });
    if (!isModuleName(each)) continue;
    const homes = homesOf(declaration, module, successors);
    const [home = module, ...others] = new Set(homes.values());
    if (others.length === 0) {
      const next = specifierOf(names.now, home);
      if (next !== specifier) replace(next);
    } else if (Node.isImportDeclaration(declaration)) {
      add(splitImport(declaration, names.now, homes, renames));
    }
  }
}

function isModuleName(literal: Node): boolean {
  const parent = literal.getParent();
  return (
    Node.isImportDeclaration(parent) ||
    Node.isExportDeclaration(parent) ||
    (Node.isCallExpression(parent) &&
      /^(?:import|require|jest\.mock|vi\.mock)$/.test(parent.getExpression().getText())) ||
    (Node.isLiteralTypeNode(parent) && Node.isImportTypeNode(parent.getParent()))
  );
}

function specifierOf(name: string, module: string): string {
  return module === '' ? name : `${name}/${module}`;
}

/** The module in which each of the names is now that a declaration imports or exports. */
function homesOf(
  declaration: Node | undefined,
  module: string,
  { homes, groups }: Successors,
): ReadonlyMap<string, string> {
  const [, batch = '', group = ''] = /^(batch\/)?(.+)$/.exec(module) ?? [];
  const whole = groups.get(group);
  const named = namesIn(declaration).map((name): [string, string] => {
    const home = group === '' ? undefined : homes.get(name);
    return [name, home === undefined ? module : `${batch}${home}`];
  });
  if (named.length > 0) return new Map(named);
  return new Map([['*', whole === undefined ? module : `${batch}${whole}`]]);
}

function namesIn(declaration: Node | undefined): readonly string[] {
  if (Node.isImportDeclaration(declaration))
    return declaration.getNamedImports().map((each) => each.getName());
  if (Node.isExportDeclaration(declaration))
    return declaration.getNamedExports().map((each) => each.getName());
  return [];
}

/** Names that were in one module and are in several become an import of each, renamed as they are. */
function splitImport(
  declaration: ImportDeclaration,
  packageName: string,
  homes: ReadonlyMap<string, string>,
  renames: readonly Edit[],
): Edit {
  const head = declaration.isTypeOnly() ? 'import type' : 'import';
  const lines = [...new Set(homes.values())].map((home) => {
    const names = declaration
      .getNamedImports()
      .filter((each) => homes.get(each.getName()) === home)
      .map((each) => renamedText(each, renames));
    return `${head} { ${names.join(', ')} } from '${specifierOf(packageName, home)}';`;
  });
  return { start: declaration.getStart(), end: declaration.getEnd(), text: lines.join('\n') };
}

function renamedText(node: Node, renames: readonly Edit[]): string {
  const [start, stop] = [node.getStart(), node.getEnd()];
  const inside = renames.filter((edit) => edit.start >= start && edit.end <= stop);
  const local = inside.map((edit) => ({
    ...edit,
    start: edit.start - start,
    end: edit.end - start,
  }));
  return applied(node.getText(), inOrder(local));
}
