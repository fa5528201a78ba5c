import type { ClientFacts, Credential } from '../dialects/dialect.ts';
import type { ClientFactory, CredentialOption } from '../ir/api.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { camelCase, Names } from '../ir/names.ts';
import { baseUrlOf, variablesOf } from './base-url.ts';

/** What `createClient` takes of every API. */
export const ownOptions: readonly string[] = [
  'allowInsecure',
  'allowedUrls',
  'baseUrl',
  'bodyTimeout',
  'credentials',
  'fetch',
  'headers',
  'headersTimeout',
  'hooks',
  'idleTimeout',
  'limiter',
  'logger',
  'maxResponseBytes',
  'retry',
  'timeout',
  'userAgent',
];

/** What the client of an API takes and knows. */
export function clientOf(api: ApiDescription, name: string, facts: ClientFacts): ClientFactory {
  const names = new Names({ reserved: ownOptions });
  // In this sequence, as the first of two gets the name.
  const variables = variablesOf(api, names);
  const credentials = credentialsOf(api, facts, names);
  return {
    name,
    baseUrl: baseUrlOf(api, variables),
    variables,
    credentials,
    // A dialect's own credential goes to all operations.
    ...(facts.credential || !api.security ? {} : { security: api.security }),
    allowedHosts: facts.allowedHosts ?? [],
    rateLimit: facts.rateLimit,
    requiresUserAgent: facts.userAgent ?? false,
  };
}

/** The dialect's own credential, or one for each security scheme. */
function credentialsOf(
  { auth }: ApiDescription,
  { credential }: ClientFacts,
  names: Names,
): readonly CredentialOption[] {
  if (credential) return [optionOf(credential)];
  return auth.map((scheme) => {
    const wanted = (camelCase(scheme.key) || 'auth').slice(0, 40);
    return {
      option: names.claim(wanted, `${wanted}Credential`),
      description: scheme.description,
      required: false,
      scheme,
    };
  });
}

function optionOf(credential: Credential): CredentialOption {
  const { option } = credential;
  const required = true;
  if (credential.scheme === 'bearer') {
    const description = 'The key, or a function that gives it.';
    return { option, required, description, scheme: { kind: 'bearer', key: '', description } };
  }
  const { name, prefix, description } = credential;
  const scheme = { kind: 'apiKey', key: '', in: 'header', name, description } as const;
  return { option, required, description, scheme, prefix };
}
