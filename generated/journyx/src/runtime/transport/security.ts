import type { Credential, Request, Security } from '../call.js';

/** The options of the client that hold credentials, by the names of their schemes. */
export type CredentialOptions = Readonly<Record<string, string>>;

/**
 * Chooses the credentials that an operation asks for: the first group that is there as a whole. An
 * operation that does without any gets none otherwise; one that does not gets what there is of the
 * group of which most is there, and its server says what is missing.
 * @param usual What operations ask for that do not say it; undefined where the document says nothing
 * at all: then everything that is there is presented.
 * @param options What sets them. Where none is set at all and an operation asks for one, it is
 * refused, unless something else presents what it asks for, as a browser does with cookies.
 */
export function bySecurity(
  credentials: ReadonlyMap<string, Credential>,
  usual?: Security,
  options: CredentialOptions = {},
): (request: Request) => readonly Credential[] {
  return ({ id, anonymous, security = usual }) => {
    if (!security) return [...credentials.values()];
    if (credentials.size === 0 && !anonymous) checkThatNoneIsAskedFor(id, security, options);
    let best: readonly Credential[] = [];
    for (const names of security) {
      const found = names.flatMap((name) => credentials.get(name) ?? []);
      if (found.length > 0 && found.length === names.length) return found;
      if (found.length > best.length) best = found;
    }
    return security.some((names) => names.length === 0) ? [] : best;
  };
}

/** @throws TypeError where each group asks for what an option would have set. */
function checkThatNoneIsAskedFor(id: string, security: Security, options: CredentialOptions): void {
  const isAsked = security.every((names) => names.some((name) => Object.hasOwn(options, name)));
  if (!isAsked || security.length === 0) return;
  const groups = security.map((names) =>
    names
      .map((name) => {
        const option = Object.hasOwn(options, name) ? `the option \`${options[name]}\`, for ` : '';
        return `${option}the security scheme ${name}`;
      })
      .join(' and '),
  );
  throw new TypeError(
    `${id} needs a credential: ${groups.join('; or ')}; \`credentials: []\` sends none`,
  );
}
