import { describe, expect, test } from 'vitest';
import { createClient, own, send } from '../../../generated/meraki/src/runtime/client.ts';
import { createBatch } from '../../../generated/meraki/src/batch/index.ts';
import { path } from '../../../templates/runtime/params/path.ts';
import { simple } from '../../../templates/runtime/params/path-styles.ts';
import { exploded } from '../../../templates/runtime/params/query.ts';
import { answer, writeAndClose } from '../../simulators/fault-acts.ts';
import { clientAt, failure, KEY, random, serve } from './client.ts';

const networkId = 'N_1';

/** What a function that builds a request throws, at once or as a rejection. */
async function refusal(call: () => PromiseLike<unknown>): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('was not refused');
}

describe('R62: a path parameter', () => {
  test.each(['..', '.', '', '%2e%2e', '%2E', '.%2e', null, undefined])(
    'R62: %j is refused, and nothing is sent',
    async (value) => {
      const server = await serve(answer());
      const { batch, networks } = clientAt(server.origin);
      // Types do not let null in, JavaScript does.
      const input = { networkId: value as string };
      const error = await refusal(() => networks.deleteNetwork(input));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain('bad path parameter networkId');
      expect(() => batch.networks.deleteNetwork(input)).toThrow(TypeError);
      expect(server.connections).toBe(0);
    },
  );

  test.each([
    ['a/b', 'a%2Fb'],
    ['../../organizations/1', '..%2F..%2Forganizations%2F1'],
    ['?x=1', '%3Fx%3D1'],
    ['#', '%23'],
    ['a\\b', 'a%5Cb'],
    ['a;b', 'a%3Bb'],
    ['%2e%2e%2f', '%252e%252e%252f'],
    ['...', '...'],
    ['a\r\nX-Evil: 1', 'a%0D%0AX-Evil%3A%201'],
    ['\u0000', '%00'],
    ['é', '%C3%A9'],
  ])('R62: %j stays one segment', async (value, expected) => {
    const server = await serve(answer());
    await clientAt(server.origin).networks.deleteNetwork({ networkId: value });
    expect(server.requests[0]?.line).toBe(`DELETE /networks/${expected} HTTP/1.1`);
    const { batch } = clientAt(server.origin);
    expect(batch.networks.deleteNetwork({ networkId: value })).toMatchObject({
      resource: `/networks/${expected}`,
    });
  });

  test('R62: what a style makes of several values stays one segment too', () => {
    expect(path('/x/{value}', { value: simple(['..', 'a/b']) })).toBe('/x/..,a%2Fb');
    expect(() => path('/x/{value}', { value: simple(['..']) })).toThrow(TypeError);
  });
});

describe('R63: a header', () => {
  test.each([
    ['CR and LF', 'a\r\nX-Evil: 1'],
    ['LF', 'a\nb'],
    ['CR', 'a\rb'],
    ['NUL', 'a\0b'],
    ['what is not Latin-1', 'a😀'],
  ])('R63: with %s is refused by its name, and its value is not told', async (_name, value) => {
    const server = await serve(answer());
    const { networks } = clientAt(server.origin);
    const error = await failure(
      networks.getNetwork({ networkId }, { headers: { 'X-Note': `hush ${value}` } }),
    );
    expect(error).toMatchObject({ name: 'ApiError', code: 'refused' });
    expect(error.message).toContain('X-Note');
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('hush');
    expect(server.connections).toBe(0);
  });

  test.each(['X Note', 'X-Nöte', 'X:Note', 'X\r\nX-Evil', ''])(
    'R63: of the name %j is refused',
    async (name) => {
      const server = await serve(answer());
      const { networks } = clientAt(server.origin, { headers: { [name]: 'hush' } });
      const error = await failure(networks.getNetwork({ networkId }));
      expect(error.code).toBe('refused');
      expect(error.message).not.toContain('hush');
      expect(server.connections).toBe(0);
    },
  );

  test('R63: that a hook gives is refused likewise, and the call is not tried again', async () => {
    const server = await serve(answer());
    let asked = 0;
    const before = () => {
      asked += 1;
      return { traceparent: 'hush\r\nX-Evil: 1' };
    };
    const { networks } = clientAt(server.origin, { hooks: { before } });
    const error = await failure(networks.getNetwork({ networkId }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'refused' });
    expect(error.message).toContain('traceparent');
    expect(error.message).not.toContain('hush');
    expect([server.connections, asked]).toEqual([0, 1]);
  });

  test('R63: a key with a line break is refused and not told', async () => {
    const server = await serve(answer());
    const apiKey = `${KEY}\r\nX-Evil: 1`;
    const error = await failure(
      clientAt(server.origin, { apiKey }).networks.getNetwork({ networkId }),
    );
    expect(error).toMatchObject({ code: 'refused' });
    expect(error.message).toContain('Authorization');
    expect(server.connections).toBe(0);
  });
});

