import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { NamedType, Type } from '../../ir/ir.ts';
import { needs } from './aliases.ts';
import { intersect, scalar, unite, unknown } from '../../ir/type.ts';

/**
 * An alias may not be made of itself: `type A = A | B` does not compile, `type A = { a: A }` does.
 * Where a union names its members and each member extends the union's base (a common way to write
 * inheritance), the member keeps the base's own properties; any other such circle becomes `unknown`.
 */
export function breakCycles(
  types: readonly NamedType[],
  diagnostics: Diagnostics,
): readonly NamedType[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  const circular = components(types, byName);
  if (circular.size === 0) return types;
  const base = (name: string, within: ReadonlySet<string>): Type => {
    const type = byName.get(name)?.type ?? unknown;
    if (type.kind !== 'intersection') return unknown;
    return intersect(
      type.members.filter(
        (member) =>
          member.kind === 'object' || (member.kind === 'named' && !within.has(member.name)),
      ),
    );
  };
  const open = (type: Type, within: ReadonlySet<string>): Type => {
    switch (type.kind) {
      case 'named':
        return within.has(type.name) ? base(type.name, within) : type;
      case 'union':
        return unite(
          type.members.map((member) =>
            member.kind === 'named' && within.has(member.name) ? member : open(member, within),
          ),
        );
      case 'intersection':
        return intersect(type.members.map((member) => open(member, within)));
      case 'scalar':
      case 'literals':
      case 'array':
      case 'stream':
      case 'tuple':
      case 'record':
      case 'object':
        return type;
    }
  };
  const opened = types.map((named): NamedType => {
    const within = circular.get(named.name);
    if (!within) return named;
    diagnostics.info(
      'schema/circular-alias',
      `\`${named.name}\` is made of itself; what it inherits in that circle is written out.`,
    );
    return { ...named, type: open(named.type, within) };
  });
  const rest = components(opened, new Map(opened.map((type) => [type.name, type])));
  return rest.size === 0
    ? opened
    : opened.map((named) =>
        rest.has(named.name)
          ? { ...named, type: cut(named.type, rest.get(named.name) ?? new Set()) }
          : named,
      );
}

/** What is left of a circle through unions alone: its members without those that lead back. */
function cut(type: Type, within: ReadonlySet<string>): Type {
  if (type.kind === 'named') return within.has(type.name) ? scalar('never') : type;
  if (type.kind === 'union') {
    const kept = unite(type.members.map((member) => cut(member, within)));
    return kept.kind === 'scalar' && kept.name === 'never' ? unknown : kept;
  }
  if (type.kind === 'intersection')
    return intersect(
      type.members.map((member) =>
        member.kind === 'named' && within.has(member.name) ? unknown : member,
      ),
    );
  return type;
}

/** Each name that stands in a circle, with all names of its circle (Tarjan, without recursion). */
function components(
  types: readonly NamedType[],
  byName: ReadonlyMap<string, NamedType>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, readonly string[]>();
  for (const { name, type } of types) {
    const list: string[] = [];
    if (type.kind !== 'object') needs(type, list);
    edges.set(
      name,
      list.filter((target) => byName.has(target)),
    );
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const on = new Set<string>();
  const found = new Map<string, ReadonlySet<string>>();
  for (const { name: root } of types) {
    if (index.has(root)) continue;
    const work: { readonly name: string; next: number }[] = [{ name: root, next: 0 }];
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { name } = frame;
      if (frame.next === 0) {
        index.set(name, index.size);
        low.set(name, index.get(name) ?? 0);
        stack.push(name);
        on.add(name);
      }
      const target = edges.get(name)?.[frame.next];
      if (target !== undefined) {
        frame.next += 1;
        if (!index.has(target)) work.push({ name: target, next: 0 });
        else if (on.has(target))
          low.set(name, Math.min(low.get(name) ?? 0, index.get(target) ?? 0));
        if (frame.next === 0) frame.next = 1;
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.name, Math.min(low.get(parent.name) ?? 0, low.get(name) ?? 0));
      if (low.get(name) !== index.get(name)) continue;
      const members: string[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        on.delete(member);
        members.push(member);
        if (member === name) break;
      }
      const [only] = members;
      if (members.length > 1 || (only !== undefined && edges.get(only)?.includes(only))) {
        const circle = new Set(members);
        for (const member of members) found.set(member, circle);
      }
    }
  }
  return found;
}
