import type { DraftModule } from '../dialects/dialect.ts';
import type { BatchList } from '../ir/batch.ts';
import type { Group } from '../ir/ir.ts';

/** The operation of the document that lists the batches of an account; undefined where none does. */
export function batchListOf(
  groups: readonly Group[],
  { calls, record, scope }: DraftModule['drafts'],
): BatchList | undefined {
  const { method, path } = calls.history ?? calls.list;
  const found = groups
    .flatMap(({ operations }) => operations)
    .find((operation) => operation.method === method && blank(operation.route) === blank(path));
  // It is called with what batches belong to, and with nothing else.
  const names =
    found?.path.flatMap((part) => (typeof part === 'string' ? [] : [part.param.key])) ?? [];
  if (!found || names.some((name) => !scope.includes(name))) return undefined;
  const { id, confirmed, completed, failed } = record;
  return { group: found.group, operation: found.name, id, confirmed, completed, failed };
}

/** A path without the names of its parameters. */
function blank(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}');
}
