import type { Paging } from '../../../ir/paging.ts';
import { firstOf } from './first.ts';
import {
  endParams,
  limitParams,
  nextNames,
  nextNumberNames,
  numberNames,
  pageParams,
  skipParams,
  startParams,
  totalNames,
  totalPagesNames,
} from './names.ts';
import type { Asked, Question } from './question.ts';
import type { Evidence } from './evidence.ts';
import type { Found, Reply } from './reply.ts';

/** A parameter that skips items, beside one that limits them or a place that counts them. */
export function offset(evidence: Evidence): Paging | undefined {
  const { question, reply, list, ending, schemas } = evidence;
  const asked = list && offsetParam(evidence);
  if (!asked) return undefined;
  const total = reply.find(totalNames, ['number']);
  if (!isBounded(evidence, total !== undefined)) return undefined;
  // A declared number counts more than a text that is said to be one.
  if (isText(asked) && question.find(pageParams, ['number'])) return undefined;
  const number = reply.find([...skipParams, ...startParams], ['number'], isOfThisPage);
  const next = nextNumber(reply);
  const isScim =
    reply.find(['itemsperpage'], ['number']) || reply.find(['totalresults'], ['number']);
  const bySkip = numberIn(question, skipParams) === asked ? 0 : undefined;
  const byScim = isScim && numberIn(question, ['startindex']) === asked ? 1 : undefined;
  const first = firstOf(asked, schemas) ?? byScim ?? bySkip;
  return {
    kind: 'offset',
    param: asked.param,
    ...(first === undefined ? {} : { first }),
    ...(total && { total: total.path }),
    ...(first === undefined && number && { number: number.path }),
    ...(next && { next: next.path }),
    ...ending,
  };
}

function offsetParam({ question }: Evidence): Asked | undefined {
  const skip = numberIn(question, skipParams);
  if (skip || !question.has(startParams)) return skip;
  for (const name of startParams) {
    const start = numberIn(question, [name]);
    if (start && !question.has(endParams[name] ?? [])) return start;
  }
  return undefined;
}

/** A number, or a text that is said to be one. */
function numberIn(question: Question, names: readonly string[]): Asked | undefined {
  return question.find(names, ['number']) ?? question.find(names, ['text'], isNumeric);
}

const isText = ({ sort }: Asked): boolean => sort === 'text';

function isNumeric({ type, doc }: Asked): boolean {
  const { format = '', minimum } = (type.kind === 'scalar' && type.constraints) || {};
  const shown = [...(doc.examples ?? []), ...(doc.default === undefined ? [] : [doc.default])];
  return (
    minimum !== undefined ||
    /^u?int(32|64)$/.test(format) ||
    shown.some((value) => /^"?\d+"?$/.test(value)) ||
    /\b(how many|number|zero-based|one-based|0-based|1-based)\b/i.test(
      `${doc.summary} ${doc.description}`,
    )
  );
}

/** A parameter that numbers pages, beside one that limits them or a place that counts them. */
export function pageNumber(evidence: Evidence): Paging | undefined {
  const { question, reply, list, ending, schemas } = evidence;
  const asked = list && numberIn(question, pageParams);
  if (!asked) return undefined;
  const total = reply.find(totalPagesNames, ['number']);
  const number = reply.find(numberNames, ['number'], isOfThisPage);
  const counts =
    total ??
    number ??
    reply.find(totalNames, ['number']) ??
    reply.find(nextNames, ['text', 'number']);
  if (!isBounded(evidence, counts !== undefined)) return undefined;
  const next = nextNumber(reply);
  const first = firstOf(asked, schemas);
  return {
    kind: 'page',
    param: asked.param,
    ...(first === undefined ? {} : { first }),
    ...(total && { total: total.path }),
    ...(first === undefined && number && { number: number.path }),
    ...(next && { next: next.path }),
    ...ending,
  };
}

/** Which page or item the answer says is next. */
function nextNumber(reply: Reply): Found | undefined {
  return (
    reply.find([...nextNames, ...nextNumberNames], ['text', 'number']) ??
    reply.find(
      [...pageParams, ...skipParams, ...startParams],
      ['text', 'number'],
      (found) => !isOfThisPage(found),
    )
  );
}

const isOfThisPage = ({ home }: Found): boolean => !nextNames.includes(home);

/**
 * Whether something says that what comes is a part. A POST is sent once more for each page: it
 * must also take a size, and make nothing (201).
 */
function isBounded({ operation, question, ending }: Evidence, counts: boolean): boolean {
  const says = counts || ending.more !== undefined || ending.last !== undefined;
  if (operation.method !== 'POST') return says || question.has(limitParams);
  const creates = operation.responses.some(({ status }) => status === 201);
  return says && question.has(limitParams) && !creates;
}
