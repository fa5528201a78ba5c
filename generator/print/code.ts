import { compare } from '../json/narrow.ts';
import type { Expression } from './expression.ts';
import { globals, type TypeNames } from './flat.ts';
import { type Laid, laidExpression, type Line } from './laid.ts';
import { commentText } from './text.ts';
import { WIDTH } from './width.ts';
import type { Modules } from '../ir/api.ts';

/** Something that a module exports. Printing it in a file is what imports it there. */
export interface Ref {
  readonly name: string;
  /** The module below `src/`, without extension: `runtime/client`; or a package. */
  readonly module: string;
  /** Whether {@link module} is the name of a package. */
  readonly isExternal?: boolean | undefined;
  /** The name under which it is known here, where its own is taken. */
  readonly as?: string | undefined;
  /** Whether it is a type only, and so leaves no import behind when compiled. */
  readonly isType?: boolean | undefined;
}

export function value(name: string, module: string): Ref {
  return { name, module };
}

export function type(name: string, module: string): Ref {
  return { name, module, isType: true };
}

/** What a package exports: `external('z', 'zod')`. */
export function external(name: string, packageName: string): Ref {
  return { name, module: packageName, isExternal: true };
}

/**
 * What a `code` template may hold: text; what is imported; what is laid out by the line on which it
 * stands. Arrays are joined, nothing is printed for `undefined` and `false`.
 */
export type Code = string | number | Ref | Expression | Laid | readonly Code[] | undefined | false;

/** Template tag for text that imports nothing: an example in Markdown. */
export function plainCode(strings: TemplateStringsArray, ...values: readonly PlainCode[]): string {
  return assemble(strings, values, ({ name }) => name);
}

type PlainCode = Exclude<Code, Ref>;

/** A file of the output that is being printed. */
export interface SourceFile extends TypeNames {
  /** Template tag: text, in which a {@link Ref} is printed by its name and imported. */
  code(strings: TemplateStringsArray, ...values: readonly Code[]): string;
  /** Imports something; returns the name under which the file knows it. */
  uses(ref: Ref): string;
}

/** Where a module stands among the others. */
export interface ModuleScope {
  /** Below `src/`, without extension: `batch/index`. */
  readonly module: string;
  readonly modules: Modules;
  /** The names that its own text declares, parameters included, where {@link Modules} does not have them. */
  readonly declares?: readonly string[] | undefined;
}

/**
 * A module's text: what `body` prints, below the imports that it turned out to need. What is imported
 * gives way to what the module declares, and the run-time's names give way to the document's.
 */
export function printModule(
  { module, modules, declares = [] }: ModuleScope,
  body: (file: SourceFile) => string,
): string {
  const { homes } = modules;
  const declared = new Set([...(modules.declared.get(module) ?? []), ...declares]);
  const imports = new Map<string, Map<string, Import>>();
  /** By module: how it is named from here. */
  const paths = new Map<string, string>();
  /** What names of the module's own and of its imports mean no global. */
  const locals = new Set(declared);
  const taken = new Set([...declared, ...globals]);

  const uses = ({ name, as, module: home, isType = false, isExternal }: Ref): string => {
    if (home === module && !isExternal) return name;
    let from = isExternal ? home : paths.get(home);
    if (from === undefined) paths.set(home, (from = relative(module, home)));
    let imported = imports.get(from);
    if (!imported) imports.set(from, (imported = new Map()));
    const known = imported.get(name);
    if (known) {
      known.isType &&= isType;
      return known.local;
    }
    const isFree = (local: string): boolean =>
      !taken.has(local) && (homes.get(local) ?? home) === home;
    const local = firstFree(as ?? name, aliasOf(name, home, isType), isFree);
    taken.add(local);
    locals.add(local);
    imported.set(name, { local, isType });
    return local;
  };
  const named = new Map<string, string>();
  const file: SourceFile = {
    uses,
    nameOf: (name) => {
      const known = named.get(name);
      if (known !== undefined) return known;
      const home = homes.get(name);
      const local = home === undefined ? name : uses({ name, module: home, isType: true });
      named.set(name, local);
      return local;
    },
    itemStream: () => uses(type('ItemStream', 'runtime/answers/stream')),
    instant: () => uses(type('Instant', 'runtime/values/instant')),
    global: (name) => {
      if (locals.has(name)) return `globalThis.${name}`;
      taken.add(name);
      return name;
    },
    code: (strings, ...values) => assemble(strings, values, uses),
  };
  const printed = body(file);
  const head = importLines(imports);
  return head === '' ? printed : `${head}\n${printed}`;
}

/** How a module knows what it imports. */
interface Import {
  readonly local: string;
  /** Whether it is used as a type alone. */
  isType: boolean;
}

/** `cookies` of the run-time → `runtimeCookies`; a declared type `Promise` → `PromiseType`. */
function aliasOf(name: string, home: string, isType: boolean): string {
  if (!home.startsWith('runtime/')) return isType ? `${name}Type` : `${name}Value`;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return (isType ? 'Runtime' : 'runtime') + capital;
}

