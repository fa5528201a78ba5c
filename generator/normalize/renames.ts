import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';

/** Names that a user prefers, by what is renamed. */
export interface Renames {
  /** By operationId: the function, from whose name those of its types are made. */
  readonly operations?: Readonly<Record<string, string>> | undefined;
  /** By tag: the module. Two tags of one name become one group. */
  readonly groups?: Readonly<Record<string, string>> | undefined;
  /** By the name of a type as it would be emitted. */
  readonly types?: Readonly<Record<string, string>> | undefined;
}

/** Hands out what a user prefers, and remembers which of it nothing asked for. */
export interface Renaming {
  /** The preferred name; undefined where there is none. */
  of(kind: keyof Renames, name: string): string | undefined;
  /** Reports names that nothing has. */
  close(diagnostics: Diagnostics): void;
}

const kinds = ['operations', 'groups', 'types'] as const;
const what = { operations: 'operation', groups: 'group', types: 'type' } as const;

export function renaming(renames: Renames = {}): Renaming {
  const asked = {
    operations: new Set<string>(),
    groups: new Set<string>(),
    types: new Set<string>(),
  };
  return {
    of(kind, name) {
      const names = renames[kind];
      if (!names) return undefined;
      asked[kind].add(name);
      return Object.hasOwn(names, name) ? names[name] : undefined;
    },
    close(diagnostics) {
      for (const kind of kinds) {
        for (const name of Object.keys(renames[kind] ?? {})) {
          if (asked[kind].has(name)) continue;
          diagnostics.warning(
            'shape/no-match',
            `There is no ${what[kind]} \`${name}\` to rename.${didYouMean(name, asked[kind])}`,
            { pointer: '', hint: 'Correct `rename` in the configuration, or remove the name.' },
          );
        }
      }
    },
  };
}
