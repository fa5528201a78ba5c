// @ts-nocheck
/** Whether an action destroys something, as what is sent says: a file of a plan may leave it out. */
export function destroys(action: object): boolean {
  const { operation, method } = action as { readonly operation?: unknown; method?: unknown };
  return operation === 'destroy' || method === 'DELETE';
}
