import type { ApiDescription } from '../ir/ir.ts';

/** What is said of an API in a line. */
export interface Counts {
  readonly operations: number;
  readonly batchable: number;
  readonly paginated: number;
}

export function countsOf(api: ApiDescription | undefined): Counts {
  const operations = api?.groups.flatMap((group) => group.operations) ?? [];
  return {
    operations: operations.length,
    batchable: operations.filter(({ batch }) => batch !== undefined).length,
    paginated: operations.filter(({ pagination }) => pagination !== undefined).length,
  };
}
