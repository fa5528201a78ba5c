import { isObject, objectOf, own } from '../../json/narrow.ts';
import { child, members, type Node } from '../node.ts';
import { type Conjunction, keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';

/** Compares how a value says which variant of a union it is. */
export function compareDiscriminators(context: Context, old: Conjunction, now: Conjunction): void {
  const from = keyword(old, 'discriminator').at(-1);
  const to = keyword(now, 'discriminator').at(-1);
  if (!from && !to) return;
  const name = (node: Node | undefined) => String(own(objectOf(node?.value), 'propertyName'));
  if (!from)
    report(
      context,
      'discriminator-added',
      `\`${name(to)}\` says which variant it is`,
      old.at(-1),
      to,
    );
  else if (!to)
    report(
      context,
      'discriminator-removed',
      `\`${name(from)}\` no longer says which variant it is`,
      from,
      now.at(-1),
    );
  else if (name(from) !== name(to))
    report(
      context,
      'discriminator-changed',
      `\`${name(to)}\` instead of \`${name(from)}\` says which variant it is`,
      from,
      to,
    );
  else compareMappings(context, from, to);
}

/** A value that is the name of its variant needs no mapping. */
function compareMappings(context: Context, old: Node, now: Node): void {
  const before = mappingOf(old);
  const after = mappingOf(now);
  for (const [value, from] of before) {
    const to = after.get(value);
    if (!to && value !== variant(from))
      report(
        context,
        'discriminator-value-removed',
        `\`${value}\` names no variant any more`,
        from,
        now,
      );
    else if (to && variant(from) !== variant(to))
      report(
        context,
        'discriminator-value-changed',
        `\`${value}\` names ${variant(to)} instead of ${variant(from)}`,
        from,
        to,
      );
  }
  for (const [value, to] of after)
    if (!before.has(value) && value !== variant(to))
      report(context, 'discriminator-value-added', `\`${value}\` names a variant`, old, to);
}

function mappingOf(node: Node): ReadonlyMap<string, Node> {
  const mapping = child(node, 'mapping');
  return new Map(isObject(mapping?.value) ? members(mapping).map((each) => [each.key, each]) : []);
}

/** The name of the component, whether it is written as a name or as a reference. */
function variant({ value }: Node): string {
  return String(value).split('/').at(-1) ?? '';
}
