const importing =
  /^(?:import|export)\b[^;'"]*?from '(\.[^']*)\.js';$|^\} from '(\.[^']*)\.js';$|\bimport\('(\.[^']*)\.js'\)/gm;

/** The modules, named from `src/`, that a module's imports and re-exports reach by a relative path. */
export function relativeImports(module: string, text: string): string[] {
  const here = module.split('/').slice(0, -1);
  return [...text.matchAll(importing)].map(([, line, last, late]) => {
    const path = [...here];
    for (const part of (line ?? last ?? late ?? '').split('/')) {
      if (part === '..') path.pop();
      else if (part !== '.') path.push(part);
    }
    return path.join('/');
  });
}
