import { maxDepth, maxNameLength } from './limits.ts';
import type { Parsed } from './parse/parse.ts';
import { joinKeys, keysOfPath } from '../json/pointer.ts';
import { quote } from './quote.ts';
import type { Problems } from './problems.ts';
import type { Workspace } from './workspace.ts';

/** Reports what exceeds limits that no honest document comes near; later stages could fail or take too long. */
export function checkLimits({ contents, problems }: Workspace, name: string): boolean {
  const { tooDeep, tooLong } = contents;
  if (tooDeep !== undefined) {
    problems.error('load/too-deep', `${name} is nested more than ${maxDepth} deep.`, {
      pointer: joinKeys(keysOfPath(tooDeep).slice(0, 5)),
      hint: 'Move what is nested below this place into components, and refer to it.',
    });
  }
  if (tooLong !== undefined) {
    problems.error(
      'load/too-long',
      `${name} has a name of more than ${maxNameLength} characters.`,
      {
        pointer: joinKeys(keysOfPath(tooLong).slice(0, 5)),
        hint: 'Shorten the names in this place.',
      },
    );
  }
  return tooDeep === undefined && tooLong === undefined;
}

/** Reports keys that stand twice in an object. RFC 8259 leaves open what that means, most tools take the last. */
export function reportDuplicates(
  { name, positions, duplicates }: Parsed,
  keys: number,
  problems: Problems,
): void {
  if (!duplicates(keys)) return;
  for (const { path, offset } of positions.duplicates) {
    const message = `The key ${quote(path.at(-1))} stands here twice; the last one counts.`;
    problems.warning('load/duplicate-key', message, {
      file: name,
      pointer: joinKeys(path),
      ...positions.at(offset),
      hint: 'Remove one of the two.',
    });
  }
}
