import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ts } from 'ts-morph';
import type { OutputFile } from '../../../generator/template.ts';

/** What in a package is more than declarations, and calls of the run-time inside functions. */
export function faultsOf(files: readonly OutputFile[]): readonly string[] {
  const own = files.filter(({ path }) => !path.startsWith('src/runtime/'));
  return [
    ...pathFaults(files.map(({ path }) => path)),
    ...own.flatMap(({ path, text }) =>
      [
        ...(invisible.test(text) ? ['holds characters that nobody sees'] : []),
        ...(path.endsWith('.ts') ? moduleFaults(text) : []),
        ...(path.endsWith('.md') ? markdownFaults(text) : []),
        ...(path === 'package.json' ? manifestFaults(text) : []),
      ].map((fault) => `${path}: ${fault}`),
    ),
  ];
}

/** All but the line feed that a reader does not see, or sees elsewhere than it stands. */
const invisible =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cs}]/u;

const device = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

function pathFaults(paths: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return paths.flatMap((path) => {
    const folded = path.normalize('NFKC').toLowerCase();
    const isTwice = seen.has(folded);
    seen.add(folded);
    const isSafe = path
      .split('/')
      .every(
        (part) =>
          /^[\p{L}\p{Nd}_-]+(\.[\p{L}\p{Nd}_-]+)*$/u.test(part) &&
          Buffer.byteLength(part) <= 240 &&
          !device.test(part.split('.')[0] ?? ''),
      );
    return [
      ...(isTwice ? [`${path}: is there twice where names are told apart without case`] : []),
      ...(isSafe || path === '.gitignore' ? [] : [`${path}: is no name for a file`]),
    ];
  });
}

/** Most modules of a package are the same whatever text is put into one place of its document. */
const known = new Map<string, readonly string[]>();

/** Syntax errors, statements that do something when the module is loaded, and calls of anything but the run-time. */
export function moduleFaults(text: string): readonly string[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const faults = read(text);
  if (known.size > 5_000) known.clear();
  known.set(text, faults);
  return faults;
}

function read(text: string): readonly string[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const faults = syntaxErrors(source);
  for (const statement of source.statements)
    if (!isDeclaration(statement)) faults.push(`runs ${statement.getText()}`);
  const imported = importedNames(source);
  const visit = (node: ts.Node): void => {
    const callee = calleeOf(node);
    if (callee !== undefined && !imported.has(callee) && !harmless.has(callee))
      faults.push(`calls ${callee}`);
    if (
      ts.isBinaryExpression(node) &&
      isAssignment(node.operatorToken.kind) &&
      node.left.getText() !== 'input' &&
      node.getText() !== lazyBatch
    )
      faults.push(`assigns ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** What templates print beside calls of the run-time. */
const harmless = new Set([
  'Map',
  'credentials.set',
  // The table of effects is loaded when a preview asks for it.
  'import',
  'import().then',
  'JSON.stringify',
  'Object.entries',
  'Object.entries().map',
  'pair.join',
  'RegExp.exec',
  'credentials.push',
  'action',
  'ref',
]);

function syntaxErrors(source: ts.SourceFile): string[] {
  // The compiler keeps them to itself, but a parse without a program offers nothing else.
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  return parseDiagnostics.map(
    ({ messageText, start = 0 }) =>
      `does not parse: ${ts.flattenDiagnosticMessageText(messageText, ' ')} ${source.text.slice(start, start + 40)}`,
  );
}

function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.every(({ initializer }) => isInert(initializer));
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  );
}

/** Whether evaluating an expression runs no code of anybody: literals, names, and objects and lists of these. */
function isInert(node: ts.Expression | undefined): boolean {
  if (node === undefined || ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
  if (ts.isAsExpression(node)) return isInert(node.expression);
  // A function does nothing before it is called.
  if (ts.isArrowFunction(node)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isInert);
  if (!ts.isObjectLiteralExpression(node))
    return [
      ts.SyntaxKind.TrueKeyword,
      ts.SyntaxKind.FalseKeyword,
      ts.SyntaxKind.NullKeyword,
    ].includes(node.kind);
  return node.properties.every(
    (property) =>
      ts.isShorthandPropertyAssignment(property) ||
      (ts.isPropertyAssignment(property) &&
        !ts.isComputedPropertyName(property.name) &&
        isInert(property.initializer)),
  );
}

function importedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings))
      for (const { name } of bindings.elements) names.add(name.text);
  }
  return names;
}

function calleeOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return nameOf(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText();
  return ts.isAwaitExpression(node) || ts.isDeleteExpression(node) ? node.getText() : undefined;
}

/** A member of what another call gives is told without its arguments. */
function nameOf(callee: ts.Expression): string {
  if (ts.isPropertyAccessExpression(callee) && ts.isRegularExpressionLiteral(callee.expression))
    return `RegExp.${callee.name.text}`;
  return ts.isPropertyAccessExpression(callee) && ts.isCallExpression(callee.expression)
    ? `${nameOf(callee.expression.expression)}().${callee.name.text}`
    : callee.getText();
}

/** The client object makes its builders when they are first asked for. */
const lazyBatch = 'batch ??= createBatch(client)';

/** Markup that no template wrote: elements, images, and links other than that to the listing. */
function markdownFaults(text: string): readonly string[] {
  const plain = text
    .replaceAll(/^```ts\n[^]*?\n```$/gm, '')
    .replaceAll(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, '')
    .replaceAll(/\\[!-/:-@[-`{-~]/g, '');
  const found = plain.replaceAll('[api.md](api.md)', '').match(/[<`]|\]\(|!\[/g) ?? [];
  return found.map((mark) => `has markup: ${mark}`);
}

const members = new Set(
  'name version description type sideEffects engines exports files scripts peerDependencies peerDependenciesMeta devDependencies prettier'.split(
    ' ',
  ),
);
/** A document decides nothing about how its package is built. */
const { scripts: usualScripts } = JSON.parse(
  readFileSync(new URL('../../../generated/meraki/package.json', import.meta.url), 'utf8'),
);
const peers = new Set(['pg', 'pg-boss', 'better-sqlite3']);

function peerFaults(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  return ['peerDependencies', 'peerDependenciesMeta']
    .flatMap((member) => Object.keys(Object(manifest[member])))
    .flatMap((peer) => (peers.has(peer) ? [] : [`needs ${peer}`]));
}

function manifestFaults(text: string): readonly string[] {
  const manifest: Record<string, unknown> = JSON.parse(text);
  const { name, version, scripts, exports } = manifest;
  const targets = Object.values(Object(exports)).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(Object(entry)),
  );
  return [
    ...Object.keys(manifest).flatMap((key) => (members.has(key) ? [] : [`has a member ${key}`])),
    ...peerFaults(manifest),
    ...(/^[a-z0-9][a-z0-9._-]{0,213}$/.test(String(name)) ? [] : [`is called ${String(name)}`]),
    ...(/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(String(version))
      ? []
      : [`is version ${String(version)}`]),
    ...(isDeepStrictEqual(scripts, usualScripts) ? [] : ['runs something else']),
    ...targets.flatMap((target) =>
      /^\.\/(dist\/[^.]+(\.d\.ts|\.js)|package\.json)$/.test(String(target))
        ? []
        : [`exports ${String(target)}`],
    ),
  ];
}
