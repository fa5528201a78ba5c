import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isObject } from '../json/narrow.ts';
import type { PaginationOverride } from '../ir/pagination-override.ts';

type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isPath = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMaybePath = (value: unknown): boolean => value === undefined || isPath(value);
const isDirection = (value: unknown): boolean => value === 'next' || value === 'prev';
const isTextOrPath = (value: unknown): boolean => isText(value) || isPath(value);

const ending: Fields = { more: isMaybePath, last: isMaybePath };
const numbers: Fields = {
  param: isTextOrPath,
  first: (value) => value === undefined || Number.isInteger(value),
  total: isMaybePath,
  number: isMaybePath,
  ...ending,
};

/** By kind, what each member must be. */
const pagings: Readonly<Record<string, Fields>> = {
  link: { direction: isDirection },
  cursor: { param: isTextOrPath, cursor: isTextOrPath, ...ending },
  url: { url: isPath, ...ending },
  lastItem: { param: isTextOrPath, id: isPath, ...ending },
  offset: numbers,
  page: numbers,
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

/** Says which operations a target speaks of that there are not; of the others normalizing says it. */
export function checkPagination(
  overrides: Readonly<Record<string, PaginationOverride | false>> | undefined,
  api: ApiDescription,
  diagnostics: Diagnostics,
): void {
  if (overrides === undefined) return;
  const ids = new Set(api.groups.flatMap((group) => group.operations.map(({ id }) => id)));
  for (const id of Object.keys(overrides))
    if (!ids.has(id))
      diagnostics.error(
        'config/pagination',
        `There is no operation \`${id}\` that could page.${didYouMean(id, ids)}`,
        { hint: 'Name operations by their operationId.' },
      );
}
