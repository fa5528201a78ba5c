import { action, addition } from '../action/action.js';
import { isObject, member } from '../action/members.js';
import { templateOf } from '../action/path.js';
import { ref } from '../action/reference.js';
import { type AnyAction, details, type PathTemplate, type Ref } from '../action/types.js';
import type { Members } from '../effects/leaves.js';
import { collectionOf, keepsId, lastOf, type Located, parentOf } from '../effects/resources.js';
import type { DialectBase } from '../protocol/protocol.js';

/** From so many characters on, an id is not something else by chance. */
const longId = 12;

/** Resources that are made again, so that later actions can name them by their new ids. */
interface Renewed {
  readonly id: string;
  readonly key: string | undefined;
  readonly action: AnyAction;
}

/** Makes the actions that take others back, in the wire form of the dialect. */
export class InverseActions {
  readonly #dialect: DialectBase;
  readonly #scope: Readonly<Record<string, string>>;
  readonly #renewed = new Map<string, Renewed>();

  constructor(dialect: DialectBase, scope: Readonly<Record<string, string>>) {
    this.#dialect = dialect;
    this.#scope = scope;
  }

  /** Sets members to what they were. */
  change(
    original: AnyAction,
    path: string,
    located: Located | undefined,
    members: Members,
  ): AnyAction {
    const id = nameOf(original);
    const body = this.#withNewIds(members);
    const place = this.#placed(path);
    if (this.#dialect.wire === 'resource') {
      return action(id, { resource: place, operation: 'update', body });
    }
    return action(id, { method: methodOf(original, located), url: place, body });
  }

  /** Destroys what was created. */
  destroy(original: AnyAction, path: string): AnyAction {
    const id = nameOf(original);
    return this.#dialect.wire === 'resource'
      ? action(id, { resource: this.#placed(path), operation: 'destroy' })
      : action(id, { method: 'DELETE', url: this.#placed(path) });
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
    const place = this.#placed(collection);
    const body = this.#withNewIds(members);
    const keeps = keepsId(located, path, members);
    const made =
      this.#dialect.wire === 'resource'
        ? action(id, { resource: place, operation: 'create', body })
        : addition(id, {
            method: 'POST',
            url: place,
            body,
            ...(keeps && { at: this.#placed(path) }),
          });
    if (!keeps && this.#tellsIds)
      this.#renewed.set(path, { id: lastOf(path), key: located.key, action: made });
    return made;
  }

  /** Whether the answer to a creation has the id, for what comes later. */
  get #tellsIds(): boolean {
    const { verbs, fields } = this.#dialect.references;
    return verbs.includes('create') && (fields === 'any' || fields.includes('id'));
  }

  /** Takes back what a verb of its own has done. */
  verb(original: AnyAction, path: string, verb: string, body: object | undefined): AnyAction {
    const place = this.#placed(path, `/${verb}`);
    return this.#dialect.wire === 'resource'
      ? action(nameOf(original), { resource: place, operation: verb, body })
      : action(nameOf(original), { method: 'POST', url: place, body });
  }

  /** A path in which the ids of what is made again are new. */
  #placed(path: string, tail = ''): string | PathTemplate {
    for (let above = path; above !== ''; above = parentOf(above)) {
      const found = this.#renewed.get(above);
      if (!found) continue;
      const rest = path.slice(above.length) + tail;
      return templateOf([`${parentOf(above)}/`, newId(found.action), rest]);
    }
    return path + tail;
  }

  /** A body in which the ids of what is made again are new. */
  #withNewIds(members: Members): Members {
    if (this.#renewed.size === 0) return members;
    const byId = new Map<string, Renewed>();
    for (const found of this.#renewed.values()) byId.set(found.id, found);
    const replace = (value: unknown, name: string): unknown => {
      if (Array.isArray(value)) return value.map((item: unknown) => replace(item, name));
      if (isObject(value)) {
        return Object.fromEntries(
          Object.entries(value).map(([inner, one]) => [inner, replace(one, inner)]),
        );
      }
      if (typeof value !== 'string' && typeof value !== 'number') return value;
      const found = byId.get(String(value));
      if (!found) return value;
      const isNamed = found.key !== undefined && name.startsWith(found.key);
      return isNamed || found.id.length >= longId ? newId(found.action) : value;
    };
    return Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, replace(value, name)]),
    );
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
