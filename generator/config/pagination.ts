import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { ApiDescription } from '../ir/ir.ts';
import type { PaginationOverride } from '../normalize/operations/pagination.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isObject } from '../json/narrow.ts';

type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isPath = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMaybePath = (value: unknown): boolean => value === undefined || isPath(value);
const isDirection = (value: unknown): boolean => value === 'next' || value === 'prev';

/** By kind, what each member must be. */
const pagings: Readonly<Record<string, Fields>> = {
  link: { direction: isDirection },
  cursor: { param: isText, cursor: isPath },
  url: { url: isPath },
  offset: { param: isText, total: isMaybePath },
  page: { param: isText, first: Number.isInteger, total: isMaybePath },
};

const fields: Fields = {
  direction: (value) => value === undefined || isDirection(value),
  items: isMaybePath,
  paging: (value) => value === undefined || isPaging(value),
};

/** Whether a value is how an operation pages. */
export function isPagination(value: unknown): value is PaginationOverride | false {
  return value === false || (isObject(value) && hasFields(value, fields));
}

function isPaging(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind, ...rest } = value;
  const expected =
    typeof kind === 'string' && Object.hasOwn(pagings, kind) ? pagings[kind] : undefined;
  return expected !== undefined && hasFields(rest, expected);
}

function hasFields(value: Readonly<Record<string, unknown>>, expected: Fields): boolean {
  return (
    Object.keys(value).every((key) => Object.hasOwn(expected, key)) &&
    Object.entries(expected).every(([key, fits]) => fits(value[key]))
  );
}

/** Says which of a target's operations do not page as it says. */
export function checkPagination(
  overrides: Readonly<Record<string, PaginationOverride | false>> | undefined,
  api: ApiDescription,
  diagnostics: Diagnostics,
): void {
  if (overrides === undefined) return;
  const operations = new Map(
    api.groups.flatMap((group) => group.operations.map((one) => [one.id, one] as const)),
  );
  for (const [id, override] of Object.entries(overrides)) {
    const operation = operations.get(id);
    if (operation === undefined) {
      diagnostics.error(
        'config/pagination',
        `There is no operation \`${id}\` that could page.${didYouMean(id, operations.keys())}`,
        { hint: 'Name operations by their operationId.' },
      );
    } else if (override !== false && operation.pagination === undefined) {
      diagnostics.error(
        'config/pagination',
        `\`${id}\` does not page: ${override.paging ? 'its result has no list where the items should be' : 'the document does not say how'}.`,
        {
          pointer: operation.pointer,
          hint: override.paging
            ? 'Say under `items` where the list is in the result, for example [data, users].'
            : 'Say under `paging` how the next page is found.',
        },
      );
    }
  }
}
