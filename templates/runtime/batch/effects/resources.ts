import { isObject, own } from '../action/members.js';
import type { EffectFacts, Resource } from '../protocol/protocol.js';

/** A resource that a path leads to. */
export interface Located {
  readonly route: string;
  /** The name of the path's last parameter, where the path ends with one. */
  readonly key: string | undefined;
  readonly resource: Resource;
  /** Whether others are known to lie below it. */
  readonly hasBelow: boolean;
}

interface Node {
  readonly texts: Map<string, Node>;
  param: Node | undefined;
  found: Omit<Located, 'hasBelow'> | undefined;
}

/** Finds what is known of the resource at a path. */
export class ResourceIndex {
  readonly #root: Node = emptyNode();
  /** Routes of items, by the blanked path of the collection that creates them. */
  readonly #items = new Map<string, Located>();

  /** Whether a change surely keeps the members that it does not send. */
  readonly merges: boolean;

  constructor({ resources, merges = false }: Pick<EffectFacts, 'resources' | 'merges'>) {
    this.merges = merges;
    for (const [route, resource] of Object.entries(resources)) this.#add(route, resource);
    for (const route of Object.keys(resources)) {
      const located = this.at(route);
      if (!located || located.key === undefined) continue;
      const collection = located.resource.collection ?? parentOf(route);
      this.#items.set(blank(collection), located);
    }
  }

  at(path: string): Located | undefined {
    let node: Node | undefined = this.#root;
    for (const segment of path.split('/').slice(1)) {
      node = node.texts.get(segment) ?? node.param;
      if (!node) return undefined;
    }
    return (
      node.found && { ...node.found, hasBelow: node.param !== undefined || node.texts.size > 0 }
    );
  }

  /** What an addition to a collection makes. */
  madeIn(collection: string): Located | undefined {
    for (const [pattern, located] of this.#items) {
      if (fits(pattern, collection)) return located;
    }
    return undefined;
  }

  #add(route: string, resource: Resource): void {
    let node = this.#root;
    let key: string | undefined;
    for (const segment of route.split('/').slice(1)) {
      key = /^\{(.*)\}$/.exec(segment)?.[1];
      if (key === undefined) {
        const next = node.texts.get(segment) ?? emptyNode();
        node.texts.set(segment, next);
        node = next;
        continue;
      }
      node = node.param ??= emptyNode();
    }
    node.found = { route, key, resource };
  }
}

/** The path of the collection that a resource belongs to; empty where the scope does not tell. */
export function collectionOf(
  path: string,
  located: Located | undefined,
  scope: Readonly<Record<string, string>>,
): string {
  const { collection } = located?.resource ?? {};
  if (collection === undefined) return parentOf(path);
  const missing = [...collection.matchAll(/\{([^{}]*)\}/g)].some(
    ([, name = '']) => !Object.hasOwn(scope, name),
  );
  if (missing) return '';
  return collection.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
    encodeURIComponent(scope[name] ?? ''),
  );
}

/** Whether creation takes the id that the path has. */
export function keepsId(
  located: Located,
  path: string,
  members: Readonly<Record<string, unknown>>,
): boolean {
  const names = [located.key, 'id'].filter((key) => key !== undefined);
  const isNamed = (shown: Readonly<Record<string, unknown>>): boolean =>
    names.some((key) => String(own(shown, key)) === lastOf(path)) ||
    nameIn(shown, located.route) === lastOf(path);
  const parts = partsOf(located.route);
  const brings = names.some((key) => bringsKey(located, key));
  if ((brings || parts.every((part) => bringsKey(located, part))) && isNamed(members)) return true;
  // All that is sent may stand inside of one member: `{ "server": { "name": … } }`.
  const [wrapper, ...others] = located.resource.create ?? [];
  if (wrapper === undefined || others.length > 0) return false;
  const inner = own(members, wrapper);
  return isObject(inner) && isNamed(inner);
}

/** The names of the parameters in a route's last segment. */
function partsOf(route: string): readonly string[] {
  const last = route.slice(route.lastIndexOf('/') + 1);
  return [...last.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

/** What members make of a route's last segment, as `80+tcp` of `{port}+{protocol}`. */
function nameIn(members: Readonly<Record<string, unknown>>, route: string): string {
  const last = route.slice(route.lastIndexOf('/') + 1);
  return last.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => String(own(members, name)));
}

/** Whether creation takes the member that names the resource. */
export function bringsKey({ resource }: Located, key: string): boolean {
  return resource.create?.includes(key) ?? false;
}

/** The id that a row shows. */
export function idIn(
  row: Readonly<Record<string, unknown>>,
  key: string | undefined,
): string | undefined {
  const value = [key, 'id'].flatMap((name) => (name === undefined ? [] : [own(row, name)]));
  const found = value.find((one) => typeof one === 'string' || typeof one === 'number');
  return found === undefined ? undefined : String(found);
}

/** The path without its last segment. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The last segment of a path, decoded. */
export function lastOf(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function emptyNode(): Node {
  return { texts: new Map(), param: undefined, found: undefined };
}

/** A route without the names of its parameters. */
export function blank(route: string): string {
  return route.replaceAll(/\{[^{}]*\}/g, '{}');
}

/** Whether a path is one of a blanked route. */
export function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const segments = path.split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((one, index) => one === '{}' || one === segments[index])
  );
}
