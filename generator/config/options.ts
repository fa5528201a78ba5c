import type { BindOptions, Dialect } from '../dialects/dialect.ts';
import type { LoadOptions } from '../load/load.ts';
import type { NormalizeOptions } from '../normalize/normalize.ts';
import type { Target } from './config.ts';

/** How a target's document is loaded. */
export function loadOptions({
  lenient,
  allowRemoteRefs,
  overlays,
  transform,
  include,
  exclude,
}: Pick<
  Target,
  'lenient' | 'allowRemoteRefs' | 'overlays' | 'transform' | 'include' | 'exclude'
>): LoadOptions {
  return { lenient, allowRemoteRefs, shape: { overlays, transform, include, exclude } };
}

/** How a document is normalized; what its target says weighs more than its dialect. */
export function normalizeOptions(
  target: Pick<
    Target,
    'queryStyle' | 'pagination' | 'securitySchemes' | 'security' | 'rename' | 'dates' | 'int64'
  >,
  dialect: Dialect | undefined,
): NormalizeOptions {
  return {
    queryStyle: target.queryStyle ?? dialect?.queryStyle,
    inputNames: dialect?.inputNames,
    securitySchemes: target.securitySchemes,
    security: target.security,
    renames: target.rename,
    values: { dates: target.dates, int64: target.int64 },
    pagination: target.pagination,
    knownPagination: dialect?.pagination,
  };
}

/** How a target's operations are bound to their batches. */
export function bindOptions(
  { overrides, resource }: Pick<Target, 'overrides' | 'resource'>,
  leftOut: BindOptions['leftOut'],
): BindOptions {
  return { overrides, resource, leftOut };
}
