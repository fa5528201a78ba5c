// @ts-nocheck
import { isObject, own } from '../action/members.js';
import { type Row, readRows } from './read-rows.js';
import { collectionOf, idIn, lastOf, type Located, type ResourceIndex } from './resources.js';
import type { Answered, ReadPath } from './answered.js';
import type { Look, Want } from './types.js';

/** What was learnt of the resources of one route. */
interface Lesson {
  /** Whether their collections show lists. */
  lists: boolean;
  /** Whether a list shows as much as a resource by itself. */
  isFull: boolean | undefined;
  /** The member that names them in a list. */
  key: string | undefined;
}

/** What was learnt by route: looks that share it learn it once. */
export type Lessons = Map<string, Lesson>;

/**
 * What resources are now. Siblings are read by their list, in one request; what the list does not show
 * is read by itself.
 */
export class LiveState {
  readonly #read: ReadPath;
  readonly #index: ResourceIndex;
  readonly #scope: Readonly<Record<string, string>>;
  readonly #looks = new Map<string, Look>();
  readonly #lessons: Lessons;
  /** Routes whose lists do not tell which row is which. */
  readonly #unclear = new Set<string>();
  /** What lists showed, by the path of the collection. */
  readonly #rows = new Map<string, readonly Row[]>();
  /** Why lists were not read to their ends. */
  readonly #parts = new WeakMap<Rows, string>();
  #reads = 0;

  constructor(
    read: ReadPath,
    index: ResourceIndex,
    scope: Readonly<Record<string, string>>,
    lessons: Lessons = new Map(),
  ) {
    this.#read = read;
    this.#index = index;
    this.#scope = scope;
    this.#lessons = lessons;
  }

  /** Requests that were made. */
  get reads(): number {
    return this.#reads;
  }

  hasRead(path: string): boolean {
    return this.#looks.has(path);
  }

  at(path: string): Look {
    return this.#looks.get(path) ?? { state: 'unreadable', why: 'it was not read' };
  }

  /** Reads all that is wanted. */
  async load(wants: readonly Want[]): Promise<void> {
    const routes = new Map<string, Map<string, Map<string, Want>>>();
    for (const want of wants) {
      const located = this.#index.at(want.path);
      const collection = collectionOf(want.path, located, this.#scope);
      const route = located?.route ?? collection;
      const collections = routes.get(route) ?? new Map<string, Map<string, Want>>();
      routes.set(route, collections);
      const siblings = collections.get(collection) ?? new Map<string, Want>();
      collections.set(collection, siblings);
      siblings.set(want.path, merged(siblings.get(want.path), want));
    }
    await Promise.all(
      [...routes].map(async ([route, collections]) => {
        // What the first teaches spares the others a request.
        const [first, ...rest] = [...collections].map(
          ([collection, wanted]) =>
            () =>
              this.#loadSiblings(route, collection, [...wanted.values()]),
        );
        await first?.();
        await Promise.all(rest.map((load) => load()));
      }),
    );
  }

  /** The ids in a collection, as far as its list shows them: read unless it was. */
  async idsIn(collection: string, key: string | undefined): Promise<readonly string[]> {
    const known = this.#rows.get(collection);
    const list = known
      ? { rows: known, reads: 0 }
      : await readRows(this.#read, collection, { idOf: (row) => idIn(row, key) });
    this.#reads += list.reads;
    const rows = 'rows' in list ? list.rows : [];
    this.#rows.set(collection, rows);
    return rows.flatMap((row) => idIn(row, key) ?? []);
  }

  async #loadSiblings(route: string, collection: string, wants: readonly Want[]): Promise<void> {
    const located = this.#index.at(wants[0]!.path);
    const { resource } = located ?? {};
    const mustList = resource?.read === false;
    const lesson = this.#lessons.get(route) ?? { lists: true, isFull: undefined, key: undefined };
    this.#lessons.set(route, lesson);
    if (resource?.read === false && resource.list === false) {
      for (const { path } of wants) {
        this.#looks.set(path, { state: 'unreadable', why: 'the API does not show it' });
      }
      return;
    }
    const isListed = mustList || (lesson.lists && !this.#unclear.has(route));
    const tries = isListed && resource?.list !== false && collection !== '';
    const rows =
      tries && (wants.length > 1 || mustList)
        ? await this.#list(collection, wants, located, lesson)
        : undefined;
    if (tries && wants.length > 1 && !rows) this.#unclear.add(route);
    const open: Want[] = [];
    for (const want of wants) {
      const row = rows?.get(lastOf(want.path));
      if (!row && want.presence && rows && !this.#parts.has(rows)) {
        this.#looks.set(want.path, { state: 'absent' });
      } else if (!row || !shows(row, want, resource?.writeOnly ?? [])) open.push(want);
      else if (want.whole && lesson.isFull === undefined && !mustList) {
        await this.#loadOne(want.path);
        const alone = this.at(want.path);
        lesson.isFull =
          alone.state === 'there' &&
          Object.keys(alone.members).every((name) => Object.hasOwn(row, name));
      } else if (want.whole && lesson.isFull === false) open.push(want);
      else this.#looks.set(want.path, { state: 'there', members: row });
    }
    await Promise.all(
      open.map(({ path }) => {
        if (!mustList) return this.#loadOne(path);
        this.#looks.set(path, this.#fromListAlone(rows, path));
        return undefined;
      }),
    );
  }

  #fromListAlone(rows: Rows | undefined, path: string): Look {
    if (!rows) return { state: 'unreadable', why: 'its list cannot be read' };
    const members = rows.get(lastOf(path));
    if (members) return { state: 'there', members };
    // A row that is missing from a part of the list may be in another.
    const why = this.#parts.get(rows);
    return why === undefined ? { state: 'absent' } : { state: 'unreadable', why };
  }

  async #loadOne(path: string): Promise<void> {
    this.#reads += 1;
    const answered = await this.#read(path);
    this.#looks.set(path, lookOf(answered));
  }

