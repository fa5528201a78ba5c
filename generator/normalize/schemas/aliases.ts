import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { NamedType, Type } from '../../ir/ir.ts';
import { unknown } from '../../ir/type.ts';

/** TypeScript 5.9 runs out of stack where a few thousand aliases are made of each other in a row. */
const longest = 500;

/** The names that an alias needs resolved before itself: through unions and intersections only. */
export function needs(type: Type, into: string[]): void {
  if (type.kind === 'named') into.push(type.name);
  else if (type.kind === 'union' || type.kind === 'intersection')
    for (const member of type.members) needs(member, into);
}

/** Aliases behind those that they are made of. None is made of itself any more. */
export function dependenciesFirst(named: readonly NamedType[]): readonly NamedType[] {
  const byName = new Map(named.map((type) => [type.name, type]));
  const ordered = new Set<NamedType>();
  const entered = new Set<string>();
  const open = named.toReversed();
  for (let next = open.at(-1); next; next = open.at(-1)) {
    if (entered.has(next.name)) {
      ordered.add(next);
      open.pop();
      continue;
    }
    entered.add(next.name);
    const names: string[] = [];
    needs(next.type, names);
    for (const name of names) {
      const type = byName.get(name);
      if (type && !entered.has(name)) open.push(type);
    }
  }
  return [...ordered];
}

/** Cuts rows of aliases that are made of each other where they grow longer than a compiler bears. */
export function cutRows(
  named: readonly NamedType[],
  diagnostics: Diagnostics,
): readonly NamedType[] {
  const lengths = new Map<string, number>();
  const ends = new Map<string, string>();
  const cut = new Map<string, Type>();
  for (const { name, type } of dependenciesFirst(named)) {
    const names: string[] = [];
    needs(type, names);
    const length = names.reduce((most, each) => Math.max(most, lengths.get(each) ?? 0), 0) + 1;
    if (type.kind === 'named') ends.set(name, ends.get(type.name) ?? type.name);
    if (length <= longest) {
      lengths.set(name, length);
      continue;
    }
    const end = ends.get(name);
    cut.set(name, end === undefined ? unknown : { kind: 'named', name: end });
    if (end !== undefined) continue;
    diagnostics.warning(
      'schema/too-deep',
      `\`${name}\` is made of more than ${longest} other schemas in a row; it becomes \`unknown\`.`,
    );
  }
  if (cut.size === 0) return named;
  return named.map(({ name, type, doc }) => ({ name, type: cut.get(name) ?? type, doc }));
}
