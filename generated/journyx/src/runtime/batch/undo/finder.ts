// @ts-nocheck
import { hasLeaf, leafAt, leavesOf, withLeaves } from '../effects/leaves.js';
import { bodyOf } from '../effects/body-of.js';
import { holds } from '../effects/compare-members.js';
import { readRows, type Row } from '../effects/read-rows.js';
import { collectionOf, idIn, keepsId, parentOf } from '../effects/resources.js';
import type { EffectSetting, Look } from '../effects/types.js';
import type { NewIds } from './new-ids.js';
import type { FinalState } from './final-state.js';
import type { Recording } from './types.js';

type Found = { readonly row: Row } | { readonly why: string };

/** Finds what was destroyed and has been made again under another id, as by an undo that was interrupted. */
export class Finder {
  readonly #setting: EffectSetting;
  readonly #states: ReadonlyMap<string, FinalState>;
  readonly #siblings: Recording['siblings'];
  readonly #ids: NewIds;
  readonly #lists = new Map<string, Promise<List>>();
  /** The rows that are taken, by their places where they have one: each is one resource only. */
  readonly #claimed = new Set<Row | string>();

  constructor(
    setting: EffectSetting,
    {
      states,
      siblings,
      ids,
    }: {
      readonly states: ReadonlyMap<string, FinalState>;
      readonly siblings: Recording['siblings'];
      readonly ids: NewIds;
    },
  ) {
    this.#setting = setting;
    this.#states = states;
    this.#siblings = siblings;
    this.#ids = ids;
  }

  /** Whether a resource may have been made again under another id, which a list would show. */
  mayBeListed(state: FinalState, look: Look): boolean {
    return this.#sought(state, look) !== undefined;
  }

  /** Has lists read again. */
  refresh(): void {
    this.#lists.clear();
  }

  /** What is looked for, and in which collection. */
  #sought({ path, located, wasThere, mayBeGone, lost, ...state }: FinalState, look: Look) {
    if (!wasThere || lost || !mayBeGone || look.state !== 'absent' || !located?.resource.create) {
      return undefined;
    }
    const body = bodyOf(located, withLeaves({}, [...state.before, ...state.beside]));
    const paths = leavesOf(body, body);
    // Without members nothing tells it from others.
    if (paths.length === 0 || located.resource.list === false) return undefined;
    if (keepsId(located, path, body)) return undefined;
    const collection = collectionOf(path, located, this.#setting.scope);
    return collection === '' ? undefined : { located, collection, body, paths };
  }

  /** The row of a resource that is not where it was, or why nobody can tell; undefined where it is nowhere. */
  async rowOf(state: FinalState, look: Look): Promise<Found | undefined> {
    const sought = this.#sought(state, look);
    if (!sought) return undefined;
    const { path, isChanged } = state;
    const { located, collection, body, paths } = sought;
    const place = this.#ids.placeOf(collection);
    const rows = await (this.#lists.get(place) ?? this.#read(place, located.key));
    // A collection that is new itself has nothing that was there before.
    const known = place === collection ? this.#siblings.get(collection) : undefined;
    const isFree = (row: Row): boolean => {
      const id = idIn(row, located.key);
      if (this.#claimed.has(claimOf(place, row, located.key))) return false;
      if (id === undefined || place !== collection) return true;
      return !known?.has(id) && !this.#states.has(`${parentOf(path)}/${encodeURIComponent(id)}`);
    };
    const order = { ordered: located.resource.orderedLists };
    const valueAt = (at: string): unknown =>
      this.#ids.inValue(leafAt(body, at), at.split('/').at(-1)!);
    const isOld = (row: Row, at: string): boolean => holds(valueAt(at), leafAt(row, at), at, order);
    // It may have been made again as the run had changed it before.
    const isPassed = (row: Row, at: string): boolean =>
      hasLeaf(row, at) && state.written.fits(at, this.#ids.oldInValue(leafAt(row, at)), order);
    const telling = paths.find((at) => isScalar(leafAt(body, at)));
    const like = telling === undefined ? rows.all : rows.with(telling, valueAt(telling));
    const row =
      like.find((one) => isFree(one) && paths.every((at) => isOld(one, at))) ??
      (isChanged
        ? rows.all.find(
            (one) => isFree(one) && paths.every((at) => isOld(one, at) || isPassed(one, at)),
          )
        : undefined);
    if (row) this.#claimed.add(claimOf(place, row, located.key));
    else if (rows.partly !== undefined) return { why: rows.partly };
    return row && { row };
  }

  #read(collection: string, key: string | undefined): Promise<List> {
    const list = readRows(this.#setting.read, collection, { idOf: (row) => idIn(row, key) }).then(
      (found) => {
        if ('rows' in found) return new List(found.rows, found.partly);
        // Where there is no list, nothing was made again that it would show.
        return new List([], found.failed === 'error' ? found.why : undefined);
      },
    );
    this.#lists.set(collection, list);
    return list;
  }
}

/** What stands for a row, however often its list is read. */
function claimOf(place: string, row: Row, key: string | undefined): Row | string {
  const id = idIn(row, key);
  return id === undefined ? row : `${place}/${id}`;
}

/** The rows of a list, found by the value of a member. */
class List {
  readonly all: readonly Row[];
  /** Why there may be others. */
  readonly partly: string | undefined;
  readonly #byMember = new Map<string, Map<string, Row[]>>();

  constructor(all: readonly Row[], partly: string | undefined) {
    this.all = all;
    this.partly = partly;
  }

  with(path: string, value: unknown): readonly Row[] {
    const found = this.#byMember.get(path) ?? this.#sorted(path);
    return found.get(textOf(value)) ?? [];
  }

  #sorted(path: string): ReadonlyMap<string, Row[]> {
    const rows = new Map<string, Row[]>();
    for (const row of this.all) {
      const text = textOf(leafAt(row, path));
      const known = rows.get(text);
      if (known) known.push(row);
      else rows.set(text, [row]);
    }
    this.#byMember.set(path, rows);
    return rows;
  }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Texts and numbers count as the same, as they do where values are compared. */
function textOf(value: unknown): string {
  return isScalar(value) ? String(value) : '';
}
