import { isObject, objectOf, own } from '../../json/narrow.ts';
import { child, items, members, type Node, resolve, type Side, targetOf } from '../node.ts';
import { type Conjunction, conjunctionOf, keyword } from './conjunction.ts';
import { type Context, inside } from './context.ts';

/**
 * Compares the schemas that a value of a base schema may have instead: those that its discriminator
 * names, and the components that build upon it with `allOf`.
 */
export function compareHeirs(context: Context, old: Conjunction, now: Conjunction): void {
  const from = keyword(old, 'discriminator').at(-1);
  const to = keyword(now, 'discriminator').at(-1);
  if (!from || !to || context.isTrial) return;
  // Each heir has the discriminator of its base, and would lead to all others again.
  const { pairs } = context.compared;
  const key = `heirs ${context.direction} ${context.writtenAs} ${from.id} ${to.id}`;
  if (pairs.has(key)) return;
  pairs.add(key);
  const after = heirsOf(to);
  for (const [name, heir] of heirsOf(from)) {
    const other = after.get(name);
    if (!other) continue;
    const where = inside(context, `as \`${heir.key}\``);
    context.compare(where, conjunctionOf(heir), conjunctionOf(other));
  }
}

/** By the value that names them, or by the name of the component. */
function heirsOf(discriminator: Node): ReadonlyMap<string, Node> {
  const mapping = members(child(discriminator, 'mapping')).flatMap((node) => {
    const heir = componentOf(node);
    return heir ? [[`value ${node.key}`, heir] as const] : [];
  });
  const base = baseOf(discriminator);
  const builders = base ? allBuildersOf(base) : [];
  return new Map([...mapping, ...builders.map((node) => [`name ${node.key}`, node] as const)]);
}

/** The components that build upon one, and those that build upon these. */
function allBuildersOf(base: Node): readonly Node[] {
  const builders = buildersOf(base.side);
  const found = new Set([base]);
  for (const node of found) for (const builder of builders.get(node) ?? []) found.add(builder);
  found.delete(base);
  return [...found];
}

/** What a mapping names: a reference, or the name of a component. */
function componentOf({ side, value }: Node): Node | undefined {
  if (typeof value !== 'string') return undefined;
  if (!value.startsWith('#')) return child(side.root, 'components', 'schemas', value);
  const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(value) ?? [];
  return name === undefined
    ? undefined
    : child(side.root, 'components', 'schemas', unescaped(name));
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The component in which a discriminator stands, itself or in a part of its `allOf`. */
function baseOf({ parent }: Node): Node | undefined {
  const holder = parent?.parent?.key === 'allOf' ? parent.parent.parent : parent;
  return holder?.parent?.key === 'schemas' ? holder : undefined;
}

const known = new WeakMap<Side, ReadonlyMap<Node, readonly Node[]>>();

/** The components that build upon each component. */
function buildersOf(side: Side): ReadonlyMap<Node, readonly Node[]> {
  const found = known.get(side);
  if (found) return found;
  const builders = new Map<Node, Node[]>();
  for (const component of members(child(side.root, 'components', 'schemas'))) {
    if (!isObject(component.value) || !own(objectOf(component.value), 'allOf')) continue;
    for (const part of items(child(component, 'allOf'))) {
      const base = targetOf(part) && resolve(part);
      if (!base) continue;
      const list = builders.get(base);
      if (list) list.push(component);
      else builders.set(base, [component]);
    }
  }
  known.set(side, builders);
  return builders;
}
