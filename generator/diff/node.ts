import { isObject, type JsonObject, own } from '../json/narrow.ts';
import { joinKeys, keysOf, pointerOfFragment } from '../json/pointer.ts';

/** One of the two documents that are compared. */
export interface Side {
  readonly root: Node;
  /** Whether keywords beside a `$ref` count, as they do from OpenAPI 3.1 on. */
  readonly siblings: boolean;
  /** The only node of each object of the document, so that nodes can be compared by identity. */
  readonly nodes: Map<object, Node>;
}

/** A value with the way to it. Its pointer is written only where it is needed. */
export interface Node {
  readonly side: Side;
  readonly id: number;
  readonly value: unknown;
  readonly key: string;
  readonly parent: Node | undefined;
}

let ids = 0;

export function sideOf(document: JsonObject, version: string): Side {
  const nodes = new Map<object, Node>();
  // The node and its side name each other; the side is complete before anyone sees it.
  const side = { siblings: version !== '3.0', nodes } as { -readonly [K in keyof Side]: Side[K] };
  side.root = { side, id: ids++, value: document, key: '', parent: undefined };
  nodes.set(document, side.root);
  return side;
}

/** What stands under `keys`; undefined where there is nothing. */
export function child(node: Node, ...keys: readonly string[]): Node | undefined {
  let at: Node = node;
  for (const key of keys) {
    const value = member(at.value, key);
    if (value === undefined) return undefined;
    at = nodeOf(at, key, value);
  }
  return at;
}

/** The members of an object, in an order that does not depend on how it is written. */
export function members(node: Node | undefined): readonly Node[] {
  if (!node || !isObject(node.value)) return [];
  return Object.keys(node.value)
    .toSorted()
    .flatMap((key) => child(node, key) ?? []);
}

/** The items of a list, in their order. */
export function items(node: Node | undefined): readonly Node[] {
  if (!node || !Array.isArray(node.value)) return [];
  return node.value.flatMap((_, index) => child(node, String(index)) ?? []);
}

/** The node that a `$ref` leads to, through any number of them; the node itself where it is none. */
export function resolve(node: Node): Node {
  let at = node;
  for (let hops = 0; hops < 100; hops++) {
    const target = targetOf(at);
    if (!target) return at;
    at = target;
  }
  return at;
}

/** The node that the `$ref` of this one names; undefined where it has none, or it leads nowhere. */
export function targetOf(node: Node): Node | undefined {
  if (!isObject(node.value)) return undefined;
  const reference = own(node.value, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  const pointer = pointerOfFragment(reference);
  return pointer === undefined ? undefined : child(node.side.root, ...keysOf(pointer));
}

export function pointerOf(node: Node): string {
  const keys: string[] = [];
  for (let at: Node = node; at.parent; at = at.parent) keys.push(at.key);
  return joinKeys(keys.toReversed());
}

function nodeOf(parent: Node, key: string, value: unknown): Node {
  const { side } = parent;
  if (typeof value !== 'object' || value === null) return { side, id: ids++, value, key, parent };
  const known = side.nodes.get(value);
  if (known) return known;
  const node: Node = { side, id: ids++, value, key, parent };
  side.nodes.set(value, node);
  return node;
}

function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) ? own(value, key) : undefined;
}
