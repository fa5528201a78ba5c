import type { ClientFacts, Credential } from '../generator/dialects/dialect.ts';
import type { Api, AuthScheme } from '../generator/ir.ts';
import { noDoc } from '../generator/normalize/doc.ts';
import { camelCase, Names } from '../generator/normalize/names.ts';
import { defaultUrl } from '../generator/normalize/servers.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import { quote, WIDTH } from '../generator/print/text.ts';
import { banner, type Template } from './template.ts';

/** `src/client.ts`: `createClient` with what this API needs: its base URL, credentials and limits. */
export const clientModule: Template = {
  name: 'client',
  files({ api, plan, output, dialect }) {
    const text = printModule('client', plan.homes, (file) => {
      const parts: Parts = {
        name: output.clientName,
        title: api.title,
        base: baseUrlOf(api),
        servers: api.servers.map(defaultUrl),
        secrets: secretsOf(api, dialect?.client),
        facts: dialect?.client ?? {},
      };
      return [
        ...allowedUrls(parts.facts),
        optionsInterface(parts, file),
        factory(parts, file),
        ...rateLimit(parts.facts, file),
      ].join('\n');
    });
    return [{ path: 'src/client.ts', text: banner + text }];
  },
};

/** The base URL that a client has by default; absent where the document names none that is absolute. */
export function baseUrlOf({ servers }: Api): string | undefined {
  return servers.map(defaultUrl).find((url) => /^https?:\/\/[^{}]+$/.test(url));
}

interface Parts {
  readonly name: string;
  readonly title: string;
  /** The default base URL; absent where the document names none that is absolute. */
  readonly base: string | undefined;
  readonly servers: readonly string[];
  readonly secrets: readonly Secret[];
  readonly facts: ClientFacts;
}

/** An option that holds credentials. */
interface Secret {
  readonly option: string;
  readonly description: string;
  readonly required: boolean;
  readonly type: (file: SourceFile) => string;
  readonly make: (file: SourceFile) => string;
}

const credentials = 'runtime/credentials';

function secretsOf({ auth }: Api, facts: ClientFacts | undefined): readonly Secret[] {
  if (facts?.credential) return [keyOf(facts.credential)];
  const names = new Names({
    reserved: [
      'baseUrl',
      'credentials',
      'fetch',
      'headers',
      'hooks',
      'limiter',
      'retry',
      'signal',
      'timeout',
      'userAgent',
    ],
  });
  return auth.map((scheme) =>
    secret(scheme, names.claim((camelCase(scheme.key) || 'auth').slice(0, 40)), false),
  );
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
    make: (file) =>
      `${file.uses(value('headerKey', credentials))}(${quote(name)}, options.${option}, ${quote(prefix)})`,
  };
}

function secret(scheme: AuthScheme, option: string, required: boolean): Secret {
  const given = `options.${option}`;
  const plain = (file: SourceFile): string => file.uses(type('Secret', credentials));
  const call =
    (name: string, ...args: readonly string[]) =>
    (file: SourceFile): string =>
      `${file.uses(value(name, credentials))}(${args.join(', ')})`;
  const base = { option, required, description: scheme.description, type: plain };
  switch (scheme.kind) {
    case 'bearer':
      return { ...base, make: call('bearer', given) };
    case 'basic':
      return {
        ...base,
        type: (file) => `{ readonly user: string; readonly password: ${plain(file)} }`,
        make: call('basic', `${given}.user`, `${given}.password`),
      };
    case 'apiKey':
      return {
        ...base,
        make: call(
          { header: 'headerKey', query: 'queryKey', cookie: 'cookieKey' }[scheme.in],
          quote(scheme.name),
          given,
        ),
      };
  }
}

