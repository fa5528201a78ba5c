import type { Conversion, Conversions } from '../generator/ir/conversion.ts';
import type { Operation, Response } from '../generator/ir/ir.ts';
import { isPlainResponse, isRedirect, successesOf } from '../generator/ir/responses.ts';
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

import { conversionOf } from '../generator/print/conversion.ts';

/**
 * The members that say what a success may be; none where it is JSON, as the run-time expects by
 * itself.
 */
export function answers(
  operation: Operation,
  file: SourceFile,
  conversions?: Conversions,
): readonly Member[] {
  const converted = conversions?.answers.get(operation.name) ?? [];
  const conversion = (response: Response): Conversion | undefined =>
    converted[operation.responses.indexOf(response)];
  const successes = successesOf(operation.responses);
  if (successes.some(({ status }) => isRedirect(status)))
    return [['answers', reader('redirects', 'redirects', file)]];
  if (successes.every(({ reading }) => reading === 'none'))
    return [['answers', reader('noContent', 'table', file)]];
  if (successes.every((one) => isPlainResponse(one) && !conversion(one))) return [];
  const { accept } = operation.result;
  const all = successes.flatMap(({ mediaType }) => mediaType ?? []).join(', ');
  const table = file.uses(value('answerTable', 'runtime/answers/table'));
  const rows = array(
    successes.map((response) => {
      const how = conversion(response);
      return row(response, how && parser(how, conversions, file), file);
    }),
  );
  const isAll = accept === undefined || accept === all;
  return [['answers', isAll ? call(table, rows) : call(table, rows, string(accept))]];
}

/** What makes values of a text of JSON: with all the digits of numbers, where there are long ones. */
function parser(
  conversion: Conversion,
  conversions: Conversions | undefined,
  file: SourceFile,
): Expression {
  const [name, module] = isLong(conversion, conversions)
    ? ['parsingExactly', 'runtime/values/int64']
    : ['parsing', 'runtime/values/read'];
  return call(file.uses(value(name, module)), conversionOf(conversion, file));
}

function isLong(conversion: Conversion | undefined, conversions: Conversions | undefined): boolean {
  const inside = (one: Conversion | undefined): boolean => isLong(one, conversions);
  switch (conversion?.kind) {
    case undefined:
    case 'date':
    case 'instant':
      return false;
    case 'int64':
      return true;
    case 'list':
      return inside(conversion.items);
    case 'tuple':
      return inside(conversion.rest) || conversion.items.some(inside);
    case 'members':
      return inside(conversion.rest) || conversion.members.some(([, of]) => inside(of));
    case 'all':
      return conversion.parts.some(inside);
    case 'tagged':
    case 'fitting':
      return conversion.cases.some(([, of]) => inside(of));
    case 'named':
      return conversions?.long.has(conversion.name) === true;
  }
}

function row(
  { status, mediaType, reading, type }: Response,
  parse: Expression | undefined,
  file: SourceFile,
): Expression {
  const members: Member[] = [
    ['status', typeof status === 'number' ? text(`${status}`) : string(status)],
  ];
  if (mediaType !== undefined) members.push(['type', string(mediaType)]);
  switch (reading) {
    case 'json':
      if (parse)
        members.push(['read', call(file.uses(value('asValues', 'runtime/values/read')), parse)]);
      break;
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
      members.push([
        'read',
        parse && !isText
          ? call(reader('eventsBy', 'events', file).flat, parse)
          : reader(isText ? 'textEvents' : 'events', 'events', file),
      ]);
      break;
    }
    case 'lines':
    case 'sequence':
      members.push([
        'read',
        parse
          ? call(reader(`${reading}By`, 'lines', file).flat, parse)
          : reader(reading, 'lines', file),
      ]);
      break;
  }
  return object(members);
}

function reader(name: string, module: string, file: SourceFile): Expression {
  return text(file.uses(value(name, `runtime/answers/${module}`)));
}
