// @ts-nocheck
import { MAX_ITEMS } from '../../constants.js';
import { isObject } from '../action/members.js';
import type { Answered, ReadPath } from './answered.js';

export type Row = Readonly<Record<string, unknown>>;

/** What a list shows. */
export interface ReadRows {
  readonly rows: readonly Row[];
  /** Requests that were made. */
  readonly reads: number;
  /** Why it was not read to its end; undefined where it was. */
  readonly partly: string | undefined;
}

/** A list of which nothing was read. */
interface Unread {
  readonly failed: 'missing' | 'error' | 'no list';
  readonly why: string;
  readonly reads: number;
}

/**
 * Reads a list page by page, until one has seen enough: `isEnough` gets each page. Gives why, where not even
 * its first page can be read.
 */
export async function readRows(
  read: ReadPath,
  collection: string,
  {
    idOf,
    isEnough = () => false,
  }: {
    /** What a row is called. */
    readonly idOf: (row: Row) => string | undefined;
    readonly isEnough?: (page: readonly Row[]) => boolean;
  },
): Promise<ReadRows | Unread> {
  const rows = new Map<unknown, Row>();
  let answered: Answered = await read(collection);
  for (let reads = 1; ; reads += 1) {
    const page = 'value' in answered ? rowsIn(answered.value) : undefined;
    if (!page || !('value' in answered)) {
      const why = 'why' in answered ? answered.why : 'a page shows no list';
      if (reads > 1) return { rows: [...rows.values()], reads, partly: why };
      const failed = 'missing' in answered ? 'missing' : 'why' in answered ? 'error' : 'no list';
      return { failed, why, reads };
    }
    // What is listed twice has moved to the next page meanwhile.
    for (const row of page) rows.set(idOf(row) ?? row, row);
    const { next, isPart } = answered;
    const done = (partly: string | undefined): ReadRows => ({
      rows: [...rows.values()],
      reads,
      partly,
    });
    if (!next) return done(isPart ? 'nothing is known of how its pages follow' : undefined);
    if (isEnough(page) || rows.size > MAX_ITEMS) return done('its list has more pages');
    answered = await next();
  }
}

/** The objects of a list: the answer itself, or the only list in it. */
export function rowsIn(value: unknown): readonly Row[] | undefined {
  const lists = isObject(value) ? Object.values(value).filter(Array.isArray) : [value];
  const [list] = lists;
  return lists.length === 1 && Array.isArray(list) && list.every(isObject) ? list : undefined;
}
