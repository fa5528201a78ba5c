import {
  external,
  Names,
  printModule,
  propertyName,
  quote,
  type SourceFile,
  type,
  typeData,
  value,
} from 'batchwright/print';
import {
  type Api,
  banner,
  declaredNames,
  type Operation,
  type Response,
  type Server,
  type Template,
} from 'batchwright/template';

/** `src/msw.ts`: handlers of Mock Service Worker 3 that answer as the document says. */
export const template: Template = {
  name: 'msw',
  adds: () => ({ exports: { './msw': 'msw' }, optionalPeerDependencies: { msw: '^3.0.5' } }),
  files: (api) => [{ path: 'src/msw.ts', text: banner + mswModule(api) }],
};

const helpers = ['Mocked', 'HandlerOptions', 'handlers', 'mockAnswer', 'shapes', 'operations'];
const inner = ['mocks', 'handler', 'options', 'answer', 'name', 'request', 'account', 'play'];

/** An operation, and what its handler is called. */
interface Named {
  readonly operation: Operation;
  readonly handler: string;
}

function mswModule(api: Api): string {
  const names = new Names({ reserved: [...helpers, ...inner] });
  const all = api.groups
    .flatMap(({ operations }) => operations)
    .map((operation): Named => ({ operation, handler: names.claim(`${operation.name}Handler`) }));
  const own = all.map(({ handler }) => handler);
  const scope = { module: 'msw', modules: api.modules, declares: [...helpers, ...inner, ...own] };
  return printModule(scope, (file) =>
    [dataOf(api, all, file), ...all.map((one) => handlerOf(one, file)), allOf(api, all, file)].join(
      '\n',
    ),
  );
}

/** What the handlers know, as JSON: types and operations are read when they are first needed. */
function dataOf(api: Api, all: readonly Named[], file: SourceFile): string {
  const texts = 'Readonly<Record<string, string>>';
  const declared = [
    ...api.types.map(({ name, type: shape }) => [name, shape] as const),
    ...all.flatMap(({ operation: { types, result, pagination } }) => [
      [types.response, result.type] as const,
      ...(pagination ? [[types.item, pagination.itemType] as const] : []),
    ]),
  ];
  const shapes = declared.map(([name, shape]) => entry(name, typeData(shape)));
  const operations = all.map(({ operation }) =>
    entry(operation.name, operationData(operation, api)),
  );
  return file.code`const shapes: ${texts} = {
${shapes.join('')}};

const operations: ${texts} = {
${operations.join('')}};

const mocks: ${type('Mocks', 'runtime/mock/mock')} = /* @__PURE__ */ new ${value('Mocks', 'runtime/mock/mock')}(operations, shapes);

/** What each operation answers, by status. */
export interface Mocked {
${all.map(({ operation }) => `  readonly ${propertyName(operation.name)}: ${answersType(operation, file)};\n`).join('')}}
`;
}

function entry(name: string, data: object): string {
  return `  [${quote(name)}]: ${quote(JSON.stringify(data))},\n`;
}

function operationData(operation: Operation, api: Api): object {
  const { id, method, path, responses, pagination, server, fixedQuery = [] } = operation;
  const query = fixedQuery.flatMap(({ name, value: parts }) =>
    parts.every((part) => typeof part === 'string') ? [[name, parts.join('')]] : [],
  );
  return {
    id,
    method,
    path: path
      .map((part) => {
        if (typeof part === 'string') return escaped(part);
        return part.param.allowReserved ? '.+' : '[^/?#]+';
      })
      .join(''),
    bases: basesOf(server ? [server] : api.servers),
    ...(query.length > 0 && { query }),
    responses: responses.map((response) => responseData(response, operation)),
    ...(pagination && { paging: pagination.paging }),
    ...(pagination?.items && { items: pagination.items }),
  };
}

function responseData(response: Response, { types, result }: Operation): object {
  const { status, mediaType, reading, type: shape, headers, examples = [] } = response;
  // Of several successes each has a shape of its own.
  const isResult = shape === result.type;
  return {
    status,
    ...(mediaType !== undefined && { type: mediaType }),
    reading,
    shape: isResult ? { kind: 'named', name: types.response } : typeData(shape),
    ...(headers.length > 0 && {
      headers: headers.map((header) => ({ name: header.name, shape: typeData(header.type) })),
    }),
    ...(examples.length > 0 && { shown: examples }),
  };
}

