import type { Place, Routes } from './routes.js';

export type Members = Readonly<Record<string, unknown>>;

/** An action as a client sends it. */
export interface SentAction {
  readonly resource: string;
  readonly operation: string;
  readonly body?: Members | undefined;
}

/** What an action created. */
export interface Created {
  readonly id: string;
  readonly uri: string;
}

/** What an account has, by path, in memory. */
export class Account {
  readonly #routes: Routes;
  readonly #scope: Readonly<Record<string, string>>;
  readonly #items = new Map<string, Members>();
  /** The resources of collections. */
  readonly #lists = new Map<string, Set<string>>();
  /** Resources of which only something below them is known. */
  readonly #owners = new Set<string>();
  readonly #isOpen: boolean;
  #serial = 1_000;

  /** @param isOpen Whether what it was not given is taken to be there. */
  constructor(routes: Routes, scope: Readonly<Record<string, string>>, isOpen = false) {
    this.#isOpen = isOpen;
    this.#routes = routes;
    this.#scope = scope;
  }

  get size(): number {
    return this.#items.size;
  }

  /** Puts a resource there. */
  put(path: string, members: Members): void {
    this.#items.set(path, members);
    if (this.#routes.at(path)?.key !== undefined) {
      const collection = this.#routes.collectionOf(path, this.#scope);
      const list = this.#lists.get(collection) ?? new Set();
      this.#lists.set(collection, list.add(path));
    }
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      this.#owners.add(path.slice(0, at));
  }

  /** Puts a resource into its collection. Gives its path, or undefined where it has no id. */
  putInto(collection: string, members: Members): string | undefined {
    const id = this.#idOf(collection, members);
    if (id === undefined) return undefined;
    const path = this.#routes.itemOf(collection, id);
    this.put(path, members);
    return path;
  }

  /** Whether a resource or a list was put there. */
  has(path: string): boolean {
    return this.#items.has(path) || this.#lists.has(path);
  }

  /** A resource, or the list of a collection. */
  read(path: string): Members | readonly Members[] | undefined {
    const found = this.#items.get(path);
    if (found) return found;
    const list = this.#lists.get(path);
    if (list)
      return [...list].flatMap((each): readonly Members[] => {
        const item = this.#items.get(each);
        return item ? [item] : [];
      });
    const place = this.#routes.at(path);
    if (!place || !this.#hasOwner(path, place)) return undefined;
    if (place.key === undefined) return this.#isCollection(path) ? [] : {};
    return this.#owners.has(path) ? { [place.key]: place.params[place.key] } : undefined;
  }

  /** Why an action cannot be done, where it cannot. */
  refusal({ resource, operation }: SentAction): string | undefined {
    const place = this.#routes.at(resource);
    if (!place) return `${operation} operation is unsupported for ${resource}.`;
    const isThere = place.key === undefined || operation === 'create' || this.#isKnown(resource);
    if (isThere && this.#hasOwner(resource, place)) return undefined;
    return `Error occurred while validating ${resource}: not found`;
  }

  /** Does an action. Gives what it created, and what takes it back. */
  apply(action: SentAction): { readonly created: readonly Created[]; readonly undo: () => void } {
    const { resource, operation, body = {} } = action;
    switch (operation) {
      case 'create':
        return this.#create(resource, body);
      case 'destroy':
        return { created: [], undo: this.#replace(resource, undefined) };
      case 'update':
        return {
          created: [],
          undo: this.#replace(resource, { ...this.#itemAt(resource), ...body }),
        };
      default:
        // `claim`, `bind` and the like change what only the vendor knows.
        return { created: [], undo: () => {} };
    }
  }

  #create(
    collection: string,
    body: Members,
  ): { readonly created: readonly Created[]; readonly undo: () => void } {
    const id = this.#idOf(collection, body) ?? `L_${(this.#serial += 1)}`;
    const uri = this.#routes.itemOf(collection, id);
    const { key = 'id' } = this.#routes.at(uri) ?? {};
    const undo = this.#replace(uri, { [key]: id, id, ...body });
    return { created: [{ id, uri }], undo };
  }

  #replace(path: string, members: Members | undefined): () => void {
    const before = this.#items.get(path);
    if (members) this.put(path, members);
    else this.#remove(path);
    return () => {
      if (before) this.put(path, before);
      else this.#remove(path);
    };
  }

  #remove(path: string): void {
    this.#items.delete(path);
    this.#owners.delete(path);
    this.#lists.get(this.#routes.collectionOf(path, this.#scope))?.delete(path);
  }

  #itemAt(path: string): Members {
    const found = this.read(path);
    return found && !Array.isArray(found) ? (found as Members) : {};
  }

  #idOf(collection: string, members: Members): string | undefined {
    const { key = 'id' } = this.#routes.at(this.#routes.itemOf(collection, 'id')) ?? {};
    const id = members[key] ?? members['id'];
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }

  #isKnown(path: string): boolean {
    return this.#isOpen || this.#items.has(path) || this.#owners.has(path);
  }

  #isCollection(path: string): boolean {
    return this.#routes.at(this.#routes.itemOf(path, 'id'))?.key !== undefined;
  }

  /** Whether the resource exists that a path is below of; the scope always does. */
  #hasOwner(path: string, { route }: Place): boolean {
    const above = route.split('/').slice(0, -1);
    const last = above.map((segment) => segment.startsWith('{')).lastIndexOf(true);
    if (last < 0) return true;
    const name = above[last]?.slice(1, -1) ?? '';
    if (Object.hasOwn(this.#scope, name)) return true;
    return this.#isKnown(
      path
        .split('/')
        .slice(0, last + 1)
        .join('/'),
    );
  }
}
