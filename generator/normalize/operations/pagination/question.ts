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
  readonly names: readonly string[];
}

/** Bodies hold what is asked for at their top, or in an object there: `options.cursor`. */
const deepest = 2;

export function questionOf(operation: Operation, schemas: Schemas): Question {
  const found = new Map<string, Asked>();
  const exact = new Map<string, PageParam>();
  const add = (name: string, asked: Omit<Asked, 'sort'>): void => {
    const key = bare(name);
    const { param } = asked;
    if (param.in !== 'body' && !exact.has(param.name)) exact.set(param.name, param);
    if (!found.has(key)) found.set(key, { ...asked, sort: sortOf(asked.type, schemas) });
  };
  const addMembers = (type: Type, path: readonly string[]): void => {
    for (const { name, type: inner, doc } of propertiesOf(type, schemas).values()) {
      const here = [...path, name];
      const numeric = sortOf(inner, schemas) === 'number';
      add(name, { param: { in: 'body', path: here, numeric }, type: inner, doc });
      if (here.length < deepest) addMembers(inner, here);
    }
  };
  // A POST that takes a body is controlled by it, whatever else its URL may hold.
  const { body } = operation;
  if (isPlainJson(body)) addMembers(body.type, []);
  for (const param of operation.params)
    for (const { name, type, doc } of pairsOf(param, schemas))
      add(name, { param: { in: 'query', name }, type, doc });
  for (const { in: place, name, type, doc } of operation.params)
    if (place === 'header')
      add(name.replace(/^x-(ms-|amz-)?/i, ''), { param: { in: 'header', name }, type, doc });
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
    named: (name) => exact.get(name),
    names: [...exact.keys()],
  };
}

interface Pair {
  readonly name: string;
  readonly type: Type;
  readonly doc: Doc;
}

/** The pairs of the query that a parameter becomes: an object's properties where it is written so. */
function pairsOf(param: Param, schemas: Schemas): readonly Pair[] {
  if (param.in !== 'query') return [];
  const { name, shape, style, explode } = param;
  if (shape !== 'object') return [param];
  const inner = [...propertiesOf(plainOf(param.type, schemas), schemas).values()];
  if (style === 'form' && explode) return inner;
  return style === 'deepObject' || style === 'brackets'
    ? inner.map((property) => ({ ...property, name: `${name}[${property.name}]` }))
    : [];
}
