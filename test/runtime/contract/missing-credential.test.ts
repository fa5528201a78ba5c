import { beforeAll, describe, expect, test } from 'vitest';
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
  },
});

describe('a client that holds no credential at all', () => {
  // oxlint-disable-next-line typescript/no-explicit-any -- what is emitted has types of its own
  let createExample: any;
  const sent: unknown[] = [];
  const fetch = async (url: URL): Promise<Response> => {
    sent.push(url.pathname);
    return new Response(null, { status: 204 });
  };

  beforeAll(async () => {
    ({ createExample } = await moduleOf(await emitted(document), 'index.ts'));
  });

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
    sent.length = 0;
    const call = createExample({ fetch }).things[name]();
    await expect(call).rejects.toThrow(`${message}\`credentials: []\` sends none`);
    await expect(call).rejects.toBeInstanceOf(TypeError);
    expect(sent).toEqual([]);
  });

  test.each([['getOptional'], ['getNone'], ['getCookie']])(
    '%s is sent: the document lets it be anonymous, or a browser adds what it needs',
    async (name) => {
      sent.length = 0;
      await createExample({ fetch }).things[name]();
      expect(sent).toHaveLength(1);
    },
  );

  test('sends none where it says so', async () => {
    sent.length = 0;
    await createExample({ fetch, credentials: [] }).things.getUsual();
    expect(sent).toEqual(['/usual']);
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
