import { textOf } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import { child, items, type Node } from '../node.ts';
import { at, say, type Walk } from './walk.ts';

/** Compares the servers that a document or an operation names. */
export function compareServers(outer: Walk, old: Node, now: Node): void {
  const before = serversOf(old);
  const after = serversOf(now);
  for (const [url, from] of before) {
    const walk = at(outer, `server ${url}`);
    const to = after.get(url);
    if (!to) say(walk, 'server-removed', 'is gone', from, child(now, 'servers') ?? now);
    else if (!equal(variables(from), variables(to)))
      say(walk, 'server-variable-changed', 'has other variables', from, to);
  }
  for (const [url, to] of after)
    if (!before.has(url))
      say(at(outer, `server ${url}`), 'server-added', 'is new', child(old, 'servers') ?? old, to);
}

function serversOf(node: Node): ReadonlyMap<string, Node> {
  const servers = items(child(node, 'servers'));
  return new Map(
    servers.map((server) => [textOf(child(server, 'url')?.value).replace(/\/+$/, ''), server]),
  );
}

function variables(server: Node): unknown {
  return child(server, 'variables')?.value;
}
