interface Node {
  readonly children: Map<string, Node>;
  wildcard?: Node;
  /** The routes that end here, with the names of their parameters. */
  route?: string;
}

/** A path of the API: the route that it is of, and the values of the route's parameters. */
export interface Place {
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  /** The last parameter, where the path ends with one: it names the resource among its siblings. */
  readonly key: string | undefined;
}

/** The routes of an API, found by path. */
export class Routes {
  readonly #root: Node = { children: new Map() };
  /** Routes of collections, by the last of their words. */
  readonly #collections = new Map<string, string[]>();

  constructor(routes: readonly string[]) {
    for (const route of routes) this.#add(route);
  }

  /** What a path is, where the document has it. */
  at(path: string): Place | undefined {
    const segments = segmentsOf(path);
    const route = find(this.#root, segments, 0);
    if (route === undefined) return undefined;
    const names = segmentsOf(route);
    const params = Object.fromEntries(
      names.flatMap((name, at) => (isParam(name) ? [[name.slice(1, -1), segments[at] ?? '']] : [])),
    );
    const last = names.at(-1) ?? '';
    return { route, params, key: isParam(last) ? last.slice(1, -1) : undefined };
  }

  /** The collection in which a resource is listed: the path above it, or one below the scope. */
  collectionOf(path: string, scope: Readonly<Record<string, string>>): string {
    const above = path.slice(0, path.lastIndexOf('/'));
    if (this.at(above)?.key === undefined && this.at(above)) return above;
    const word = above.slice(above.lastIndexOf('/') + 1);
    const filled = (this.#collections.get(word) ?? []).flatMap((route) => fill(route, scope) ?? []);
    // What is longer counts or sums up: `/organizations/1/summary/top/networks`.
    const [first, ...others] = filled;
    if (first === undefined) return above;
    return others.reduce((short, one) => (one.length < short.length ? one : short), first);
  }

  /** The path of a resource of a collection. */
  itemOf(collection: string, id: string): string {
    const encoded = encodeURIComponent(id);
    const below = `${collection}/${encoded}`;
    if (this.at(below)?.key !== undefined) return below;
    const own = `${collection.slice(collection.lastIndexOf('/'))}/${encoded}`;
    return this.at(own)?.key === undefined ? below : own;
  }

  /** The member that names a resource among those of a collection. */
  keyIn(collection: string): string | undefined {
    return this.at(this.itemOf(collection, 'id'))?.key;
  }

  #add(route: string): void {
    let here = this.#root;
    const segments = segmentsOf(route);
    for (const segment of segments) {
      if (isParam(segment)) here = here.wildcard ??= { children: new Map() };
      else {
        const next = here.children.get(segment) ?? { children: new Map() };
        here.children.set(segment, next);
        here = next;
      }
    }
    if (here.route !== undefined) return;
    here.route = route;
    const last = segments.at(-1) ?? '';
    if (isParam(last)) return;
    this.#collections.set(last, [...(this.#collections.get(last) ?? []), route]);
  }
}

/** A fixed word goes before a parameter. */
function find(node: Node, segments: readonly string[], at: number): string | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.route;
  const next = node.children.get(segment);
  return (
    (next && find(next, segments, at + 1)) ??
    (node.wildcard && find(node.wildcard, segments, at + 1))
  );
}

/** A route with the values of its parameters; undefined where one is missing. */
export function fill(route: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const segments: string[] = [];
  for (const segment of segmentsOf(route)) {
    if (!isParam(segment)) {
      segments.push(segment);
      continue;
    }
    const name = segment.slice(1, -1);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    segments.push(encodeURIComponent(String(value)));
  }
  return `/${segments.join('/')}`;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function isParam(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}
