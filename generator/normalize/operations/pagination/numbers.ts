import type { Paging } from '../../../ir/paging.ts';
import { firstOf } from './first.ts';
import {
  endParams,
  limitParams,
  numberNames,
  pageParams,
  skipParams,
  startParams,
  totalNames,
  totalPagesNames,
} from './names.ts';
import type { Asked } from './question.ts';
import type { Evidence } from './evidence.ts';

/** A parameter that skips items, beside one that limits them or a place that counts them. */
export function offset(evidence: Evidence): Paging | undefined {
  const { question, reply, list, ending, schemas } = evidence;
  const asked = offsetParam(evidence);
  const total = reply.find(totalNames, ['number']);
  if (!list || !asked || !isBounded(evidence, total !== undefined)) return undefined;
  const number = reply.find([...skipParams, ...startParams], ['number']);
  const isScim =
    reply.find(['itemsperpage'], ['number']) || reply.find(['totalresults'], ['number']);
  const bySkip = question.find(skipParams, ['number']) === asked ? 0 : undefined;
  const byScim = isScim && question.find(['startindex'], ['number']) === asked ? 1 : undefined;
  const first = firstOf(asked, schemas) ?? byScim ?? bySkip;
  return {
    kind: 'offset',
    param: asked.param,
    ...(first === undefined ? {} : { first }),
    ...(total && { total: total.path }),
    ...(first === undefined && number && { number: number.path }),
    ...ending,
  };
}

function offsetParam({ question }: Evidence): Asked | undefined {
  const skip = question.find(skipParams, ['number']);
  if (skip) return skip;
  for (const name of startParams) {
    const start = question.find([name], ['number']);
    if (start && !question.has(endParams[name] ?? [])) return start;
  }
  return undefined;
}

/** A parameter that numbers pages, beside one that limits them or a place that counts them. */
export function pageNumber(evidence: Evidence): Paging | undefined {
  const { question, reply, list, ending, schemas } = evidence;
  const asked = question.find(pageParams, ['number']);
  const total = reply.find(totalPagesNames, ['number']);
  const number = reply.find(numberNames, ['number']);
  const counts = total ?? number ?? reply.find(totalNames, ['number']);
  if (!list || !asked || !isBounded(evidence, counts !== undefined)) return undefined;
  const first = firstOf(asked, schemas);
  return {
    kind: 'page',
    param: asked.param,
    ...(first === undefined ? {} : { first }),
    ...(total && { total: total.path }),
    ...(first === undefined && number && { number: number.path }),
    ...ending,
  };
}

const reads = /search|query|list|find|filter|fetch|get|report|browse/i;

/**
 * Whether something says that what comes is a part. A POST is sent once more for each page, and so
 * must also say that it reads.
 */
function isBounded({ operation, question, ending }: Evidence, counts: boolean): boolean {
  const says = counts || ending.more !== undefined || ending.last !== undefined;
  if (operation.method !== 'POST') return says || question.has(limitParams);
  const { id, route, doc } = operation;
  return says && question.has(limitParams) && reads.test(`${id} ${route} ${doc.summary}`);
}
