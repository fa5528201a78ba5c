import type { NameOf } from './flat.ts';
import { WIDTH } from './text.ts';

/** Something that a module exports. Printing it in a file is what imports it there. */
export interface Ref {
  readonly name: string;
  /** The module below `src/`, without extension: `runtime/client`. */
  readonly module: string;
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

/** What a `code` template may hold; arrays are joined, nothing is printed for `undefined` and `false`. */
export type Code = string | number | Ref | readonly Code[] | undefined | false;

/** A file of the output that is being printed. */
export interface SourceFile {
  /** Template tag: text, in which a {@link Ref} is printed by its name and imported. */
  code(strings: TemplateStringsArray, ...values: readonly Code[]): string;
  /** The name of a declared type, imported where it lives elsewhere. */
  readonly nameOf: NameOf;
  /** Whether anything of that module was printed. */
  uses(ref: Ref): string;
}

/** A file's text: what `body` prints, below the imports that it turned out to need. */
export function printModule(
  module: string,
  homes: ReadonlyMap<string, string>,
  body: (file: SourceFile) => string,
): string {
  const imports = new Map<string, Map<string, boolean>>();
  const uses = ({ name, as = name, module: home, isType = false }: Ref): string => {
    if (home === module) return name;
    const imported = as === name ? name : `${name} as ${as}`;
    const names = imports.get(home) ?? new Map<string, boolean>();
    imports.set(home, names);
    names.set(imported, isType && (names.get(imported) ?? true));
    return as;
  };
  const text = (part: Code): string => {
    if (part === undefined || part === false) return '';
    if (typeof part === 'string') return part;
    if (typeof part === 'number') return String(part);
    return isList(part) ? part.map(text).join('') : uses(part);
  };
  const named = new Set<string>();
  const file: SourceFile = {
    uses,
    nameOf: (name) => {
      if (named.has(name)) return name;
      named.add(name);
      const home = homes.get(name);
      return home === undefined ? name : uses({ name, module: home, isType: true });
    },
    code: (strings, ...values) =>
      strings.reduce((done, string, index) => done + text(values[index - 1]) + string),
  };
  const printed = body(file);
  const head = importLines(module, imports);
  return head === '' ? printed : `${head}\n${printed}`;
}

function isList(part: Ref | readonly Code[]): part is readonly Code[] {
  return Array.isArray(part);
}

function importLines(
  module: string,
  imports: ReadonlyMap<string, ReadonlyMap<string, boolean>>,
): string {
  return [...imports]
    .map(([home, names]) => ({ from: relative(module, home), names }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, names }) => {
      const onlyTypes = [...names.values()].every((isType) => isType);
      const list = [...names]
        .toSorted(([a], [b]) =>
          a.toLowerCase() < b.toLowerCase()
            ? -1
            : a.toLowerCase() > b.toLowerCase()
              ? 1
              : a < b
                ? -1
                : 1,
        )
        .map(([name, isType]) => (isType && !onlyTypes ? `type ${name}` : name));
      return `import ${onlyTypes ? 'type ' : ''}${braced(list, `import ${onlyTypes ? 'type ' : ''}`.length, ` from '${from}';`.length)} from '${from}';\n`;
    })
    .join('');
}

/** `{ a, b }` on one line where it fits, else one name a line. */
export function braced(names: readonly string[], column: number, suffix: number): string {
  const line = `{ ${names.join(', ')} }`;
  if (names.length === 1) return line;
  return column + line.length + suffix <= WIDTH
    ? line
    : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
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
