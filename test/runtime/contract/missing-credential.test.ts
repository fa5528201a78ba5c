import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emitted, moduleOf } from '../../support/emitted.ts';
import { createMeraki } from '../../../generated/meraki/src/index.ts';

const answer = { 204: { description: 'ok' } };
const schemes = {
  api_key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  login: { type: 'http', scheme: 'basic' },
  session: { type: 'apiKey', in: 'cookie', name: 'sid' },
};

function operation(id: string, security?: readonly object[]): object {
  return {
    get: { operationId: id, tags: ['things'], ...(security && { security }), responses: answer },
  };
}

const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Example', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  security: [{ api_key: [] }],
  components: { securitySchemes: schemes },
  paths: {
    '/usual': operation('getUsual'),
    '/either': operation('getEither', [{ api_key: [] }, { login: [] }]),
    '/both': operation('getBoth', [{ api_key: [], login: [] }]),
    '/optional': operation('getOptional', [{ api_key: [] }, {}]),
    '/none': operation('getNone', []),
    '/cookie': operation('getCookie', [{ session: [] }]),
    '/login': operation('getLogin', [{ login: [] }]),
    '/keyed-session': operation('getKeyedSession', [{ api_key: [], session: [] }]),
    '/browser': operation('getBrowser', [{ login: [] }, { api_key: [], session: [] }]),
  },
});

// oxlint-disable-next-line typescript/no-explicit-any -- what is emitted has types of its own
let createExample: any;
const sent: unknown[] = [];
const fetch = async (url: URL, { headers }: RequestInit): Promise<Response> => {
  const { 'x-key': key, authorization } = Object.fromEntries(new Headers(headers));
  sent.push([url.pathname, key, authorization].filter((one) => one !== undefined).join(' '));
  return new Response(null, { status: 204 });
};

beforeAll(async () => {
  ({ createExample } = await moduleOf(await emitted(document), 'index.ts'));
});
beforeEach(() => sent.splice(0));

describe('a client that holds no credential at all', () => {
  test.each([
    [
      'getUsual',
      'getUsual needs a credential: the option `apiKey`, for the security scheme api_key; ',
    ],
    [
      'getEither',
      'getEither needs a credential: the option `apiKey`, for the security scheme api_key; or the option `login`, for the security scheme login; ',
    ],
    [
      'getBoth',
      'getBoth needs a credential: the option `apiKey`, for the security scheme api_key and the option `login`, for the security scheme login; ',
    ],
  ])('%s sends nothing and names scheme and option', async (name, message) => {
    const call = createExample({ fetch }).things[name]();
    await expect(call).rejects.toThrow(`${message}\`credentials: []\` sends none`);
    await expect(call).rejects.toBeInstanceOf(TypeError);
    expect(sent).toEqual([]);
  });

  test.each([['getOptional'], ['getNone'], ['getCookie']])(
    '%s is sent: the document lets it be anonymous, or a browser adds what it needs',
    async (name) => {
      await createExample({ fetch }).things[name]();
      expect(sent).toHaveLength(1);
    },
  );

  test('sends none where it says so', async () => {
    await createExample({ fetch, credentials: [] }).things.getUsual();
    expect(sent).toEqual(['/usual']);
  });
});

describe('a client that holds another credential', () => {
  const login = { user: 'me', password: 'pw' };
  const basic = 'Basic bWU6cHc=';

  test.each([
    ['getUsual', { login }, 'the option `apiKey`, for the security scheme api_key'],
    ['getLogin', { apiKey: 'k' }, 'the option `login`, for the security scheme login'],
    ['getBoth', { apiKey: 'k' }, 'the option `login`, for the security scheme login'],
    ['getBoth', { login }, 'the option `apiKey`, for the security scheme api_key'],
    [
      'getEither',
      { session: 's' },
      'the option `apiKey`, for the security scheme api_key; or the option `login`, for the security scheme login',
    ],
    [
      'getKeyedSession',
      { login },
      'the option `apiKey`, for the security scheme api_key and the security scheme session',
    ],
  ])('refuses %s of %j, and names what it lacks', async (name, held, lacking) => {
    const call = createExample({ fetch, ...held }).things[name]();
    await expect(call).rejects.toThrow(
      new TypeError(`${name} needs a credential: ${lacking}; \`credentials: []\` sends none`),
    );
    expect(sent).toEqual([]);
  });

  test.each([
    ['getEither', { login }, `/either ${basic}`],
    ['getEither', { apiKey: 'k' }, '/either k'],
    ['getBoth', { apiKey: 'k', login }, `/both k ${basic}`],
    ['getOptional', { login }, '/optional'],
    ['getNone', { login }, '/none'],
    ['getCookie', { login }, '/cookie'],
    ['getKeyedSession', { apiKey: 'k' }, '/keyed-session k'],
    ['getBrowser', { apiKey: 'k' }, '/browser k'],
  ])('sends %s of %j, which needs no other', async (name, held, expected) => {
    await createExample({ fetch, ...held }).things[name]();
    expect(sent).toEqual([expected]);
  });

  test.each([
    ['getUsual', { apiKey: 'k' }, '/usual k'],
    ['getLogin', { login }, `/login ${basic}`],
    ['getNone', { login }, '/none'],
  ])('sends %s of %j also beside undefined credentials', async (name, held, expected) => {
    await createExample({ fetch, ...held, credentials: undefined }).things[name]();
    expect(sent).toEqual([expected]);
  });

  test('sends none where it says so', async () => {
    await createExample({ fetch, apiKey: 'k', credentials: [] }).things.getLogin();
    expect(sent).toEqual(['/login']);
  });
});

test.each([[undefined], [null]])(
  'a client whose every call needs a key names its option where it is %o',
  (apiKey) => {
    const options = { apiKey: apiKey as unknown as string, userAgent: 'Tests/1 Acme' };
    expect(() => createMeraki(options)).toThrow(
      new TypeError('apiKey: not set; it takes the key, or a function that gives it'),
    );
  },
);
