import type { ClientFacts, Credential } from '../generator/dialects/dialect.ts';
import type { Api, AuthScheme } from '../generator/ir/ir.ts';
import { camelCase, type Names } from '../generator/ir/names.ts';
import { type SourceFile, type, value } from '../generator/print/code.ts';
import { call, type Expression, object, string, text } from '../generator/print/expression.ts';

const credentials = 'runtime/transport/credentials';

/** An option that holds credentials. */
export interface Secret {
  readonly option: string;
  readonly description: string;
  readonly required: boolean;
  readonly type: (file: SourceFile) => string;
  readonly make: (file: SourceFile) => Expression;
  /** What one might give, for an example. */
  readonly example: Expression;
}

/** The options that hold credentials: the dialect's own, or one for each security scheme. */
export function secretsOf({ auth }: Api, facts: ClientFacts, names: Names): readonly Secret[] {
  if (facts.credential) return [keyOf(facts.credential)];
  return auth.map((scheme) => {
    const wanted = (camelCase(scheme.key) || 'auth').slice(0, 40);
    return secret(scheme, names.claim(wanted, `${wanted}Credential`), false);
  });
}

function keyOf(credential: Credential): Secret {
  const { option } = credential;
  if (credential.scheme === 'bearer') {
    const description = 'The key, or a function that gives it.';
    return secret({ kind: 'bearer', key: '', description }, option, true);
  }
  const { name, prefix, description } = credential;
  const header: AuthScheme = { kind: 'apiKey', key: '', in: 'header', name, description };
  return {
    ...secret(header, option, true),
    make: makes('headerKey', string(name), text(`options.${option}`), string(prefix)),
  };
}

function secret(scheme: AuthScheme, option: string, required: boolean): Secret {
  const given = text(`options.${option}`);
  const plain = (file: SourceFile): string => file.uses(type('Secret', credentials));
  const base = {
    option,
    required,
    description: scheme.description || about(scheme),
    type: plain,
    example: fromEnvironment('API_KEY'),
  };
  switch (scheme.kind) {
    case 'bearer':
      return { ...base, make: makes('bearer', given) };
    case 'basic':
      return {
        ...base,
        type: (file) => `{ readonly user: string; readonly password: ${plain(file)} }`,
        make: makes('basic', text(`${given.flat}.user`), text(`${given.flat}.password`)),
        example: object([
          ['user', string('…')],
          ['password', fromEnvironment('PASSWORD')],
        ]),
      };
    case 'apiKey': {
      const maker = { header: 'headerKey', query: 'queryKey', cookie: 'cookieKey' }[scheme.in];
      return { ...base, make: makes(maker, string(scheme.name), given) };
    }
  }
}

/** A call of the run-time's function that makes a credential. */
function makes(name: string, ...args: readonly Expression[]): Secret['make'] {
  return (file) => call(file.uses(value(name, credentials)), ...args);
}

/** In a way that every compiler setting accepts. */
function fromEnvironment(name: string): Expression {
  return text(`process.env['${name}']!`);
}

/** What an option takes of which the document says nothing. */
function about(scheme: AuthScheme): string {
  switch (scheme.kind) {
    case 'bearer':
      return 'A bearer token, or a function that gives one.';
    case 'basic':
      return 'A user name and its password.';
    case 'apiKey':
      return `The key that is sent as ${scheme.in} \`${scheme.name}\`, or a function that gives it.`;
  }
}