  async #list(
    collection: string,
    wants: readonly Want[],
    located: Located | undefined,
    lesson: Lesson,
  ): Promise<Rows | undefined> {
    const names = wants.map(({ path }) => lastOf(path));
    const open = new Set(names);
    const list = await readRows(this.#read, collection, {
      idOf: (row) => idIn(row, located?.key),
      isEnough: (page) => {
        const before = open.size;
        for (const row of page) open.delete(idIn(row, located?.key) ?? '');
        if (open.size === 0) return true;
        // What can be read by itself is not looked for in pages that show nothing of it.
        return located?.resource.read !== false && (open.size === 1 || open.size === before);
      },
    });
    this.#reads += list.reads;
    if ('failed' in list) {
      // A collection that is gone says nothing of the others.
      const isNone = list.failed === 'missing' && lesson.key === undefined;
      if (isNone || list.failed === 'no list') lesson.lists = false;
      return undefined;
    }
    const { rows, partly } = list;
    if (partly === undefined) this.#rows.set(collection, rows);
    const known = lesson.key === undefined ? undefined : distinct(rows, lesson.key);
    const key = known ? lesson.key : keyOf(rows, names, located?.key);
    const found = known ?? (key === undefined ? undefined : distinct(rows, key));
    // What only happens to fit may fit no other names.
    const isCalledSo = key === 'id' || key === located?.key;
    if (isCalledSo && found && names.some(has(found))) lesson.key = key;
    if (found && partly !== undefined) this.#parts.set(found, partly);
    return found;
  }
}

type Rows = ReadonlyMap<string, Row>;

function merged(known: Want | undefined, want: Want): Want {
  if (!known) return want;
  const members = [...new Set([...known.members, ...want.members])];
  const presence = known.presence === true && want.presence === true;
  return { path: want.path, members, whole: known.whole || want.whole, presence };
}

function lookOf(answered: Answered): Look {
  if ('missing' in answered) return { state: 'absent' };
  if ('why' in answered) return { state: 'unreadable', why: answered.why };
  return isObject(answered.value)
    ? { state: 'there', members: answered.value }
    : { state: 'unreadable', why: 'it shows no object' };
}

/** Whether a row has all members that have to be seen. */
function shows(row: Row, { members, whole }: Want, writeOnly: readonly string[]): boolean {
  return whole || members.every((name) => Object.hasOwn(row, name) || writeOnly.includes(name));
}

/**
 * What names the rows: the member with the name of the path's parameter, or `id`, or the only member
 * whose values tell all rows apart and contain all names.
 */
function keyOf(
  rows: readonly Row[],
  names: readonly string[],
  param: string | undefined,
): string | undefined {
  for (const member of [param, 'id']) {
    const found = member === undefined ? undefined : distinct(rows, member);
    const isCalledSo = param !== undefined;
    if (found && (isCalledSo ? names.some(has(found)) : names.every(has(found)))) return member;
  }
  const fitting = Object.keys(rows[0] ?? {}).filter((member) => {
    const found = distinct(rows, member);
    return found && names.every(has(found));
  });
  if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
  // None of them is listed, by what is called as the parameter is: `{thingId}` is a `thingId`, or an `id`.
  const isId = param === undefined || /id$/i.test(param);
  const called = [...(param === undefined ? [] : [param]), ...(isId ? ['id'] : [])];
  return called.find((member) => distinct(rows, member) !== undefined);
}

function has(rows: Rows): (name: string) => boolean {
  return (name) => rows.has(name);
}

function distinct(rows: readonly Row[], member: string): Rows | undefined {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const value = own(row, member);
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    if (found.has(String(value))) return undefined;
    found.set(String(value), row);
  }
  return found;
}