function optionsInterface(
  { name, base, servers, secrets, facts }: Parts,
  file: SourceFile,
): string {
  const { code } = file;
  const regions =
    servers.length > 1
      ? `One of ${servers.map((url) => `\`${url}\``).join(', ')}; the first by default.`
      : base === undefined
        ? 'Where the API lives; its document does not say.'
        : `Default \`${base}\`.`;
  const own = [`'baseUrl'`, ...(facts.userAgent ? [`'userAgent'`] : [])].join(' | ');
  return code`/** What {@link createClient} takes. */
export interface ${name}Options extends Omit<${type('ClientOptions', 'runtime/client')}, ${own}> {
${docComment({ ...noDoc, summary: regions }, 2)}  readonly baseUrl${base === undefined ? ': string' : '?: string | undefined'};
${facts.userAgent ? '  /** `App/1.2 Vendor`: which application asks, and whose it is. */\n  readonly userAgent: string;\n' : ''}${secrets.map(
    ({ option, description, required, type: text }) =>
      code`${docComment({ ...noDoc, summary: description }, 2)}  readonly ${option}${required ? '' : '?'}: ${text(file)}${required ? '' : ' | undefined'};\n`,
  )}}
`;
}

function factory({ name, title, base, secrets, facts }: Parts, file: SourceFile): string {
  const { code } = file;
  const create: Ref = { ...value('createClient', 'runtime/client'), as: 'create' };
  const [only] = secrets;
  const optional = secrets.filter(({ required }) => !required);
  const collect =
    optional.length === 0
      ? ''
      : code`  const credentials: ${type('Credential', credentials)}[] = [];\n${optional.map(
          ({ option, make }) =>
            code`  if (options.${option} !== undefined) {\n    credentials.push(${make(file)});\n  }\n`,
        )}`;
  const given = optional.length > 0 ? 'credentials' : only ? `[${only.make(file)}]` : undefined;
  const members = [
    facts.allowedHosts && 'allowedUrls',
    given !== undefined && (given === 'credentials' ? given : `credentials: ${given}`),
    '...options',
    base !== undefined && baseUrl(quote(base)),
  ].filter((member) => typeof member === 'string');
  const doc = docComment({ ...noDoc, summary: `A client for ${title}. It sends nothing yet.` }, 0);
  return code`${doc}export function createClient(options: ${name}Options): ${type('Client', 'runtime/client')} {
${collect}  return ${create}({
${members.map((member) => `    ${member},\n`)}  });
}
`;
}

function baseUrl(fallback: string): string {
  const line = `baseUrl: options.baseUrl ?? ${fallback}`;
  return line.length + 5 <= WIDTH ? line : `baseUrl:\n      options.baseUrl ?? ${fallback}`;
}

/** The hosts of the vendor as an expression: `meraki.com` stands for its subdomains too. */
function allowedUrls({ allowedHosts }: ClientFacts): readonly string[] {
  if (!allowedHosts) return [];
  const text = String.raw`/^https:\/\/([\w-]+\.)*(${hostsPattern(allowedHosts)})\//`;
  const doc = 'Where redirects and page links may lead, besides the host of the base URL.';
  const head = 'export const allowedUrls: RegExp =';
  const line = `${head} ${text};`.length <= WIDTH ? ` ${text}` : `\n  ${text}`;
  return [`${docComment({ ...noDoc, summary: doc }, 0)}${head}${line};\n`];
}

/** `meraki.com`, `meraki.ca` → `meraki\.(com|ca)`: short, as it is part of every bundle. */
function hostsPattern(hosts: readonly string[]): string {
  const endings = new Map<string, string[]>();
  for (const host of hosts) {
    const [name = '', ...rest] = host.split('.');
    const ending = rest.join(String.raw`\.`);
    const known = endings.get(name);
    if (known) known.push(ending);
    else endings.set(name, [ending]);
  }
  return [...endings]
    .map(
      ([name, list]) => String.raw`${name}\.${list.length === 1 ? list[0] : `(${list.join('|')})`}`,
    )
    .join('|');
}

/** What keeps to the API's rate limit; small clients do without it, and wait where the server says so. */
function rateLimit({ rateLimit: limit }: ClientFacts, { code }: SourceFile): readonly string[] {
  if (!limit) return [];
  const { perSecond, key } = limit;
  const match = key === undefined ? '' : `    key: ({ path }) => /${key}/.exec(path)?.[0],\n`;
  const doc = docComment(
    {
      ...noDoc,
      summary: `Keeps to ${perSecond} requests a second, for the option \`limiter\`. Clients may share one.`,
    },
    0,
  );
  return [
    code`${doc}export function rateLimit(): ${type('Limiter', 'runtime/rate-limit')} {
  return ${value('tokenBucket', 'runtime/rate-limit')}({
    perSecond: ${perSecond},
${match}  });
}
`,
  ];
}