describe('R64: JSON that means harm', () => {
  test('R64: __proto__ and constructor pollute nothing, whatever is done with the answer', async () => {
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"a","name":"b"}';
    for (const status of [200, 400]) {
      const server = await serve(answer({ status, body: text }));
      const call = clientAt(server.origin).networks.getNetwork({ networkId });
      const value: unknown = status === 200 ? await call : (await failure(call)).body;
      expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'name']);
      // The last of two names counts.
      expect(value).toMatchObject({ name: 'b' });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect((value as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });

  test('R64: a list in an envelope is not found on a prototype', async () => {
    const server = await serve(answer({ body: '{"__proto__":{"items":[1]}}' }));
    const list = clientAt(server.origin).organizations.getOrganizationNetworks({
      organizationId: '1',
    });
    expect((await failure(list)).code).toBe('invalid-body');
  });

  const deep = '['.repeat(100_000) + ']'.repeat(100_000);

  test.each(['application/json', 'application/problem+json', 'text/plain', ''])(
    'R64: 100,000 levels as %j are an error and no overflow',
    async (type) => {
      random(0);
      const server = await serve(answer({ headers: { 'Content-Type': type }, body: deep }));
      const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
      expect(error).toMatchObject({ name: 'ApiError', code: 'invalid-body' });
      expect(error.message).toContain('nested too deep');
    },
  );

  test('R64: so they are in an error’s body', async () => {
    random(0);
    for (const body of [deep, `{"errors":${deep}}`]) {
      const server = await serve(answer({ status: 400, body }));
      const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
      expect(error.name).toBe('ApiError');
      // The small client has no measure; it keeps such a body as text.
      const small = createClient({ baseUrl: server.origin });
      const told = await failure(
        send(small, undefined, () => ({ id: 'x', method: 'GET', path: '/x' })),
      );
      expect(told).toMatchObject({ status: 400, body });
    }
  });

  test('R64: 400 levels are read', async () => {
    const body = '['.repeat(400) + ']'.repeat(400);
    const server = await serve(answer({ body }));
    expect(await clientAt(server.origin).networks.getNetwork({ networkId })).toEqual(
      JSON.parse(body),
    );
  });
});

describe('R65: parameters', () => {
  test('R65: are own enumerable properties; nothing is inherited, from a prototype or __proto__', async () => {
    const server = await serve(answer({ body: [] }));
    const { organizations } = clientAt(server.origin);
    const inputs: unknown[] = [
      JSON.parse('{"organizationId":"1","__proto__":{"perPage":5,"tags":["x"]}}'),
      Object.assign(Object.create({ perPage: 5, tags: ['x'] }), { organizationId: '1' }),
      Object.defineProperty({ organizationId: '1' }, 'perPage', { value: 5, enumerable: false }),
      new (class {
        organizationId = '1';
        get perPage() {
          return 5;
        }
      })(),
    ];
    // They come from JavaScript, or from JSON that nobody checked.
    for (const input of inputs)
      await organizations.getOrganizationNetworks(input as { organizationId: string });
    expect(server.requests.map(({ target }) => target)).toEqual(
      inputs.map(() => '/organizations/1/networks'),
    );
  });

  test('R65: an own property that a prototype has as well is read', async () => {
    const server = await serve(answer({ body: [] }));
    const input = Object.assign(Object.create({ organizationId: '2' }), { organizationId: '1' });
    // What Object.create gives has no type.
    await clientAt(server.origin).organizations.getOrganizationNetworks(
      input as { organizationId: string },
    );
    expect(server.requests[0]?.target).toBe('/organizations/1/networks');
  });

  test('R65: an inherited identifier is missing, and nothing is sent', async () => {
    const server = await serve(answer());
    const input = Object.create({ networkId }) as { networkId: string };
    const error = await refusal(() => clientAt(server.origin).networks.deleteNetwork(input));
    expect(error).toBeInstanceOf(TypeError);
    expect(server.connections).toBe(0);
  });

  test('R65: toJSON of the input makes no parameter, nor does a property of Object.prototype', async () => {
    const server = await serve(answer({ body: [] }));
    const { organizations } = clientAt(server.origin);
    const input = { organizationId: '1', toJSON: () => ({ organizationId: '2', perPage: 9 }) };
    // oxlint-disable-next-line no-extend-native -- what another package might have done
    Object.defineProperty(Object.prototype, 'perPage', { value: 7, configurable: true });
    try {
      await organizations.getOrganizationNetworks(input);
    } finally {
      delete (Object.prototype as Record<string, unknown>)['perPage'];
    }
    expect(server.requests[0]?.target).toBe('/organizations/1/networks');
    expect(exploded('f', Object.assign(Object.create({ a: 1 }), { b: 2 }))).toEqual([['b', 2]]);
  });

  test('R65: a body holds own properties only', async () => {
    const server = await serve(answer());
    const body: unknown = Object.assign(Object.create({ notes: 'inherited' }), { name: 'HQ' });
    // What Object.create gives has no type.
    await clientAt(server.origin).networks.updateNetwork({
      networkId,
      body: body as { name: string },
    });
    expect(server.requests[0]?.body).toBe('{"name":"HQ"}');
    expect(Object.getPrototypeOf(own({ a: 1 }))).toBeNull();
  });
});

test('R64: an answer that ends inside a string is no answer', async () => {
  random(0);
  const server = await serve(
    writeAndClose('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"id":"N_'),
    answer({ body: { id: networkId } }),
  );
  expect(await clientAt(server.origin).networks.getNetwork({ networkId })).toEqual({
    id: networkId,
  });
});

test('R62: batches carry the same paths', async () => {
  const { networks } = createBatch(createClient({ baseUrl: 'http://localhost' }));
  expect(() => networks.deleteNetwork({ networkId: '..' })).toThrow('bad path');
});
