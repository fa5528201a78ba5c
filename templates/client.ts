import type { ClientFacts, Dialect } from '../generator/dialects/dialect.ts';
import type { Api } from '../generator/ir/ir.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { Names } from '../generator/ir/names.ts';
import { baseUrlOf, defaultUrl, type ServerOption, serverOptions } from '../generator/ir/server.ts';
import { literals, scalar, unite } from '../generator/ir/type.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import {
  array,
  binary,
  call,
  type Expression,
  lines,
  member,
  text,
} from '../generator/print/expression.ts';
import { fits } from '../generator/print/layout.ts';
import { heritage, signature } from '../generator/print/signature.ts';
import { WIDTH } from '../generator/print/text.ts';
import { property } from '../generator/print/types.ts';
import { baseUrlExpression } from './base-url.ts';
import { type Secret, secretsOf } from './credentials.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/client.ts`: `createClient` with what this API needs: its base URL, credentials and limits. */
export const clientModule: Template = {
  name: 'client',
  files({ api, plan, output, dialect }) {
    const facts = dialect?.client ?? {};
    const { variables, secrets } = optionsOf(api, dialect);
    const printed = printModule('client', plan.homes, (file) => {
      const parts: Parts = {
        name: output.clientName,
        title: api.title,
        base: baseUrlOf(api),
        baseUrl: baseUrlExpression(api, variables),
        servers: api.servers.map(defaultUrl),
        variables,
        secrets,
        facts,
      };
      return [
        ...allowedUrls(parts.facts),
        optionsInterface(parts, file),
        factory(parts, file),
        ...rateLimit(parts.facts, file),
      ].join('\n');
    });
    return [{ path: 'src/client.ts', text: banner + printed }];
  },
};

/** The options that only clients of this API have. */
export function optionsOf(
  api: Api,
  dialect: Dialect | undefined,
): { readonly variables: readonly ServerOption[]; readonly secrets: readonly Secret[] } {
  const names = new Names({ reserved: ownOptions });
  // In this sequence, as the first of two gets the name.
  const variables = serverOptions(api, names);
  return { variables, secrets: secretsOf(api, dialect?.client ?? {}, names) };
}

/** What {@link createClient} takes of every API. */
const ownOptions = [
  'allowInsecure',
  'allowedUrls',
  'baseUrl',
  'credentials',
  'fetch',
  'headers',
  'hooks',
  'limiter',
  'maxResponseBytes',
  'retry',
  'signal',
  'timeout',
  'userAgent',
];

interface Parts {
  readonly name: string;
  readonly title: string;
  /** The default base URL; absent where the document names none that is absolute. */
  readonly base: string | undefined;
  readonly baseUrl: Expression | undefined;
  readonly servers: readonly string[];
  readonly variables: readonly ServerOption[];
  readonly secrets: readonly Secret[];
  readonly facts: ClientFacts;
}

function optionsInterface(
  { name, base, servers, variables, secrets, facts }: Parts,
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
${heritage(`${name}Options`, 'Omit', [file.uses(type('ClientOptions', 'runtime/client')), own])} {
${docComment({ ...noDoc, summary: regions }, 2)}  readonly baseUrl${base === undefined ? ': string' : '?: string | undefined'};
${variables.map(variableOption)}${facts.userAgent ? '  /** `App/1.2 Vendor`: which application asks, and whose it is. */\n  readonly userAgent: string;\n' : ''}${secrets.map((secret) => secretOption(secret, file))}}
`;
}

function secretOption(
  { option, description, required, type: typeOf }: Secret,
  file: SourceFile,
): string {
  const comment = docComment({ ...noDoc, summary: description }, 2);
  const key = `  readonly ${option}${required ? '' : '?'}:`;
  const text = `${typeOf(file)}${required ? '' : ' | undefined'};`;
  return `${comment}${key}${fits(`${key} ${text}`, 0) ? ' ' : '\n    '}${text}\n`;
}

function factory({ name, title, baseUrl, secrets, facts }: Parts, file: SourceFile): string {
  const { code } = file;
  const create: Ref = { ...value('createClient', 'runtime/client'), as: 'create' };
  const [only] = secrets;
  const optional = secrets.filter(({ required }) => !required);
  const collect =
    optional.length === 0
      ? ''
      : code`  const credentials: ${type('Credential', 'runtime/transport/credentials')}[] = [];\n${optional.map(
          ({ option, make }) =>
            code`  if (options.${option} !== undefined) {\n${lines('    ', call('credentials.push', make(file)), ';', 4)}\n  }\n`,
        )}`;
  const given =
    optional.length > 0
      ? '    credentials,'
      : only && member('credentials', array([only.make(file)]), 4);
  const members = [
    facts.allowedHosts && '    allowedUrls,',
    given,
    '    ...options,',
    baseUrl && member('baseUrl', binary(text('options.baseUrl'), '??', baseUrl), 4),
  ].filter((line) => line !== undefined);
  const doc = docComment({ ...noDoc, summary: `A client for ${title}. It sends nothing yet.` }, 0);
  const settings = members.length === 1 ? 'options' : `{\n${members.join('\n')}\n  }`;
  const head = signature({
    name: 'createClient',
    params: [{ name: 'options', types: [`${name}Options`] }],
    result: { name: file.uses(type('Client', 'runtime/client')), args: [] },
  });
  return code`${doc}${head} {
${collect}  return ${create}(${settings});
}
`;
}

function variableOption({ option, variable }: ServerOption): string {
  const values = variable.values.length > 0 ? literals(variable.values) : scalar('string');
  return property(
    {
      name: option,
      type: unite([values, scalar('void')]),
      required: false,
      doc: { ...noDoc, summary: variable.description, default: JSON.stringify(variable.default) },
    },
    2,
    (name) => name,
    'readonly ',
  );
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
    code`${doc}export function rateLimit(): ${type('Limiter', 'runtime/transport/rate-limit')} {
  return ${value('tokenBucket', 'runtime/transport/rate-limit')}({
    perSecond: ${perSecond},
${match}  });
}
`,
  ];
}
