import { Node, Project, type Statement } from 'ts-morph';

const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });

/** The top-level statements of a module that are no import, export or declaration, and so do something when it is loaded. */
export function liveStatements(text: string): readonly string[] {
  const source = project.createSourceFile('module.ts', text, { overwrite: true });
  const faults = source.compilerNode as unknown as {
    readonly parseDiagnostics: readonly unknown[];
  };
  if (faults.parseDiagnostics.length > 0) return ['This does not parse.'];
  return source
    .getStatements()
    .filter((statement) => !isDeclaration(statement))
    .map((statement) => statement.getText());
}

function isDeclaration(statement: Statement): boolean {
  if (Node.isVariableStatement(statement))
    return statement.getDeclarations().every((one) => isInert(one.getInitializer()));
  return (
    Node.isImportDeclaration(statement) ||
    Node.isExportDeclaration(statement) ||
    Node.isInterfaceDeclaration(statement) ||
    Node.isTypeAliasDeclaration(statement) ||
    Node.isFunctionDeclaration(statement)
  );
}

/** Whether evaluating an expression calls nothing: literals, names, functions, and objects and lists of these. */
function isInert(node: Node | undefined): boolean {
  if (node === undefined || Node.isIdentifier(node) || Node.isLiteralExpression(node)) return true;
  if (Node.isTrueLiteral(node) || Node.isFalseLiteral(node) || Node.isNullLiteral(node))
    return true;
  if (Node.isAsExpression(node)) return isInert(node.getExpression());
  if (Node.isPrefixUnaryExpression(node)) return isInert(node.getOperand());
  // A function does nothing before it is called.
  if (Node.isArrowFunction(node)) return true;
  if (Node.isArrayLiteralExpression(node)) return node.getElements().every(isInert);
  if (!Node.isObjectLiteralExpression(node)) return false;
  return node
    .getProperties()
    .every(
      (property) =>
        Node.isShorthandPropertyAssignment(property) ||
        (Node.isPropertyAssignment(property) &&
          !Node.isComputedPropertyName(property.getNameNode()) &&
          isInert(property.getInitializer())),
    );
}
