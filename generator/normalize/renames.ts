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
  /** Takes note of the name that something got instead of the one that it was to have. */
  got(kind: keyof Renames, name: string, wanted: string, given: string): void;
  /** Reports names that nothing has, and those that something else had. */
  close(diagnostics: Diagnostics): void;
}

const kinds = ['operations', 'groups', 'types'] as const;
const what = { operations: 'operation', groups: 'group', types: 'type' } as const;

interface Displaced {
  readonly kind: keyof Renames;
  readonly name: string;
  readonly wanted: string;
  readonly given: string;
}

export function renaming(renames: Renames = {}): Renaming {
  const asked = {
    operations: new Set<string>(),
    groups: new Set<string>(),
    types: new Set<string>(),
  };
  const displaced: Displaced[] = [];
  return {
    of(kind, name) {
      const names = renames[kind];
      if (!names) return undefined;
      asked[kind].add(name);
      return Object.hasOwn(names, name) ? names[name] : undefined;
    },
    got(kind, name, wanted, given) {
      if (renames[kind] && given !== wanted) displaced.push({ kind, name, wanted, given });
    },
    close(diagnostics) {
      for (const kind of kinds) {
        const names = renames[kind] ?? {};
        const wishes = new Set(Object.values(names));
        for (const { name, wanted, given } of displaced.filter((each) => each.kind === kind)) {
          // What the document calls alike is numbered, as ever.
          if (!Object.hasOwn(names, name) && !wishes.has(wanted)) continue;
          diagnostics.warning(
            'shape/taken-name',
            `The ${what[kind]} \`${name}\` is called \`${given}\`: \`${wanted}\` is taken.`,
            { hint: 'Choose another name under `rename` in the configuration.' },
          );
        }
        for (const name of Object.keys(renames[kind] ?? {})) {
          if (asked[kind].has(name)) continue;
          diagnostics.warning(
            'shape/no-match',
            `There is no ${what[kind]} \`${name}\` to rename.${didYouMean(name, asked[kind])}`,
            { hint: 'Correct `rename` in the configuration, or remove the name.' },
          );
        }
      }
    },
  };
}
