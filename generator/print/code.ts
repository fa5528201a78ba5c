import type { Modules } from '../ir/modules.ts';
import { compare } from '../json/narrow.ts';
import { globals, type TypeNames } from './flat.ts';
import { WIDTH } from './text.ts';

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

/** What a `code` template may hold; arrays are joined, nothing is printed for `undefined` and `false`. */
export type Code = string | number | Ref | readonly Code[] | undefined | false;

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
  const taken = new Set([...declared, ...globals]);

  const uses = ({ name, as, module: home, isType = false, isExternal }: Ref): string => {
    if (home === module && !isExternal) return name;
    const from = isExternal ? home : relative(module, home);
    const imported = imports.get(from) ?? new Map<string, Import>();
    imports.set(from, imported);
    const known = imported.get(name);
    if (known) {
      known.isType &&= isType;
      return known.local;
    }
    const isFree = (local: string): boolean =>
      !taken.has(local) && (homes.get(local) ?? home) === home;
    const local = firstFree(as ?? name, aliasOf(name, home, isType), isFree);
    taken.add(local);
    imported.set(name, { local, isType });
    return local;
  };
  const text = (part: Code): string => {
    if (part === undefined || part === false) return '';
    if (typeof part === 'string') return part;
    if (typeof part === 'number') return String(part);
    return isList(part) ? part.map(text).join('') : uses(part);
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
    global: (name) => (declared.has(name) ? `globalThis.${name}` : name),
    code: (strings, ...values) =>
      strings.reduce((done, string, index) => done + text(values[index - 1]) + string),
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

function isList(part: Ref | readonly Code[]): part is readonly Code[] {
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
