import { member } from '../action/members.js';
import { trim } from '../action/wire.js';
import type { Created } from './batch-result.js';
import type { Sent } from './outcome.js';

/**
 * Finds which action created what: the server lists new resources without saying by which action. A
 * resource belongs to the first action whose path its own begins with; what is left over goes by
 * order, if there are as many actions left.
 */
export function matchCreated(
  creates: readonly Sent[],
  created: readonly Created[],
): ReadonlyMap<number, Created> {
  const found = new Map<number, Created>();
  const open = new Map<string, Sent[]>();
  // Last first, so that `pop` takes the first.
  for (let at = creates.length - 1; at >= 0; at -= 1) {
    const sent = creates[at]!;
    const path = pathOf(sent);
    const same = open.get(path);
    if (same) same.push(sent);
    else open.set(path, [sent]);
  }
  const rest = created.filter((resource) => {
    const sent = nearest(open, resource.uri);
    if (sent) found.set(sent.index, resource);
    return !sent;
  });
  const left = creates.filter(({ index }) => !found.has(index));
  if (left.length !== rest.length) return found;
  for (const [position, { index }] of left.entries()) found.set(index, rest[position]!);
  return found;
}

/** Takes the first action of the longest path above `uri` that has one left. */
function nearest(open: ReadonlyMap<string, Sent[]>, uri: string): Sent | undefined {
  const path = trim(uri);
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const sent = open.get(path.slice(0, end))?.pop();
    if (sent) return sent;
  }
  return undefined;
}

function pathOf({ wire }: Sent): string {
  const resource = member(wire, 'resource');
  return typeof resource === 'string' ? trim(resource) : '';
}
