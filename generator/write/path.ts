import type { Diagnostics } from '../diagnostics/diagnostics.ts';

/** Names that Windows reserves in every folder, with any extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

/** What Windows forbids in a name, control and format characters, and lone surrogates. */
const forbidden = /[<>:"|?*\\\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Why `path` cannot be a file of the output, or undefined where it can. The rules are those of all
 * platforms together, so that what is generated on one can be checked out on another.
 */
export function pathFault(path: string): string | undefined {
  for (const name of path.split('/')) {
    if (name === '') return 'is absolute or has an empty segment';
    if (name === '.' || name === '..') return 'has a relative segment';
    if (forbidden.test(name)) return 'has a character that no file name should have';
    if (device.test(name)) return 'has a name that Windows reserves';
    if (/[. ]$/.test(name)) return 'has a name that ends in a dot or a space';
    if (Buffer.byteLength(name) > 255) return 'has a name of more than 255 bytes';
    if (/^\.(?:git|batchwright)\b/i.test(name)) return 'has a reserved name';
  }
  return undefined;
}

/** Two paths with one key are one file where the file system ignores case. */
export function pathKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Whether every path is a safe one and no two want the same place; what is not is diagnosed. */
export function checkPaths(paths: readonly string[], diagnostics: Diagnostics): boolean {
  const taken = new Map<string, string>();
  let safe = true;
  const refuse = (message: string): void => {
    safe = false;
    diagnostics.error('write/path', message, { hint: 'The template that emits it must change.' });
  };

  for (const path of paths) {
    const fault = pathFault(path);
    const other = taken.get(pathKey(path));
    if (fault !== undefined) refuse(`${JSON.stringify(path)} ${fault}.`);
    else if (other !== undefined) refuse(`\`${other}\` and \`${path}\` are the same file.`);
    taken.set(pathKey(path), path);
  }
  for (const path of paths) {
    const file = parents(path).find((parent) => taken.has(pathKey(parent)));
    if (file !== undefined) refuse(`\`${file}\` is a file, and the folder of \`${path}\`.`);
  }
  return safe;
}

/** The folders above `path`, the outermost first: `a`, `a/b` for `a/b/c.ts`. */
export function parents(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
