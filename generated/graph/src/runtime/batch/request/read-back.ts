// @ts-nocheck
import { memberAt } from '../action/members.js';
import type { RequestWire } from '../action/types.js';
import type { Clock } from '../pace/clock.js';
import { backOff } from '../pace/retry-deadline.js';
import { differences } from '../verify/compare.js';
import type { ServerResult } from './codec.js';
import type { Endpoint, RequestDialect } from './request-protocol.js';

/** What a change left, where it shows; undefined where it does not, or where nothing tells. */
export type Shown = { readonly value: unknown } | undefined;

/** How often a look is tried. */
const mostTries = 5;

/** A change, and the URL that shows it, if there is one. */
interface Change {
  readonly wire: RequestWire;
  readonly shownAt: string | undefined;
}

/** Reads URLs in one batch; gives nothing for those of which nothing was heard. */
export type ReadAll = (
  endpoint: Endpoint,
  urls: readonly string[],
) => Promise<readonly (ServerResult | undefined)[]>;

/** Reads what changes were about, and says of each whether what it wants is the case. */
export async function readBack(
  dialect: RequestDialect,
  { clock, abortSignal }: { readonly clock: Clock; readonly abortSignal: AbortSignal },
  read: ReadAll,
  changes: readonly Change[],
): Promise<readonly Shown[]> {
  const endpoint = dialect.endpoints.find(({ methods }) => methods.includes('GET'));
  if (!dialect.readBack || !endpoint) return changes.map(() => undefined);
  const urls = [...new Set(changes.flatMap(({ shownAt }) => shownAt ?? []))];
  const found = new Map<string, ServerResult>();
  for (let tries = 1; tries <= mostTries && !abortSignal.aborted; tries += 1) {
    const open = urls.filter((url) => !found.has(url));
    if (open.length === 0) break;
    for (const [index, result] of (await read(endpoint, open)).entries()) {
      if (result && !isPassing(dialect, result)) found.set(open[index]!, result);
    }
    await clock.sleep(backOff(tries), abortSignal);
  }
  return changes.map(({ wire, shownAt = '' }) => lookAt(dialect, wire, found.get(shownAt)));
}

/** Whether a result may be another one soon. */
function isPassing({ throttled }: RequestDialect, { status }: ServerResult): boolean {
  return status >= 500 || throttled.includes(status);
}

function lookAt(dialect: RequestDialect, wire: RequestWire, read: ServerResult | undefined): Shown {
  if (!read) return undefined;
  const { status, body } = read;
  const { hooks, references } = dialect;
  if (wire.method.toUpperCase() === 'DELETE') {
    const isGone = status === 404 || status === 410;
    return isGone || (status === 200 && hooks?.isNothing?.(body))
      ? { value: undefined }
      : undefined;
  }
  if (status >= 300) return undefined;
  const same = differences(wire.body, memberAt(body, references.within ?? []), '').length === 0;
  return same ? { value: hooks?.value ? hooks.value(body) : body } : undefined;
}
