import { ids, integer, list, type Listing, object, type Reply } from './listing.ts';

/** A server of pages by number, of which the first is `first`. */
export const numbered =
  (pages: readonly string[], first: number, more: (page: number) => object = () => ({})) =>
  (asked: URL): Reply => {
    const page = Number(asked.searchParams.get('page') ?? first);
    const id = pages[page - first];
    return { body: { items: ids(...(id === undefined ? [] : [id])), ...more(page) } };
  };

/** A server of five items by their place, of which the first is at `first`, two at a time. */
export const skipped =
  (param: string, first: number, more: (start: number) => object = () => ({})) =>
  (asked: URL): Reply => {
    const start = Number(asked.searchParams.get(param) ?? first);
    const items = ids('1', '2', '3', '4', '5').slice(start - first, start - first + 2);
    return { body: { items, ...more(start) } };
  };

/** What is paged by `page`. */
export const pageOf = (page: object, answer: object = {}): Listing => ({
  query: { page, size: integer },
  answer: object({ items: list(), ...answer }),
});

/** What is paged by a parameter that skips. */
export const offsetOf = (param: string, schema: object, answer: object = {}): Listing => ({
  query: { [param]: schema, limit: integer },
  answer: object({ items: list(), ...answer }),
});
