import { isObject, objectOf, own, textOf } from '../json/narrow.ts';
import { child, items, members, type Node, resolve, type Side } from './node.ts';

/** What can be called, or what the API calls: an operation of a path, a webhook or a callback. */
export interface Operation {
  readonly node: Node;
  readonly item: Node;
  readonly method: string;
  /** Of a webhook, its name. */
  readonly path: string;
  /** The path under its server, with parameters without names: `/v1/pets/{}`. */
  readonly route: string;
  readonly id: string | undefined;
  /** The operationId, or method and path. */
  readonly name: string;
  /** `sent` by the client; `received` are webhooks and callbacks, which the API sends. */
  readonly flow: 'sent' | 'received';
  /** By place and name. */
  parameters(): ReadonlyMap<string, Node>;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** [Paths that tell their operations apart by the query.](https://github.com/Azure/autorest/blob/main/docs/extensions/readme.md#x-ms-paths) */
const pathsWithQuery = 'x-ms-paths';

/** The operations of a document's paths and webhooks, without those of paths that are `unchanged`. */
export function operationsOf(
  { root }: Side,
  unchanged: ReadonlySet<string> = new Set(),
): readonly Operation[] {
  const base = basePath(root) ?? '';
  const paths = ['paths', pathsWithQuery]
    .flatMap((name) => members(child(root, name)))
    .filter(({ key }) => key.startsWith('/'));
  const webhooks = members(child(root, 'webhooks'));
  return [
    ...paths.flatMap((item) => operationsAt(item, item.key, 'sent', base, unchanged)),
    ...webhooks.flatMap((item) => operationsAt(item, item.key, 'received', '')),
  ];
}

/** The operations of a path item. */
export function operationsAt(
  written: Node,
  path: string,
  flow: Operation['flow'],
  base: string,
  unchanged: ReadonlySet<string> = new Set(),
): readonly Operation[] {
  const item = resolve(written);
  const named = methods.flatMap((method) => child(item, method) ?? []);
  const others = members(child(item, 'additionalOperations'));
  return [...named, ...others].flatMap((node) => {
    if (!isObject(node.value)) return [];
    const method = node.key.toUpperCase();
    if (unchanged.has(`${method} ${path}`)) return [];
    const id = textOf(own(node.value, 'operationId')) || undefined;
    const under = basePath(node) ?? basePath(item) ?? base;
    return [
      {
        node,
        item,
        method,
        path,
        route: `${under}${path}`.replaceAll(/\{[^}]*\}/g, '{}'),
        id,
        name: id ?? `${method} ${path}`,
        flow,
        parameters: () => new Map([...parametersOf(item), ...parametersOf(node)]),
      },
    ];
  });
}

/** Headers that OpenAPI says to ignore as parameters: other fields of the document speak of them. */
const ignored = new Set(['accept', 'content-type', 'authorization']);

function parametersOf(node: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const written of items(child(node, 'parameters'))) {
    const parameter = resolve(written);
    const { in: place, name } = objectOf(parameter.value);
    if (typeof place !== 'string' || typeof name !== 'string') continue;
    const known = place === 'header' ? name.toLowerCase() : name;
    if (place === 'header' && ignored.has(known)) continue;
    found.set(`${place} ${known}`, parameter);
  }
  return found;
}

/** The path of the only server of a document, path item or operation; undefined where it says none. */
function basePath(node: Node): string | undefined {
  const servers = items(child(node, 'servers'));
  if (servers.length === 0) return undefined;
  const url = textOf(own(objectOf(servers[0]?.value), 'url'));
  const path =
    /^(?:[a-z][\w+.-]*:)?\/\/[^/]*(?<path>\/[^?#]*)?/i.exec(url)?.groups?.['path'] ??
    (url.startsWith('/') ? url : '');
  return path.replace(/\/+$/, '');
}