function firstFree(name: string, alias: string, isFree: (name: string) => boolean): string {
  if (isFree(name)) return name;
  let local = alias;
  for (let number = 2; !isFree(local); number += 1) local = `${alias}${number}`;
  return local;
}

/** The text of a template: each value is laid out by what stands before and behind it on its line. */
function assemble(
  strings: readonly string[],
  values: readonly Code[],
  uses: (ref: Ref) => string,
): string {
  const comments = commentsOf(strings);
  let done = strings[0] ?? '';
  for (let index = 0; index < values.length; index += 1) {
    const rest = strings[index + 1] ?? '';
    done = withPart(done, values[index], rest, comments[index] === true, uses) + rest;
  }
  return done;
}

/** What is done, and the next value of a template, behind which `rest` follows. */
function withPart(
  done: string,
  part: Code,
  rest: string,
  inComment: boolean,
  uses: (ref: Ref) => string,
): string {
  if (typeof part === 'string') return done + (inComment ? commentText(part) : part);
  if (part === undefined || part === false) return done;
  if (typeof part === 'number') return done + String(part);
  if (isList(part)) {
    let text = done;
    for (const one of part) text = withPart(text, one, '', inComment, uses);
    return text;
  }
  if ('layout' in part) return done + part.layout(lineOf(done, rest));
  if ('flat' in part) return done + laidExpression(part).layout(lineOf(done, rest));
  return done + uses(part);
}

const inComments = new WeakMap<readonly string[], readonly boolean[]>();

/** For each value of a template, whether it stands in a comment, which it must not end. */
function commentsOf(strings: readonly string[]): readonly boolean[] {
  let found = inComments.get(strings);
  if (!found) {
    let inComment = false;
    found = strings.map((part) => (inComment = isLeftInComment(part, inComment)));
    inComments.set(strings, found);
  }
  return found;
}

/** Whether a comment is open behind a part of a template. */
function isLeftInComment(part: string, before: boolean): boolean {
  const begin = part.lastIndexOf('/**');
  const end = part.lastIndexOf('*/');
  return begin < 0 && end < 0 ? before : begin > end;
}

function lineOf(done: string, rest: string): Line {
  const before = done.slice(done.lastIndexOf('\n') + 1);
  const end = rest.indexOf('\n');
  return {
    before,
    after: end < 0 ? rest : rest.slice(0, end),
    indentation: before.length - before.trimStart().length,
  };
}

function isList(part: Code): part is readonly Code[] {
  return Array.isArray(part);
}

function importLines(imports: ReadonlyMap<string, ReadonlyMap<string, Import>>): string {
  return [...imports]
    .map(([from, names]) => ({ from, names }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, names }) => {
      const onlyTypes = [...names.values()].every(({ isType }) => isType);
      const list = [...names]
        .map(([name, { local, isType }]) => ({
          text: local === name ? name : `${name} as ${local}`,
          isType,
        }))
        .toSorted((a, b) => compareNames(a.text, b.text))
        .map(({ text, isType }) => (isType && !onlyTypes ? `type ${text}` : text));
      return `import ${onlyTypes ? 'type ' : ''}${braced(list, `import ${onlyTypes ? 'type ' : ''}`.length, ` from '${from}';`.length)} from '${from}';\n`;
    })
    .join('');
}

function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

/** `{ a, b }` on one line where it fits, else one name a line. */
function braced(names: readonly string[], column: number, suffix: number): string {
  const line = `{ ${names.join(', ')} }`;
  if (names.length === 1) return line;
  return column + line.length + suffix <= WIDTH
    ? line
    : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
}

/** What a module exports: `a`, `a as b`. */
export interface ExportSpecifier {
  readonly name: string;
  readonly as?: string | undefined;
  readonly isType: boolean;
}

/** `export { a, type B } from './c.js';` with the line break behind it; nothing where there is no name. */
export function exportLine(names: readonly ExportSpecifier[], from: string): string {
  if (names.length === 0) return '';
  const onlyTypes = names.every(({ isType }) => isType);
  const list = names.map(({ name, as, isType }) => {
    const text = as === undefined ? name : `${name} as ${as}`;
    return isType && !onlyTypes ? `type ${text}` : text;
  });
  const head = onlyTypes ? 'export type ' : 'export ';
  const tail = ` from '${from}';`;
  return `${head}${braced(list, head.length, tail.length)}${tail}\n`;
}

/** The same for all that a module exports, which are these names: `export * from './c.js';` */
export function exportAllLine(names: readonly ExportSpecifier[], from: string): string {
  if (names.length === 0) return '';
  const onlyTypes = names.every(({ isType }) => isType);
  return `export ${onlyTypes ? 'type ' : ''}* from '${from}';\n`;
}

/** From one module to another, with the extension that runs: `../runtime/client.js`. */
export function relative(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let common = 0;
  while (common < here.length && here[common] === there[common]) common += 1;
  const up = here.slice(common).map(() => '..');
  return `${up.length === 0 ? './' : ''}${[...up, ...there.slice(common)].join('/')}.js`;
}
