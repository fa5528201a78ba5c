import { createClient, type Request } from '../../../templates/runtime/client.ts';
import {
  linkPages,
  listItems,
  type Paged,
  paginate,
  type PageOptions,
} from '../../../templates/runtime/pages/paginate.ts';
import type { Strategy } from '../../../templates/runtime/pages/strategy.ts';
import { type Answering, json, type Server } from './server.ts';

export const request: Request = {
  id: 'getThings',
  method: 'GET',
  path: '/things',
  query: [['perPage', 2]],
};

export function list(
  { origin }: Server,
  strategy: Strategy = linkPages({ items: listItems }),
  options: PageOptions = {},
): Paged<unknown, unknown> {
  const client = createClient({ baseUrl: origin, retry: { attempts: 1 } });
  return paginate(client, options, strategy, () => request);
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Pages in turn, each linking to the next by number. */
export function linked(pages: readonly unknown[], relation = 'next'): Answering {
  return (response, { url }) => {
    const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
    const more = page < pages.length;
    json(
      response,
      pages[page - 1],
      200,
      more ? { Link: `</things?page=${page + 1}>; rel=${relation}` } : {},
    );
  };
}
