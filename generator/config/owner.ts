import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Why code in a file may not run: the file, or the folder that it is really in, belongs to another
 * user who is not root. It is the rule that git has for repositories. Undefined where it may run,
 * and where the platform has no such owners.
 */
export function ownerFault(file: string): string | undefined {
  const user = process.getuid?.();
  if (user === undefined) return undefined;
  const real = realpathSync(file);
  for (const path of [real, dirname(real)]) {
    const { uid } = statSync(path);
    if (uid !== user && uid !== 0) return `${path} belongs to another user (${uid})`;
  }
  return undefined;
}
