import type { ApiDescription, Operation, Type } from '../../../generator/ir/ir.ts';
import { itemsOf } from '../../../generator/normalize/operations/pagination/items.ts';
import {
  bare,
  plainOf,
  propertiesOf,
  sortOf,
} from '../../../generator/normalize/operations/pagination/members.ts';
import { endParams } from '../../../generator/normalize/operations/pagination/names.ts';
import { questionOf } from '../../../generator/normalize/operations/pagination/question.ts';
import type { Schemas } from '../../../generator/normalize/schemas/schema.ts';

/** A way of paging, as far as all versions of the IR agree on it. */
export interface FormerPaging {
  readonly kind: string;
  /** The name of a parameter, or where it stands. */
  readonly param?: string | { readonly name?: string } | undefined;
}

/**
 * Why an operation is no listing that was one by its names, as a clause; undefined where no rule
 * says so.
 */
export function whyNotListed(
  operation: Operation,
  before: FormerPaging,
  api: ApiDescription,
): string | undefined {
  const schemas = resolving(api);
  const body = plainOf(operation.result.type, schemas);
  switch (before.kind) {
    case 'link':
      return linkReason(body, schemas);
    case 'url':
      return '`next` has no format, example or word that says URL, and no parameter takes it as a cursor';
    case 'offset':
    case 'page':
      return countReason(operation, before, schemas);
    default:
      return undefined;
  }
}

function linkReason(body: Type, schemas: Schemas): string | undefined {
  if (itemsOf(body, schemas)) return undefined;
  const lists = [...propertiesOf(body, schemas).values()].filter(
    ({ type }) => sortOf(type, schemas) === 'list',
  );
  return lists.length > 1
    ? 'the `Link` header stands on an object with several lists'
    : 'the `Link` header stands on one object, which has no list of its own';
}

function countReason(
  operation: Operation,
  { param }: FormerPaging,
  schemas: Schemas,
): string | undefined {
  const name = typeof param === 'string' ? param : (param?.name ?? '');
  const question = questionOf(operation, schemas);
  const ends = endParams[bare(name)] ?? [];
  if (ends.length > 0 && question.has(ends)) return 'it begins a range that another parameter ends';
  if (question.find([bare(name)], ['date'])) return 'it is a date';
  if (question.find([bare(name)], ['text']))
    return 'it is a text, which nothing in the document calls a number';
  return undefined;
}

/** Of the schemas only what stands for a name is asked here. */
function resolving(api: ApiDescription): Schemas {
  const types = new Map(api.types.map(({ name, type }) => [name, type]));
  const resolve = (type: Type): Type => {
    let plain = type;
    for (let depth = 0; plain.kind === 'named' && depth < 100; depth += 1)
      plain = types.get(plain.name) ?? { kind: 'scalar', name: 'unknown' };
    return plain;
  };
  const refuse = (): never => {
    throw new Error('The document has been read already.');
  };
  return { resolve, typeOf: refuse, named: refuse };
}
