import type { Target } from './config.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { NormalizeOptions } from '../normalize/normalize.ts';

/** How to read a document; what its target says weighs more than its dialect. */
export function normalizeOptions(
  target: Pick<Target, 'queryStyle' | 'pagination'>,
  dialect: Dialect | undefined,
): NormalizeOptions {
  return {
    queryStyle: target.queryStyle ?? dialect?.queryStyle,
    inputNames: dialect?.inputNames,
    pagination: { ...dialect?.pagination, ...target.pagination },
  };
}
