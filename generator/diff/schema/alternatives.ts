import { isObject, own } from '../../json/narrow.ts';
import { items, type Node, targetOf } from '../node.ts';
import { type Conjunction, conjunctionOf, keyword } from './conjunction.ts';

/** One of the shapes a value may have: schemas without a union among them. */
export interface Alternative {
  readonly schemas: Conjunction;
  /** What its author calls it, by which its successor is found: the name of a component, or a title. */
  readonly name: string | undefined;
  /** Where it is written. */
  readonly at: Node | undefined;
}

/** How many shapes a union within a union makes at most: unions of unions multiply. */
const mostAlternatives = 256;

/** The shapes that a value may have, with every `oneOf` and `anyOf` multiplied out. */
export function alternativesOf(schemas: Conjunction): readonly Alternative[] {
  const at = schemas.at(-1);
  return expand({ schemas, name: undefined, at }, new Set());
}

function expand(alternative: Alternative, opened: ReadonlySet<Node>): readonly Alternative[] {
  const union = unionsOf(alternative.schemas).find((each) => !opened.has(each));
  if (!union) return [alternative];
  const inside = new Set(opened).add(union);
  const found: Alternative[] = [];
  for (const variant of items(union)) {
    const schemas = conjunctionOf(...alternative.schemas, variant);
    const name = nameOf(variant) ?? alternative.name;
    found.push(...expand({ schemas, name, at: variant }, inside));
    if (opened.size > 0 && found.length >= mostAlternatives) break;
  }
  return found.length > 0 ? found : [alternative];
}

function unionsOf(schemas: Conjunction): readonly Node[] {
  return [...keyword(schemas, 'oneOf'), ...keyword(schemas, 'anyOf')].filter(
    ({ value }) => Array.isArray(value) && value.length > 0,
  );
}

function nameOf(variant: Node): string | undefined {
  const target = targetOf(variant);
  if (target) return target.key;
  const title = isObject(variant.value) ? own(variant.value, 'title') : undefined;
  return typeof title === 'string' ? title : undefined;
}
