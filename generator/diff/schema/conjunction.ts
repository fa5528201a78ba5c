import { isObject, own } from '../../json/narrow.ts';
import { child, items, type Node, targetOf } from '../node.ts';

/**
 * Schemas that all apply to one value, without a `$ref` or an `allOf` left to follow: whether a
 * schema is written in place, referred to or put together makes no difference.
 */
export type Conjunction = readonly Node[];

export function conjunctionOf(...nodes: readonly Node[]): Conjunction {
  const [only] = nodes;
  if (nodes.length === 1 && only && isPlain(only)) return nodes;
  const found: Node[] = [];
  const seen = new Set<Node>();
  for (const node of nodes) collect(node, found, seen);
  return found;
}

/** The value of a keyword in each schema that has it. */
export function keyword(schemas: Conjunction, name: string): readonly Node[] {
  const found: Node[] = [];
  for (const node of schemas) {
    if (!isObject(node.value) || !Object.hasOwn(node.value, name)) continue;
    const value = child(node, name);
    if (value) found.push(value);
  }
  return found;
}

export function values(schemas: Conjunction, name: string): readonly unknown[] {
  const found: unknown[] = [];
  for (const { value } of schemas)
    if (isObject(value) && Object.hasOwn(value, name)) found.push(own(value, name));
  return found;
}

/** Whether a keyword is `true` in one of the schemas. */
export function isSet(schemas: Conjunction, name: string): boolean {
  return schemas.some(({ value }) => isObject(value) && own(value, name) === true);
}

/** The schema under a keyword that holds one; of several schemas, all. */
export function subschema(schemas: Conjunction, name: string): Conjunction | undefined {
  const found = keyword(schemas, name);
  return found.length === 0 ? undefined : conjunctionOf(...found);
}

function collect(node: Node, found: Node[], seen: Set<Node>): void {
  if (seen.has(node)) return;
  seen.add(node);
  const target = targetOf(node);
  if (target) {
    collect(target, found, seen);
    if (!node.side.siblings) return;
  }
  const parts = child(node, 'allOf');
  for (const part of items(parts)) collect(part, found, seen);
  found.push(node);
}

function isPlain({ value }: Node): boolean {
  return !isObject(value) || !(Object.hasOwn(value, '$ref') || Object.hasOwn(value, 'allOf'));
}
