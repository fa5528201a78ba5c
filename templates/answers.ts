import type { Operation, Response } from '../generator/ir/ir.ts';
import { successesOf } from '../generator/ir/responses.ts';
import { type SourceFile, value } from '../generator/print/code.ts';
import {
  array,
  call,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';

/** Statuses that have no content anyway. */
const EMPTY_STATUSES: ReadonlySet<unknown> = new Set([204, 205]);

/**
 * The members that say what a success may be; none where it is JSON, as the run-time expects by
 * itself.
 */
export function answers(operation: Operation, file: SourceFile): readonly Member[] {
  const successes = successesOf(operation.responses);
  if (successes.every(({ reading }) => reading === 'none'))
    return [['answers', reader('noContent', 'table', file)]];
  if (successes.every(isPlain)) return [];
  const { accept } = operation.result;
  const all = successes.flatMap(({ mediaType }) => mediaType ?? []).join(', ');
  const table = file.uses(value('answerTable', 'runtime/answers/table'));
  const rows = array(successes.map((response) => row(response, file)));
  const isAll = accept === undefined || accept === all;
  return [['answers', isAll ? call(table, rows) : call(table, rows, string(accept))]];
}

function isPlain({ status, reading, mediaType }: Response): boolean {
  return reading === 'none'
    ? EMPTY_STATUSES.has(status)
    : reading === 'json' && mediaType === 'application/json';
}

function row({ status, mediaType, reading, type }: Response, file: SourceFile): Expression {
  const members: Member[] = [
    ['status', typeof status === 'number' ? text(`${status}`) : string(status)],
  ];
  if (mediaType !== undefined) members.push(['type', string(mediaType)]);
  switch (reading) {
    case 'json':
    case 'none':
      break;
    case 'text':
      members.push(['read', reader('asText', 'table', file)]);
      break;
    case 'binary':
      members.push(['read', reader('asBlob', 'table', file)]);
      break;
    case 'any':
      members.push(['read', reader('asItSays', 'table', file)]);
      break;
    case 'events': {
      const isText =
        type.kind === 'stream' && type.items.kind === 'scalar' && type.items.name === 'string';
      members.push(['read', reader(isText ? 'textEvents' : 'events', 'events', file)]);
      break;
    }
    case 'lines':
    case 'sequence':
      members.push(['read', reader(reading, 'lines', file)]);
      break;
  }
  return object(members);
}

function reader(name: string, module: string, file: SourceFile): Expression {
  return text(file.uses(value(name, `runtime/answers/${module}`)));
}
