import type { Doc, Operation, Param, Type } from '../../../ir/ir.ts';
import { isPlainJson } from '../../../ir/operation.ts';
import type { PageParam } from '../../../ir/paging.ts';
import type { Schemas } from '../../schemas/schema.ts';
import { bare, plainOf, propertiesOf, type Sort, sortOf } from './members.ts';

/** Something that a caller may set, and that may say which page is wanted. */
export interface Asked {
  readonly param: PageParam;
  readonly sort: Sort;
  readonly type: Type;
  readonly doc: Doc;
}

/** What a request may say, by bare names. */
export interface Question {
  /** The first of these names that is declared with one of these sorts. */
  find(
    names: readonly string[],
    sorts: readonly Sort[],
    accepts?: (asked: Asked) => boolean,
  ): Asked | undefined;
  has(names: readonly string[]): boolean;
  /** The parameter of the query or of a header that is called exactly so. */
  named(name: string): PageParam | undefined;
  /** The names that `named` knows. */
  names(): readonly string[];
}

type NamedParam = Exclude<PageParam, { readonly in: 'body' }>;

/** Bodies hold what is asked for at their top, or in an object there: `options.cursor`. */
const deepest = 2;

export function questionOf(operation: Operation, schemas: Schemas): Question {
  const found = new Map<string, Asked>();
  const named: NamedParam[] = [];
  const add = (name: string, param: PageParam, type: Type, doc: Doc): void => {
    const key = bare(name);
    if (param.in !== 'body') named.push(param);
    if (!found.has(key)) found.set(key, { param, sort: sortOf(type, schemas), type, doc });
  };
  const addMembers = (type: Type, path: readonly string[]): void => {
    for (const { name, type: inner, doc } of propertiesOf(type, schemas).values()) {
      const here = [...path, name];
      const numeric = sortOf(inner, schemas) === 'number';
      add(name, { in: 'body', path: here, numeric }, inner, doc);
      if (here.length < deepest) addMembers(inner, here);
    }
  };
  // A POST that takes a body is controlled by it, whatever else its URL may hold.
  const { body } = operation;
  if (isPlainJson(body)) addMembers(body.type, []);
  for (const param of operation.params)
    if (param.in === 'query')
      for (const { name, type, doc } of pairsOf(param, schemas))
        add(name, { in: 'query', name }, type, doc);
  for (const { in: place, name, type, doc } of operation.params)
    if (place === 'header')
      add(name.replace(/^x-(ms-|amz-)?/i, ''), { in: 'header', name }, type, doc);
  return {
    find: (names, sorts, accepts) => {
      if (found.size === 0) return undefined;
      for (const name of names) {
        const asked = found.get(name);
        if (asked && sorts.includes(asked.sort) && (!accepts || accepts(asked))) return asked;
      }
      return undefined;
    },
    has: (names) => found.size > 0 && names.some((name) => found.has(name)),
    named: (name) => named.find((param) => param.name === name),
    names: () => [...new Set(named.map(({ name }) => name))],
  };
}

interface Pair {
  readonly name: string;
  readonly type: Type;
  readonly doc: Doc;
}

/** The pairs of the query that a parameter becomes: an object's properties where it is written so. */
function pairsOf(param: Param, schemas: Schemas): readonly Pair[] {
  const { name, shape, style, explode } = param;
  if (shape !== 'object') return [param];
  const inner = [...propertiesOf(plainOf(param.type, schemas), schemas).values()];
  if (style === 'form' && explode) return inner;
  return style === 'deepObject' || style === 'brackets'
    ? inner.map((property) => ({ ...property, name: `${name}[${property.name}]` }))
    : [];
}
