const importing =
  /^(?:import|export)\b[^;'"]*?from '(\.[^']*)\.js';$|^\} from '(\.[^']*)\.js';$|\bimport\('(\.[^']*)\.js'\)/gm;

/** How a relative import ends. */
export type Specifiers = 'js' | 'ts' | 'none';

/** The text of a module whose relative imports end otherwise than in `.js`. */
export function respelled(text: string, specifiers: Specifiers): string {
  if (specifiers === 'js') return text;
  const end = specifiers === 'ts' ? '.ts' : '';
  return text.replace(importing, (found) =>
    found.replace(/\.js('\)?;?)$/, (_, rest) => `${end}${rest}`),
  );
}

/** A module that is imported, and where. */
export interface ModuleImport {
  /** Named from `src/`. */
  readonly module: string;
  /** 1-based, as the column. */
  readonly line: number;
  readonly column: number;
}

/** The modules, named from `src/`, that a module's imports and re-exports reach by a relative path. */
export function relativeImports(module: string, text: string): string[] {
  const here = module.split('/').slice(0, -1);
  return [...text.matchAll(importing)].map((found) => resolved(here, specifierOf(found)));
}

/** The same, each with the place where it stands. */
export function importsIn(module: string, text: string): readonly ModuleImport[] {
  const here = module.split('/').slice(0, -1);
  return [...text.matchAll(importing)].map((found) => {
    const specifier = specifierOf(found);
    const at = found.index + found[0].lastIndexOf(specifier);
    const before = text.slice(0, at);
    return {
      module: resolved(here, specifier),
      line: before.split('\n').length,
      column: at - before.lastIndexOf('\n'),
    };
  });
}

function specifierOf([, line, last, late]: RegExpMatchArray): string {
  return line ?? last ?? late ?? '';
}

function resolved(folder: readonly string[], specifier: string): string {
  const path = [...folder];
  for (const part of specifier.split('/')) {
    if (part === '..') path.pop();
    else if (part !== '.') path.push(part);
  }
  return path.join('/');
}
