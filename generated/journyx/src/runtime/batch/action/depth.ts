// @ts-nocheck
/** JSON nested deeper than this breaks code that recurses over it. */
const mostDepth = 500;

/** Whether a value is nested too deep to recurse over it. */
export function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > mostDepth) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
