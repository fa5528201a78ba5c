import { Node, type SourceFile, SyntaxKind, ts } from 'ts-morph';
import type { Edit } from './edits.ts';
import type { Renames } from './renames.ts';

/** Finds where a file uses what is called otherwise now, and has it called so. */
export function renameUses(
  file: SourceFile,
  checker: ts.TypeChecker,
  renames: Renames,
  add: (edit: Edit) => void,
): void {
  const identifiers = file.getDescendantsOfKind(SyntaxKind.Identifier);
  const taken = new Set(identifiers.map((each) => each.getText()));
  const uses = new Uses(checker, renames, taken);
  for (const node of identifiers) {
    if (!renames.names.has(node.getText())) continue;
    const text = uses.textFor(node);
    if (text !== undefined && text !== node.getText())
      add({ start: node.getStart(), end: node.getEnd(), text });
    const group = uses.groupFor(node);
    if (group) add({ start: group.node.getStart(), end: group.node.getEnd(), text: group.now });
  }
}

class Uses {
  readonly #checker: ts.TypeChecker;
  readonly #renames: Renames;
  readonly #taken: ReadonlySet<string>;

  constructor(checker: ts.TypeChecker, renames: Renames, taken: ReadonlySet<string>) {
    this.#checker = checker;
    this.#renames = renames;
    this.#taken = taken;
  }

  /** What stands in place of an identifier; undefined where it stays. */
  textFor(node: Node): string | undefined {
    const parent = node.getParent();
    const name = node.getText();
    if (Node.isImportSpecifier(parent)) return this.#imported(node);
    if (Node.isExportSpecifier(parent)) {
      if (parent.getAliasNode() === node) return undefined;
      const now = this.#local(node) ?? this.#declared(this.#symbolAt(node));
      if (now === undefined) return undefined;
      return parent.getAliasNode() ? now : `${now} as ${name}`;
    }
    if (Node.isShorthandPropertyAssignment(parent)) {
      const key = this.#memberOf(parent.getParent(), name) ?? name;
      const value = this.#local(node) ?? name;
      return key === value ? key : `${key}: ${value}`;
    }
    if (Node.isPropertyAssignment(parent) && parent.getNameNode() === node)
      return this.#memberOf(parent.getParent(), name);
    if (Node.isBindingElement(parent)) return this.#bound(parent, node);
    if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node)
      return this.#declared(this.#symbolAt(node));
    if (Node.isQualifiedName(parent) && parent.getRight() === node)
      return this.#declared(this.#symbolAt(node));
    if (Node.isImportTypeNode(parent)) return this.#declared(this.#symbolAt(node));
    return this.#local(node);
  }

  /** The group in `client.pets.getPet`, where the function is in another one now. */
  groupFor(node: Node): { readonly node: Node; readonly now: string } | undefined {
    const access = node.getParent();
    if (!Node.isPropertyAccessExpression(access) || access.getNameNode() !== node) return undefined;
    const holder = access.getExpression();
    if (!Node.isPropertyAccessExpression(holder)) return undefined;
    const moved = this.#find(this.#symbolAt(node))?.group;
    const name = holder.getNameNode();
    return moved && name.getText() === moved.old ? { node: name, now: moved.now } : undefined;
  }

  /** An imported name: under its new one, unless the file has that already. */
  #imported(node: Node): string | undefined {
    const specifier = node.getParentIfKindOrThrow(SyntaxKind.ImportSpecifier);
    const alias = specifier.getAliasNode();
    if (alias === node) return undefined;
    const now = this.#declared(this.#symbolAt(node));
    if (now === undefined) return undefined;
    return alias || !this.#taken.has(now) ? now : `${now} as ${node.getText()}`;
  }

  /** What a name means that an import brought into the file without an alias. */
  #local(node: Node): string | undefined {
    const parent = node.getParent();
    const symbol = Node.isShorthandPropertyAssignment(parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(parent.compilerNode)
      : this.#symbolAt(node);
    const isImported = symbol?.declarations?.some(
      (each) =>
        each.kind === SyntaxKind.ImportSpecifier && !('propertyName' in each && each.propertyName),
    );
    if (!isImported) return undefined;
    const now = this.#declared(symbol);
    return now === undefined || this.#taken.has(now) ? undefined : now;
  }

  /** The part of a destructured object: `{ id }` is `{ petId: id }`. */
  #bound(element: Node, node: Node): string | undefined {
    if (!Node.isBindingElement(element)) return undefined;
    const pattern = element.getParent();
    const property = element.getPropertyNameNode();
    if (property && property !== node) return undefined;
    if (!property && element.getNameNode() !== node) return undefined;
    if (element.getDotDotDotToken() || !Node.isObjectBindingPattern(pattern)) return undefined;
    const type = this.#checker.getTypeAtLocation(pattern.compilerNode);
    const now = this.#declared(type.getProperty(node.getText()));
    if (now === undefined) return undefined;
    return property ? now : `${now}: ${node.getText()}`;
  }

  /** What a member of an object literal is called, where its type is wanted. */
  #memberOf(literal: Node | undefined, name: string): string | undefined {
    if (!Node.isObjectLiteralExpression(literal)) return undefined;
    const type = this.#checker.getContextualType(literal.compilerNode);
    return type && this.#declared(type.getProperty(name));
  }

  #symbolAt(node: Node): ts.Symbol | undefined {
    return this.#checker.getSymbolAtLocation(node.compilerNode);
  }

  #declared(symbol: ts.Symbol | undefined): string | undefined {
    return this.#find(symbol)?.now;
  }

  #find(symbol: ts.Symbol | undefined): ReturnType<Renames['find']> {
    if (!symbol) return undefined;
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of target.declarations ?? []) {
      const found = this.#renames.find(declaration);
      if (found) return found;
    }
    return undefined;
  }
}
