import type { Paging } from '../../../ir/paging.ts';
import { isUrl } from './links.ts';
import { bare, propertiesOf, sortOf } from './members.ts';
import { cursorNames, cursorParams, lastItemParams, nextNames } from './names.ts';
import type { Asked } from './question.ts';
import type { Found } from './reply.ts';
import type { Evidence } from './evidence.ts';

/** A cursor in the body, for a parameter that takes one. */
export function cursorInBody(evidence: Evidence): Paging | undefined {
  const { question, ending, list } = evidence;
  if (!list) return undefined;
  const param =
    question.find(cursorParams, ['text', 'number']) ?? question.find(['offset'], ['text']);
  const cursor = param && cursorFor(param, evidence);
  if (!param || !cursor) return undefined;
  const orUrl = nextNames.includes(bare(cursor.property.name));
  return {
    kind: 'cursor',
    cursor: cursor.path,
    param: param.param,
    ...(orUrl && { orUrl: true as const }),
    ...ending,
  };
}

function cursorFor(param: Asked, evidence: Evidence): Found | undefined {
  const { reply, ending, schemas } = evidence;
  const name = nameOf(param);
  const own = reply.find(cursorNames, ['text', 'number']);
  if (own) return own;
  const next = reply.find(nextNames, ['text', 'number'], (found) => !isUrl(found, evidence));
  if (next && name !== 'offset') return next;
  // A member that is called as the parameter may only repeat it, unless it says that it is the next.
  const same = reply.find([name], ['text', 'number'], ({ home, property }) => {
    const isNext = ['next', 'nextpage', 'cursors', 'cursor'].includes(home);
    const isSure =
      name === 'cursor' ||
      name === 'continue' ||
      ending.more !== undefined ||
      ending.last !== undefined;
    return isNext || isSure || (name === 'offset' && sortOf(property.type, schemas) === 'text');
  });
  return (
    same ?? (lastItemParams.includes(name) ? reply.find(['lastid'], ['text', 'number']) : undefined)
  );
}

function nameOf({ param }: Asked): string {
  return bare(param.in === 'body' ? (param.path.at(-1) ?? '') : param.name);
}

const cursorHeader = /next(page|cursor|token|marker|key|offset)?$|continuation(token)?$|cursor$/;

const headerParams: readonly string[] = [...cursorParams, 'page'];

/** A cursor in a header of the answer, for a parameter that takes one, or that numbers pages. */
export function cursorInHeader({ headers, question, list, ending }: Evidence): Paging | undefined {
  const asked = list && question.find(headerParams, ['text', 'number']);
  const header = asked && headers.find((name) => cursorHeader.test(bare(name)));
  return header === undefined || !asked
    ? undefined
    : { kind: 'cursor', cursor: header, param: asked.param, ...ending };
}

/** No cursor in the answer, but items with ids, and a parameter that takes the last one's. */
export function lastItem({ question, ending, list, schemas }: Evidence): Paging | undefined {
  if (!list || (!ending.more && !ending.last)) return undefined;
  const asked = question.find(lastItemParams, ['text', 'number']);
  const id = propertiesOf(list.type, schemas).get('id') ?? sharedId(list.type, schemas);
  const isId = id && ['text', 'number'].includes(sortOf(id.type, schemas));
  return asked && isId
    ? { kind: 'lastItem', id: ['id'], param: asked.param, ...ending }
    : undefined;
}

/** The `id` that all alternatives of an item have. */
function sharedId(
  item: Parameters<typeof propertiesOf>[0],
  schemas: Evidence['schemas'],
): ReturnType<ReturnType<typeof propertiesOf>['get']> {
  const plain = schemas.resolve(item);
  if (plain.kind !== 'union') return undefined;
  const ids = plain.members.map((member) => propertiesOf(member, schemas).get('id'));
  return ids.every((id) => id !== undefined) ? ids[0] : undefined;
}
