import type { CredentialOption } from '../generator/ir/api.ts';
import type { AuthScheme } from '../generator/ir/ir.ts';
import { type SourceFile, type, value } from '../generator/print/code.ts';
import { call, type Expression, object, string, text } from '../generator/print/expression.ts';

const credentials = 'runtime/transport/credentials';

/** What an option is for. */
export function credentialDescription({ description, scheme }: CredentialOption): string {
  return description || about(scheme);
}

/** What an option takes of which the document says nothing. */
function about(scheme: AuthScheme): string {
  switch (scheme.kind) {
    case 'bearer':
      return 'A bearer token, or a function that gives one.';
    case 'http':
      return `What stands behind \`${scheme.scheme}\` in \`Authorization\`, or a function that gives it.`;
    case 'basic':
      return 'A user name and its password.';
    case 'apiKey':
      return `The key that is sent as ${scheme.in} \`${scheme.name}\`, or a function that gives it.`;
  }
}

/** The type of an option. */
export function credentialType({ scheme }: CredentialOption, { code, uses }: SourceFile): string {
  const secret = uses(type('Secret', credentials));
  return scheme.kind === 'basic'
    ? code`{ readonly user: string; readonly password: ${secret} }`
    : secret;
}

/** What the run-time makes of the value of an option. */
export function credential(
  { option, scheme, prefix }: CredentialOption,
  { uses }: SourceFile,
): Expression {
  const make = (name: string, ...args: readonly Expression[]): Expression =>
    call(uses(value(name, credentials)), ...args);
  const given = text(`options.${option}`);
  switch (scheme.kind) {
    case 'bearer':
      return make('bearer', given);
    case 'http':
      return make('headerKey', string('Authorization'), given, string(`${scheme.scheme} `));
    case 'basic':
      return make('basic', text(`${given.flat}.user`), text(`${given.flat}.password`));
    case 'apiKey': {
      const maker = { header: 'headerKey', query: 'queryKey', cookie: 'cookieKey' }[scheme.in];
      const args = [string(scheme.name), given];
      return make(maker, ...args, ...(prefix === undefined ? [] : [string(prefix)]));
    }
  }
}

/** What one might give, for an example. */
export function exampleCredential({ scheme }: CredentialOption): Expression {
  if (scheme.kind !== 'basic') return fromEnvironment('API_KEY');
  return object([
    ['user', string('…')],
    ['password', fromEnvironment('PASSWORD')],
  ]);
}

/** In a way that every compiler setting accepts. */
function fromEnvironment(name: string): Expression {
  return text(`process.env['${name}']!`);
}
