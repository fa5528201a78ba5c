import type { Paging } from '../../../ir/paging.ts';
import { isObject, objectOf, own } from '../../../json/narrow.ts';
import { plainOf, propertiesOf, sortOf } from './members.ts';
import {
  cursorParams,
  limitParams,
  nextNames,
  numberNames,
  pageParams,
  sizeNames,
  skipParams,
  startParams,
  totalNames,
  totalPagesNames,
  urlNames,
} from './names.ts';
import type { Asked } from './question.ts';
import type { Found } from './reply.ts';
import type { Evidence } from './evidence.ts';

/** `x-ms-pageable`: the member that holds the next page's URL. */
export function declaredUrl({ operation, reply, list, ending }: Evidence): Paging | undefined {
  const said = operation.doc.extensions?.['x-ms-pageable'];
  const name = isObject(said) ? own(said, 'nextLinkName') : undefined;
  if (!list || typeof name !== 'string') return undefined;
  const found = reply.find([name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()], ['text']);
  return found && { kind: 'url', url: found.path, ...ending };
}

/**
 * A `Link` header on a list. Where a parameter says of itself that such a header sets it, the
 * operation pages although it declares none, and even where it declares an item, of which a list
 * comes.
 */
export function linkHeader(evidence: Evidence): Paging | undefined {
  const { headers, question, list } = evidence;
  if (isOneThing(evidence)) return undefined;
  const isSet = question.find(linkedParams, ['text', 'number'], saysLinkHeader);
  if (!isSet && !(list && headers.includes('link'))) return undefined;
  return { kind: 'link', direction: 'next', ...(list ? {} : { single: true }) };
}

const linkedParams: readonly string[] = [...cursorParams, ...pageParams];
const pagedParams: readonly string[] = [
  ...limitParams,
  ...pageParams,
  ...skipParams,
  ...startParams,
  ...cursorParams,
];
const countingNames: readonly string[] = [
  ...totalNames,
  ...totalPagesNames,
  ...numberNames,
  ...sizeNames,
];

function saysLinkHeader({ doc }: Asked): boolean {
  return /\bLink\b\W{0,3}header\b/i.test(`${doc.summary} ${doc.description}`);
}

/** Whether the only list of an answer are words about the one thing that is asked for: its tags. */
function isOneThing({ operation, list, schemas }: Evidence): boolean {
  if (!list || list.path.length === 0 || typeof operation.path.at(-1) === 'string') return false;
  const { kind } = plainOf(list.type, schemas);
  return kind === 'scalar' || kind === 'literals';
}

/** The next page's URL in the body. */
export function nextUrl(evidence: Evidence): Paging | undefined {
  const { operation, question, reply, list, ending, schemas } = evidence;
  if (!list) return undefined;
  const url = (found: Found | undefined): Paging | undefined =>
    found && { kind: 'url', url: found.path, ...ending };
  const own = reply.find(urlNames, ['text']);
  if (own) return url(own);
  const isPaged = question.has(pagedParams) || reply.find(countingNames, ['number']) !== undefined;
  // `next` of one thing is the thing after it.
  const isCollection =
    isPaged || (operation.method === 'GET' && typeof operation.path.at(-1) === 'string');
  // A search by POST that only reads answers with the URL of its next page.
  const isRead = isCollection || (isSearch(evidence) && typeof operation.path.at(-1) === 'string');
  const hal = reply.find(['href'], ['text'], ({ home }) => home === 'next');
  if (hal && isCollection) return url(hal);
  const link = reply.find(
    nextNames,
    ['text'],
    (found) => found.home === 'links' && (isCollection || isShownAsUrl(found, evidence)),
  );
  if (link && isRead) return url(link);
  const next = reply.find(nextNames, ['text'], (found) => isUrl(found, evidence));
  const isSure = next && (saysPage(next) || isShownAsUrl(next, evidence));
  if (next && (isPaged || (isRead && isSure))) return url(next);
  const links = reply.find(['links'], ['list'], ({ property }) => {
    const plain = plainOf(property.type, schemas);
    const members = plain.kind === 'array' ? propertiesOf(plain.items, schemas) : undefined;
    return ['rel', 'href'].every((name) => {
      const member = members?.get(name);
      return member !== undefined && sortOf(member.type, schemas) !== 'number';
    });
  });
  return isPaged ? url(links) : undefined;
}

function saysPage({ property: { doc } }: Found): boolean {
  return /\bnext page\b/i.test(`${doc.summary} ${doc.description}`);
}

/** Whether a POST makes nothing: each page sends another. */
function isSearch({ operation }: Evidence): boolean {
  return operation.method === 'POST' && !operation.responses.some(({ status }) => status === 201);
}

/** Whether a text is a URL: by its format, an example, its words, or where it stands. */
export function isUrl(found: Found, evidence: Evidence): boolean {
  const { summary, description } = found.property.doc;
  return (
    found.home === 'links' ||
    isShownAsUrl(found, evidence) ||
    /\b(URL|URI|href|hyperlink|link|path)s?\b/i.test(`${summary} ${description}`)
  );
}

/** Whether its format or an example shows a URL. */
function isShownAsUrl({ path, property }: Found, { examples, schemas }: Evidence): boolean {
  const { type, doc } = property;
  const plain = plainOf(type, schemas);
  const format = plain.kind === 'scalar' ? plain.constraints?.format : undefined;
  return (
    /^(uri|url|iri)/.test(format ?? '') ||
    (doc.examples ?? []).some((example) => /^"(https?:\/\/|\/|\?)/.test(example)) ||
    examples().some((example) => {
      const value = valueAt(example, path);
      return typeof value === 'string' && /^(https?:\/\/|\/|\?)/.test(value);
    })
  );
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => own(objectOf(value), name), body);
}
