import { isObject, listOf, objectOf, textOf } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import { child, members, type Node, resolve } from '../node.ts';
import { at, say, type Walk } from './walk.ts';

/** The schemes and scopes of one way to be let in; none of them lets everyone in. */
type Way = ReadonlyMap<string, ReadonlySet<string>>;

/** Compares the ways to be let in: one of them is enough, and each asks for all that it names. */
export function compareSecurity(walk: Walk, old: Node, now: Node): void {
  const renamed = renamedSchemes(old.side.root, now.side.root);
  const before = waysOf(old, renamed);
  const after = waysOf(now);
  const place = [placeOf(old), placeOf(now)] as const;
  const isOpen = (ways: readonly Way[]) => ways.length === 0 || ways.some((way) => way.size === 0);
  if (isOpen(after)) {
    if (!isOpen(before)) say(walk, 'security-opened', 'asks for no credentials any more', ...place);
    return;
  }
  if (isOpen(before)) {
    say(walk, 'security-required', `asks for ${after.map(textOfWay).join(', or ')}`, ...place);
    return;
  }
  for (const way of before) {
    if (after.some((other) => isEnough(way, other))) continue;
    const same = after.find((other) =>
      equal([...way.keys()].toSorted(), [...other.keys()].toSorted()),
    );
    if (same)
      say(
        walk,
        'scope-added',
        `asks for ${textOfWay(same)} instead of ${textOfWay(way)}`,
        ...place,
      );
    else say(walk, 'security-removed', `does not take ${textOfWay(way)} any more`, ...place);
  }
  for (const way of after)
    if (!before.some((other) => equal([...way.keys()], [...other.keys()])))
      say(walk, 'security-added', `also takes ${textOfWay(way)}`, ...place);
}

/** Whether who has the credentials of one way has those that another asks for. */
function isEnough(has: Way, asks: Way): boolean {
  return [...asks].every(([scheme, scopes]) => {
    const granted = has.get(scheme);
    return granted !== undefined && [...scopes].every((scope) => granted.has(scope));
  });
}

function placeOf(operation: Node): Node {
  return child(operation, 'security') ?? child(operation.side.root, 'security') ?? operation;
}

/** The new names of schemes that are sent as before: the wire does not carry names. */
function renamedSchemes(old: Node, now: Node): ReadonlyMap<string, string> {
  const before = schemesOf(old);
  const after = schemesOf(now);
  const added = [...after].filter(([name]) => !before.has(name));
  return new Map(
    [...before].flatMap(([name, from]) => {
      if (after.has(name)) return [];
      const found = added.find(([, to]) => isSentAlike(from, to));
      return found ? [[name, found[0]] as const] : [];
    }),
  );
}

function waysOf(operation: Node, renamed: ReadonlyMap<string, string> = new Map()): readonly Way[] {
  const said = child(operation, 'security') ?? child(operation.side.root, 'security');
  return listOf(said?.value)
    .filter(isObject)
    .map(
      (way) =>
        new Map(
          Object.entries(way).map(([scheme, scopes]) => [
            renamed.get(scheme) ?? scheme,
            new Set(listOf(scopes).map(textOf)),
          ]),
        ),
    );
}

function textOfWay(way: Way): string {
  const names = [...way].map(([scheme, scopes]) =>
    scopes.size > 0 ? `\`${scheme}\` (${[...scopes].join(', ')})` : `\`${scheme}\``,
  );
  return names.join(' and ') || 'nothing';
}

/** Compares how credentials are sent, scheme by scheme. */
export function compareSchemes(outer: Walk, old: Node, now: Node): void {
  const before = schemesOf(old);
  const after = schemesOf(now);
  for (const [name, from] of before) {
    const walk = at(outer, `security scheme \`${name}\``);
    const to = after.get(name);
    if (to) compareScheme(walk, from, to);
    else say(walk, 'security-scheme-removed', 'is gone', from, now);
  }
  for (const [name, to] of after)
    if (!before.has(name))
      say(at(outer, `security scheme \`${name}\``), 'security-scheme-added', 'is new', old, to);
}

function schemesOf(root: Node): ReadonlyMap<string, Node> {
  return new Map(
    members(child(root, 'components', 'securitySchemes')).map((node) => [node.key, resolve(node)]),
  );
}

function isSentAlike(old: Node, now: Node): boolean {
  const meaning = ({ value }: Node) => {
    const { type, in: place, name, scheme } = objectOf(value);
    const isHeader = place === 'header';
    return [
      type,
      place,
      isHeader ? textOf(name).toLowerCase() : name,
      textOf(scheme).toLowerCase(),
    ];
  };
  return equal(meaning(old), meaning(now));
}

function compareScheme(walk: Walk, old: Node, now: Node): void {
  if (!isSentAlike(old, now)) say(walk, 'security-scheme-changed', 'is sent otherwise', old, now);
  const flows = child(now, 'flows');
  for (const from of members(child(old, 'flows'))) {
    const to = flows && child(flows, from.key);
    if (!to)
      say(at(walk, `flow ${from.key}`), 'security-flow-removed', 'is gone', from, flows ?? now);
    else
      compareUrls(
        at(walk, `flow ${from.key}`),
        ['authorizationUrl', 'tokenUrl', 'refreshUrl'],
        from,
        to,
      );
  }
  compareUrls(walk, ['openIdConnectUrl'], old, now);
}

function compareUrls(walk: Walk, fields: readonly string[], old: Node, now: Node): void {
  for (const field of fields) {
    const from = child(old, field);
    const to = child(now, field);
    if (from?.value === to?.value) continue;
    say(walk, 'security-endpoint-changed', `\`${field}\` is another`, from ?? old, to ?? now);
  }
}
