import type { Credential, Request, Security } from '../call.js';

/**
 * Chooses the credentials that an operation asks for: the first group that is there as a whole. An
 * operation that does without any gets none otherwise; one that does not gets what there is of the
 * group of which most is there, and its server says what is missing.
 * @param usual What operations ask for that do not say it; undefined where the document says nothing
 * at all: then everything that is there is presented.
 */
export function bySecurity(
  credentials: ReadonlyMap<string, Credential>,
  usual?: Security,
): (request: Request) => readonly Credential[] {
  return ({ security = usual }) => {
    if (!security) return [...credentials.values()];
    let best: readonly Credential[] = [];
    for (const names of security) {
      const found = names.flatMap((name) => credentials.get(name) ?? []);
      if (found.length > 0 && found.length === names.length) return found;
      if (found.length > best.length) best = found;
    }
    return security.some((names) => names.length === 0) ? [] : best;
  };
}
