import type { Answer } from '../../simulators/fault-acts.ts';
import { clientAt, failure } from './client.ts';

export const organizationId = '1';

/** The list that the tests read: it follows `Link: …; rel=next`. */
export function networksAt(baseUrl: string): Networks {
  return clientAt(baseUrl).organizations.getOrganizationNetworks({ organizationId, perPage: 3 });
}

type Networks = ReturnType<ReturnType<typeof clientAt>['organizations']['getOrganizationNetworks']>;

/** A page with a link to the next. */
export const page = (items: readonly unknown[], next?: string): Answer => ({
  body: items,
  ...(next === undefined ? {} : { headers: { Link: `<${next}>; rel="next"` } }),
});

/** Reads a list to its end or its error. */
export async function read(list: AsyncIterable<unknown>): Promise<{
  readonly items: readonly unknown[];
  readonly error: Awaited<ReturnType<typeof failure>> | undefined;
}> {
  const items: unknown[] = [];
  const reading = (async () => {
    for await (const item of list) items.push(item);
  })();
  const ended = await reading.then(
    () => true,
    () => false,
  );
  return { items, error: ended ? undefined : await failure(reading) };
}
