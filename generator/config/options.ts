import type { BindOptions, Dialect } from '../dialects/dialect.ts';
import type { LoadOptions } from '../load/load.ts';
import type { NormalizeOptions } from '../normalize/normalize.ts';
import type { Target } from './config.ts';

/** How a target's document is loaded. */
export function loadOptions({
  lenient,
  allowRemoteRefs,
}: Pick<Target, 'lenient' | 'allowRemoteRefs'>): LoadOptions {
  return { lenient, allowRemoteRefs };
}

/** How a document is normalized; what its target says weighs more than its dialect. */
export function normalizeOptions(
  target: Pick<Target, 'queryStyle' | 'pagination' | 'securitySchemes' | 'security'>,
  dialect: Dialect | undefined,
): NormalizeOptions {
  return {
    queryStyle: target.queryStyle ?? dialect?.queryStyle,
    inputNames: dialect?.inputNames,
    securitySchemes: target.securitySchemes,
    security: target.security,
    pagination: target.pagination,
    knownPagination: dialect?.pagination,
  };
}

/** How a target's operations are bound to their batches. */
export function bindOptions({
  overrides,
  resource,
}: Pick<Target, 'overrides' | 'resource'>): BindOptions {
  return { overrides, resource };
}
