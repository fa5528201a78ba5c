// @ts-nocheck
import type { Credential, Request, Security } from '../call.js';

/** The options of the client that hold credentials, by the names of their schemes. */
export type CredentialOptions = Readonly<Record<string, string>>;

/**
 * Chooses the credentials that an operation asks for: the first group that is there as a whole. An
 * operation that does without any gets none otherwise. One that does not is refused where each of its
 * groups lacks what an option would have set. What no option sets something else may present, as a
 * browser does with cookies: then it gets what there is of the group of which most is there.
 * @param usual What operations ask for that do not say it; undefined where the document says nothing
 * at all: then everything that is there is presented.
 * @param options What sets them.
 */
export function bySecurity(
  credentials: ReadonlyMap<string, Credential>,
  usual?: Security,
  options: CredentialOptions = {},
): (request: Request) => readonly Credential[] {
  const lacksOption = (name: string): boolean =>
    !credentials.has(name) && Object.hasOwn(options, name);
  return ({ id, anonymous, security = usual }) => {
    if (!security) return [...credentials.values()];
    const whole = security.find(
      (names) => names.length > 0 && names.every((name) => credentials.has(name)),
    );
    if (!whole && (anonymous || security.some((names) => names.length === 0))) return [];
    const groups = whole ? [whole] : security.filter((names) => !names.some(lacksOption));
    if (groups.length === 0 && security.length > 0)
      throw missing(id, security, options, credentials);
    let best: readonly Credential[] = [];
    for (const names of groups) {
      const found = names.flatMap((name) => credentials.get(name) ?? []);
      if (found.length > best.length) best = found;
    }
    return best;
  };
}

/** The error that names, of each group, what is not there, and the option that sets it. */
function missing(
  id: string,
  security: Security,
  options: CredentialOptions,
  credentials: ReadonlyMap<string, Credential>,
): TypeError {
  const groups = security.map((names) =>
    names
      .filter((name) => !credentials.has(name))
      .map((name) => {
        const option = Object.hasOwn(options, name) ? `the option \`${options[name]}\`, for ` : '';
        return `${option}the security scheme ${name}`;
      })
      .join(' and '),
  );
  return new TypeError(
    `${id} needs a credential: ${groups.join('; or ')}; \`credentials: []\` sends none`,
  );
}
