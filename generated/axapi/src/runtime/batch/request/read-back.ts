import type { RequestWire } from '../action/action.js';
import { at } from '../action/members.js';
import { differences } from '../verify/compare.js';
import type { ServerResult } from './codec.js';
import type { Means } from '../run/executor.js';
import type { RequestDialect } from './request-protocol.js';
import { backOff } from '../pace/limits.js';
import type { Sender } from './send-batch.js';

/** What a look tells of an action whose answer is missing. */
export type Look =
  /** What it wants is the case. */
  | { readonly holds: true; readonly value: unknown }
  /** It is not, or nobody can tell. */
  | { readonly holds: false };

/** How often a look is tried. */
const mostTries = 5;

/** A change, and the URL that shows it, if there is one. */
interface Change {
  readonly wire: RequestWire;
  readonly shownAt: string | undefined;
}

/** Reads what changes were about, and says of each whether what it wants is the case. */
export async function readBack(
  dialect: RequestDialect,
  { clock, signal }: Means,
  sender: Sender,
  changes: readonly Change[],
): Promise<readonly Look[]> {
  const endpoint = dialect.endpoints.find(({ methods }) => methods.includes('GET'));
  if (!dialect.readBack || !endpoint) return changes.map(() => ({ holds: false }));
  const urls = [...new Set(changes.flatMap(({ shownAt }) => shownAt ?? []))];
  const found = new Map<string, ServerResult>();
  for (let tries = 1; tries <= mostTries && !signal.aborted; tries += 1) {
    const open = urls.filter((url) => !found.has(url));
    if (open.length === 0) break;
    const reads = open.map((url) => ({ method: 'GET', url }));
    const reply = await sender.send({ endpoint, wires: reads, after: [], version: undefined });
    for (const [index, result] of (reply.kind === 'results' ? reply.results : []).entries()) {
      if (result && !isPassing(dialect, result)) found.set(open[index]!, result);
    }
    await clock.sleep(backOff(tries), signal);
  }
  return changes.map(({ wire, shownAt = '' }) => lookAt(dialect, wire, found.get(shownAt)));
}

/** Whether a result may be another one soon. */
function isPassing({ throttled }: RequestDialect, { status }: ServerResult): boolean {
  return status >= 500 || throttled.includes(status);
}

function lookAt(dialect: RequestDialect, wire: RequestWire, read: ServerResult | undefined): Look {
  const no: Look = { holds: false };
  if (!read) return no;
  const { status, body } = read;
  if (wire.method.toUpperCase() === 'DELETE') {
    return status === 404 || status === 410 ? { holds: true, value: undefined } : no;
  }
  if (status >= 300) return no;
  const { hooks, references } = dialect;
  const same = differences(wire.body, at(body, references.within ?? []), '').length === 0;
  return same ? { holds: true, value: hooks?.value ? hooks.value(body) : body } : no;
}
