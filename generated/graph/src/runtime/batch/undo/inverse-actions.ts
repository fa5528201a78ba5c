// @ts-nocheck
import { action, addition } from '../action/action.js';
import { member } from '../action/members.js';
import { ref } from '../action/reference.js';
import { type AnyAction, details, type Ref } from '../action/types.js';
import type { Members } from '../effects/leaves.js';
import { collectionOf, keepsId, type Located } from '../effects/resources.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { NewIds } from './new-ids.js';

/** Makes the actions that take others back, in the wire form of the dialect. */
export class InverseActions {
  readonly #dialect: DialectBase;
  readonly #scope: Readonly<Record<string, string>>;
  readonly #ids: NewIds;

  constructor(dialect: DialectBase, scope: Readonly<Record<string, string>>, ids: NewIds) {
    this.#dialect = dialect;
    this.#scope = scope;
    this.#ids = ids;
  }

  /** Sets members to what they were. */
  change(
    original: AnyAction,
    path: string,
    located: Located | undefined,
    members: Members,
  ): AnyAction {
    const id = nameOf(original);
    const body = this.#ids.inMembers(members);
    const place = this.#ids.placed(path);
    if (this.#dialect.wire === 'resource') {
      return action(id, { resource: place, operation: 'update', body });
    }
    return action(id, { method: methodOf(original, located), url: place, body });
  }

  /** Destroys what was created. */
  destroy(original: AnyAction, path: string): AnyAction {
    const id = nameOf(original);
    return this.#dialect.wire === 'resource'
      ? action(id, { resource: this.#ids.placed(path), operation: 'destroy' })
      : action(id, { method: 'DELETE', url: this.#ids.placed(path) });
  }

  /** Makes what was destroyed; undefined where it is not known where. */
  create(
    original: AnyAction,
    path: string,
    located: Located,
    members: Members,
  ): AnyAction | undefined {
    const id = nameOf(original);
    const collection = collectionOf(path, located, this.#scope);
    if (collection === '') return undefined;
    const place = this.#ids.placed(collection);
    const body = this.#ids.inMembers(members);
    const keeps = keepsId(located, path, members);
    const made =
      this.#dialect.wire === 'resource'
        ? action(id, { resource: place, operation: 'create', body })
        : addition(id, {
            method: 'POST',
            url: place,
            body,
            ...(keeps && { at: this.#ids.placed(path) }),
          });
    if (!keeps && this.#tellsIds) this.#ids.add(path, located, newId(made));
    return made;
  }

  /** Whether the answer to a creation has the id, for what comes later. */
  get #tellsIds(): boolean {
    const { verbs, fields } = this.#dialect.references;
    return verbs.includes('create') && (fields === 'any' || fields.includes('id'));
  }

  /** Takes back what a verb of its own has done. */
  verb(original: AnyAction, path: string, verb: string, old: Members | undefined): AnyAction {
    const body = old && this.#ids.inMembers(old);
    const place = this.#ids.placed(path, `/${verb}`);
    return this.#dialect.wire === 'resource'
      ? action(nameOf(original), { resource: place, operation: verb, body })
      : action(nameOf(original), { method: 'POST', url: place, body });
  }
}

function newId(made: AnyAction): Ref<string> {
  // What a creation gives has an id.
  return ref(made as AnyAction<{ readonly id: string }>);
}

/** The method of a change: that of the original, unless it was none. */
function methodOf(original: AnyAction, located: Located | undefined): string {
  const method = String(member(original, 'method')).toUpperCase();
  const isChange = method === 'PUT' || method === 'PATCH' || !original[details].adds;
  return isChange && method !== 'DELETE' ? method : (located?.resource.updateBy ?? 'PUT');
}

function nameOf(original: AnyAction): string {
  return `undo of ${original[details].operationId}`;
}
