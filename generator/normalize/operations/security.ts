import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { AuthScheme, Security } from '../../ir/ir.ts';
import {
  isObject,
  type JsonObject,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { References } from '../references.ts';

/** What an operation asks for. */
export interface OperationSecurity {
  /** False where the document says that no credentials are needed. */
  readonly authenticated: boolean;
  /** Absent where it is what operations of the API usually ask for. */
  readonly security?: Security | undefined;
}

/** The security of an API and of its operations. */
export interface ApiSecurity {
  readonly schemes: readonly AuthScheme[];
  /** What operations ask for that do not say it, or what most do; absent where it makes no difference. */
  readonly usual?: Security | undefined;
  /** What an operation asks for, by what it declares. */
  of(operation: JsonObject): OperationSecurity;
}

/** What a configuration adds to the document. */
export interface SecurityOptions {
  readonly securitySchemes?: Readonly<Record<string, object>> | undefined;
  readonly security?: readonly object[] | undefined;
}

interface SecurityContext {
  readonly references: References;
  readonly diagnostics: Diagnostics;
}

/**
 * Reads security schemes and requirements. An operation that declares none asks for what the
 * document as a whole does. Where that says nothing either, it asks for nothing if other operations
 * say what they ask for; if none does, the document does not speak of security at all.
 */
export function readSecurity(
  document: JsonObject,
  operations: readonly { readonly operation: JsonObject; readonly pointer: string }[],
  added: SecurityOptions,
  { references, diagnostics }: SecurityContext,
): ApiSecurity {
  const declared: JsonObject = {
    ...objectOf(own(objectOf(own(document, 'components')), 'securitySchemes')),
    ...added.securitySchemes,
  };
  const schemes = sortedEntries(declared).flatMap(([key, entry]) =>
    readScheme(key, objectOf(references.follow(entry, '').value), diagnostics),
  );
  const ofTransport = new Set(
    Object.keys(declared).filter(
      (key) => textOf(own(objectOf(declared[key]), 'type')) === 'mutualTLS',
    ),
  );
  const root = added.security ?? own(document, 'security');
  const speaks =
    root !== undefined || operations.some(({ operation }) => own(operation, 'security'));
  warnOfUndeclared(declared, root, operations, diagnostics);
  const inherited = groupsOf(root, ofTransport);
  const groupsIn = (operation: JsonObject): Security => {
    const declared = own(operation, 'security');
    return declared == null ? inherited : groupsOf(declared, ofTransport);
  };
  const isChosen = speaks && schemes.length > 1;
  const usual = !isChosen
    ? []
    : root === undefined
      ? mostCommon(operations.map(({ operation }) => groupsIn(operation)))
      : groupsOf(root, ofTransport);
  return {
    schemes,
    ...(isChosen ? { usual } : {}),
    of(operation) {
      if (!speaks) return { authenticated: true };
      const groups = groupsIn(operation);
      if (groups.every((names) => names.length === 0)) return { authenticated: false };
      const isUsual = !isChosen || JSON.stringify(groups) === JSON.stringify(usual);
      return isUsual ? { authenticated: true } : { authenticated: true, security: groups };
    },
  };
}

/** Certificates are the transport's: no group of headers has them. */
function groupsOf(declared: unknown, ofTransport: ReadonlySet<string>): Security {
  return (Array.isArray(declared) ? declared : [])
    .filter(isObject)
    .map((requirement) => Object.keys(requirement).filter((name) => !ofTransport.has(name)));
}

function mostCommon(all: readonly Security[]): Security {
  const counts = new Map<string, number>();
  for (const groups of all) {
    if (groups.every((names) => names.length === 0)) continue;
    const key = JSON.stringify(groups);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return most ? all.find((groups) => JSON.stringify(groups) === most[0])! : [];
}

function warnOfUndeclared(
  schemes: JsonObject,
  root: unknown,
  operations: readonly { readonly operation: JsonObject; readonly pointer: string }[],
  diagnostics: Diagnostics,
): void {
  const known = new Set(Object.keys(schemes));
  const check = (declared: unknown, pointer: string): void => {
    for (const name of groupsOf(declared, known).flat()) {
      known.add(name);
      diagnostics.warning(
        'operation/undeclared-security',
        `There is no security scheme \`${name.slice(0, 40)}\`; no credential is presented for it.`,
        { pointer, hint: 'Declare it, or add it with `securitySchemes` in the configuration.' },
      );
    }
  };
  check(root, pointerTo('security'));
  for (const { operation, pointer } of operations)
    if (Object.hasOwn(operation, 'security')) check(operation['security'], `${pointer}/security`);
}

/** A token (RFC 9110, 5.6.2). */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
/** Schemes whose header depends on the request or on a challenge. */
const notByKeyAlone =
  /^(aws4-hmac-sha256|concealed|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth|privatetoken|scram-sha-\d+|vapid)$/i;

/** A way to present credentials; OAuth and OpenID Connect end in a bearer token. */
function readScheme(
  key: string,
  scheme: JsonObject,
  diagnostics: Diagnostics,
): readonly AuthScheme[] {
  const description = textOf(own(scheme, 'description'));
  const type = textOf(own(scheme, 'type'));
  const refuse = (why: string, hint: string): readonly [] => {
    diagnostics.warning(
      'operation/unsupported-security',
      `The client has no option for the security scheme \`${key.slice(0, 40)}\`: ${why}.`,
      { pointer: pointerTo('components', 'securitySchemes', key), hint },
    );
    return [];
  };
  switch (type) {
    case 'apiKey': {
      const place = (['header', 'query', 'cookie'] as const).find(
        (one) => own(scheme, 'in') === one,
      );
      const name = textOf(own(scheme, 'name'));
      if (!place || name === '' || (place !== 'query' && !token.test(name)))
        return refuse('it does not say where the key goes', 'Give it a `name` and an `in`.');
      return [{ kind: 'apiKey', key, in: place, name, description }];
    }
    case 'http': {
      const name = textOf(own(scheme, 'scheme')).trim();
      if (/^bearer$/i.test(name)) return [{ kind: 'bearer', key, description }];
      if (/^basic$/i.test(name)) return [{ kind: 'basic', key, description }];
      if (!token.test(name)) return refuse('it has no `scheme`', 'Give it one, as `bearer`.');
      if (notByKeyAlone.test(name))
        return refuse(
          `\`${name}\` takes more than a key`,
          'Sign requests in a `fetch` of your own, or with `headers`.',
        );
      return [{ kind: 'http', key, scheme: name, description }];
    }
    case 'oauth2':
    case 'openIdConnect':
      return [{ kind: 'bearer', key, description }];
    case 'mutualTLS':
      return refuse(
        'certificates are presented by the transport',
        'Give a `fetch` that has the certificate.',
      );
    default:
      return refuse('its type is not known', 'Use apiKey, http, oauth2 or openIdConnect.');
  }
}
