// @ts-nocheck
/**
 * The paths above a path, the nearest first: `a/b/c` has `a/b` and `a`. A first name may be empty, so that `/b` has
 * the path `''` above it.
 */
export function* pathsAbove(path: string): Generator<string, void, undefined> {
  let end = path.lastIndexOf('/');
  while (end !== -1) {
    yield path.slice(0, end);
    // From -1, `lastIndexOf` would look at 0 again.
    end = end === 0 ? -1 : path.lastIndexOf('/', end - 1);
  }
}

/** Whether one of these paths is above it. */
export function isBelow(path: string, paths: { has(path: string): boolean }): boolean {
  return nearestAbove(path, paths) !== undefined;
}

/** The nearest of these paths that is above it. */
export function nearestAbove(
  path: string,
  paths: { has(path: string): boolean },
): string | undefined {
  for (const above of pathsAbove(path)) if (paths.has(above)) return above;
  return undefined;
}