/** Base URLs that are whole; where one is not, or has variables, requests to any host count. */
function basesOf(servers: readonly Server[]): readonly string[] {
  const isWhole = servers.every(
    ({ url, variables }) => variables.length === 0 && /^https?:\/\//.test(url),
  );
  return isWhole ? servers.map(({ url }) => url) : [];
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`);
}

/** The type that has the answers by status. */
function answersType(operation: Operation, file: SourceFile): string {
  const { types, result } = operation;
  if (declaredNames(operation).includes(types.answers)) return file.nameOf(types.answers);
  const isEmpty = result.type.kind === 'scalar' && result.type.name === 'void';
  const body = isEmpty ? '' : ` readonly body: ${file.nameOf(types.response)} `;
  return `{ readonly ${usualStatus(operation)}: {${body}} }`;
}

/** The status of an answer of which nothing is said. */
function usualStatus({ responses }: Operation): string {
  const isSuccess = ({ status }: Response): boolean =>
    typeof status === 'number' ? status >= 200 && status < 300 : status === '2XX';
  const usual =
    responses.find(isSuccess) ??
    responses.find(({ status }) => status === 'default') ??
    responses[0];
  const status = usual?.status ?? 200;
  return quote(String(status));
}

function handlerOf({ operation, handler }: Named, file: SourceFile): string {
  const { name, types, pagination } = operation;
  const item = pagination ? `, ${file.nameOf(types.item)}` : '';
  const told = `${file.uses(type('Answering', 'runtime/mock/answering'))}<Mocked[${quote(name)}], ${usualStatus(operation)}${item}>`;
  return `/** Answers \`${name}\`: with data that fits the document, or with what is told. */
export function ${handler}(answer?: ${told}, options?: ${mockOptions(file)}): ${httpHandler(file)} {
  return handler(${quote(name)}, answer, options);
}
`;
}

function mockOptions(file: SourceFile): string {
  return file.uses(type('MockOptions', 'runtime/mock/mock-operation'));
}

function httpHandler(file: SourceFile): string {
  return file.uses(external('HttpHandler', 'msw/http'));
}

function allOf(api: Api, all: readonly Named[], file: SourceFile): string {
  const made = httpHandler(file);
  const override = file.uses(type('MockOverride', 'runtime/mock/mock-operation'));
  const request = file.global('Request');
  const promise = file.global('Promise');
  const hasAccount = api.batch?.dialect === 'meraki';
  const ordered = all.toSorted((a, b) => (rank(a.operation) < rank(b.operation) ? -1 : 1));
  const list = ordered.map(({ handler }) => `    ${handler}(undefined, options),\n`).join('');
  return `/** The answer of an operation as data: \`mockAnswer('getThing', { status: 404 })\`. */
export function mockAnswer(name: keyof Mocked, answer?: ${override}, options?: ${mockOptions(file)}): ${file.uses(type('MockAnswer', 'runtime/mock/mock-operation'))} {
  return mocks.make(name, answer, options);
}

${hasAccount ? accountPart(file) : `export type HandlerOptions = ${mockOptions(file)};\n`}
/** Handlers of all operations, those of fixed paths first. */
export function handlers(options: HandlerOptions = {}): ${made}[] {
  return [
${hasAccount ? '    play(options.account ?? createAccount({ open: true })),\n' : ''}${list}  ];
}

function handler(
  name: string,
  answer: ${override} | ((request: ${request}) => ${override} | ${promise}<${override}>) | undefined,
  options: ${mockOptions(file)} = {},
): ${made} {
  return new ${made}(
    mocks.operation(name).method,
    ({ request }) => mocks.matches(name, request, options),
    ({ request }) => ${file.uses(value('respond', 'runtime/mock/respond'))}(mocks, name, request, answer, options),
  );
}
`;
}

/** Batches need somebody who remembers them. */
function accountPart(file: SourceFile): string {
  const account = file.uses(type('SimulatedAccount', 'runtime/simulate/simulated-account'));
  file.uses(value('createAccount', 'testing'));
  const made = httpHandler(file);
  const { global } = file;
  return `/** Options of all handlers. */
export interface HandlerOptions extends ${mockOptions(file)} {
  /** Plays the batches, and what it has; by default one in which everything is there. */
  readonly account?: ${account} | undefined;
}

function play(account: ${account}): ${made} {
  return new ${made}(
    /./,
    ({ request }) => account.plays(new ${global('URL')}(request.url)),
    ({ request }) => account.fetch(request).catch(() => ${global('Response')}.error()),
  );
}
`;
}

/** Sorts what is fixed before what may be anything. */
function rank({ path }: Operation): string {
  return path.map((part) => (typeof part === 'string' ? part : '\uffff')).join('');
}
