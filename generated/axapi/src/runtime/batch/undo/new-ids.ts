// @ts-nocheck
import { isObject } from '../action/members.js';
import { templateOf } from '../action/path.js';
import type { PathTemplate, Ref } from '../action/types.js';
import type { Members } from '../effects/leaves.js';
import { lastOf, type Located, parentOf } from '../effects/resources.js';

/** From so many characters on, an id is not something else by chance. */
const longId = 12;

interface NewId {
  /** The id that it had. */
  readonly old: string;
  /** The name of the path's parameter. */
  readonly key: string | undefined;
  readonly id: string | Ref<string>;
}

/**
 * What was destroyed and is made again has a new id: the one that it has already, or a reference to that which
 * the server will give. Paths and members name it by that.
 */
export class NewIds {
  readonly #byPath = new Map<string, NewId>();
  /** Several resources of different kinds may have had the same id. */
  readonly #byOld = new Map<string, NewId[]>();
  /** The ids that resources had, by those that they have already. */
  readonly #byNew = new Map<string, string>();

  get hasAny(): boolean {
    return this.#byPath.size > 0;
  }

  get count(): number {
    return this.#byPath.size;
  }

  /** A resource that was at this path has another id. */
  add(path: string, { key }: Located, id: string | Ref<string>): void {
    const found = { old: lastOf(path), key, id };
    this.#byPath.set(path, found);
    if (typeof id === 'string') this.#byNew.set(id, found.old);
    this.#byOld.set(found.old, [...(this.#byOld.get(found.old) ?? []), found]);
  }

  /** Where what was at a path is. */
  placed(path: string, tail = ''): string | PathTemplate {
    const parts = [...this.#parts(path), tail];
    return parts.every((part) => typeof part === 'string') ? parts.join('') : templateOf(parts);
  }

  /** The same, where it is known now; else the path itself. */
  placeOf(path: string): string {
    const place = this.placed(path);
    return typeof place === 'string' ? place : path;
  }

  /** Members in which the ids of what is made again are new. */
  inMembers(members: Members): Members {
    if (!this.hasAny) return members;
    return Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, this.inValue(value, name)]),
    );
  }

  /** The value of a member. */
  inValue(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.inValue(item, name));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([inner, one]) => [inner, this.inValue(one, inner)]),
      );
    }
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const old = String(value);
    const meant = (this.#byOld.get(old) ?? []).find(
      ({ key }) => (key !== undefined && name.startsWith(key)) || old.length >= longId,
    );
    return meant ? meant.id : value;
  }

  /** The value of a member, with the ids that it would have had in the run. */
  oldInValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.oldInValue(item));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([inner, one]) => [inner, this.oldInValue(one)]),
      );
    }
    return typeof value === 'string' || typeof value === 'number'
      ? (this.#byNew.get(String(value)) ?? value)
      : value;
  }

  #parts(path: string): readonly (string | Ref<string>)[] {
    if (path === '') return [];
    const above = parentOf(path);
    const found = this.#byPath.get(path);
    const own = path.slice(above.length + 1);
    const id = typeof found?.id === 'string' ? encodeURIComponent(found.id) : found?.id;
    return [...this.#parts(above), '/', id ?? own];
  }
}
