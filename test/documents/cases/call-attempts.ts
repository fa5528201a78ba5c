import { expect } from 'vitest';
import type { Attempt } from './attempt.ts';

/** The cases of parameters, bodies, answers, credentials and batches, by their names. */
export const callAttempts: Readonly<Record<string, Attempt>> = {
  '200-png-202-json': async ({ call }) => {
    const png = await call('getShot', undefined, {
      answers: [{ type: 'image/png', body: 'PNGDATA' }],
    });
    expect(png.error).toBeUndefined();
    expect(await (png.result as Blob).text()).toBe('PNGDATA');
    const json = await call('getShot', undefined, {
      answers: [{ status: 202, body: { state: 'made' } }],
    });
    expect(json.result).toEqual({ state: 'made' });
  },
  '201-without-content': async ({ call }) => {
    const called = await call('putItem', { body: {} }, { answers: [{ status: 201 }] });
    expect(called).toMatchObject({ result: undefined, sent: [{ line: 'PUT /v1/i' }] });
    expect([called.error, called.sent.length]).toEqual([undefined, 1]);
  },
  'allowreserved-percent-triple': async ({ call }) => {
    const { sent } = await call('getR', { q: 'a/b%20c' });
    expect(sent[0]?.path).toBe('/v1/r?q=a/b%20c');
  },
  'axapi-500-report': async ({ open }) => {
    const err = { code: 33558531, msg: 'System is busy' };
    const body = { response: { 'http-status': 500, status: 'fail', err } };
    const { client } = await open({
      client: { signature: 'signature', retry: { attempts: 1 } },
      answers: [{ status: 500, body }],
    });
    const { batch } = client;
    const create = batch.slb.createServer({ body: { server: { name: 'y', host: '1' } } });
    const [outcome] = await batch.run([create]);
    expect(['failed', 'rolledBack']).toContain(outcome.status);
    expect(JSON.stringify(outcome)).toContain('System is busy');
  },
  'axapi-wrapped-failure': async ({ open }) => {
    const err = { code: 1, msg: 'Object specified does not exist' };
    const resp = { response: { 'http-status': 404, status: 'fail', err } };
    const { client, sent } = await open({
      client: { signature: 'signature', retry: { attempts: 1 } },
      answers: (url) => ({
        body: url.pathname.endsWith('batch-get')
          ? { 'batch-get-list': [{ resp }] }
          : { 'batch-post-list': [{ resp }] },
      }),
    });
    const { batch } = client;
    const outcomes = await batch.run(
      [
        batch.slb.getServer({ name: 'x' }),
        batch.slb.createServer({ body: { server: { name: 'y', host: '1' } } }),
      ],
      { onError: 'continue' },
    );
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { message: expect.stringContaining(err.msg) } },
      { status: 'failed', error: { message: expect.stringContaining(err.msg) } },
    ]);
    expect(sent.length).toBe(2);
  },
  'binary-in-json-body': async ({ call }) => {
    const { sent } = await call('upload', { body: new Blob(['DATA'], { type: 'image/png' }) });
    expect(sent[0]?.text).toBe('DATA');
    expect(['image/png', 'application/octet-stream']).toContain(
      sent[0]?.headers.get('Content-Type'),
    );
  },
  'form-deepobject': async ({ call }) => {
    const { sent } = await call('postAccount', { body: { metadata: { order: '67' } } });
    expect(decodeURIComponent(sent[0]?.text ?? '')).toBe('metadata[order]=67');
  },
  'graph-read-after-list': async ({ open }) => {
    const { client, sent } = await open({
      client: { retry: { attempts: 1 } },
      answers: [
        {
          body: {
            responses: [
              { id: '1', status: 403, body: { error: { code: 'no', message: 'not allowed' } } },
              { id: '2', status: 200, body: { id: 'a' } },
              { id: '3', status: 200, body: { id: 'b' } },
            ],
          },
        },
      ],
    });
    const { batch } = client;
    const { listUsers, getUser } = batch.users;
    const outcomes = await batch.run([listUsers({}), getUser({ id: 'a' }), getUser({ id: 'b' })], {
      onError: 'continue',
    });
    expect(outcomes.map(({ status }: { status: string }) => status)).toEqual([
      'failed',
      'applied',
      'applied',
    ]);
    expect(sent.map(({ text }) => text).join()).not.toContain('dependsOn');
  },
  'image-range-upload': async ({ call }) => {
    const { sent } = await call('putImg', { body: new Blob(['x'], { type: 'image/png' }) });
    expect([sent[0]?.text, sent[0]?.headers.get('Content-Type')]).toEqual(['x', 'image/png']);
  },
  'multipart-part-content-type': async ({ call }) => {
    const body = { file: new Blob(['f']), products: [{ id: 1 }, { id: 2 }], note: 'n' };
    const { sent } = await call('upload', { body });
    const text = sent[0]?.text ?? '';
    expect(text.match(/name="products"/g)).toHaveLength(1);
    expect(text).toMatch(
      /name="products"\r\nContent-Type: application\/json\r\n\r\n\[\{"id":1\},\{"id":2\}\]\r\n/,
    );
    expect(text).toMatch(/name="note"\r\nContent-Type: application\/json\r\n\r\n"n"\r\n/);
  },
  'multipart-related': async ({ call }) => {
    const { sent } = await call('upload', { body: { meta: { a: 1 }, file: new Blob(['f']) } });
    expect(sent[0]?.headers.get('Content-Type')).toMatch(/^multipart\/related;/);
    expect(sent[0]?.text).toMatch(/\{"a":1\}[\s\S]*\r\n\r\nf\r\n/);
  },
  'oas32-additional-operations': async ({ call }) => {
    expect((await call('getS')).sent.map(({ line }) => line)).toEqual(['GET /v1/s']);
    expect((await call('copyS')).sent.map(({ line }) => line)).toEqual(['COPY /v1/s']);
  },
  'oas32-item-schema': async ({ call }) => {
    const stream = await call('getEvents', undefined, {
      answers: [{ type: 'text/event-stream', body: 'data: {"n":1}\n\ndata: {"n":2}\n\n' }],
      items: true,
    });
    expect(stream.result).toEqual([{ n: 1 }, { n: 2 }]);
    const sequence = await call('getSeq', undefined, {
      answers: [{ type: 'application/json-seq', body: '\x1e{"n":1}\n\x1e{"n":2}\n' }],
      items: true,
    });
    expect(sequence.result).toEqual([{ n: 1 }, { n: 2 }]);
  },
  'query-array-of-objects': async ({ call }) => {
    const { sent } = await call('search', { rules: [{ id: 'a' }] });
    expect(sent[0]?.line).toBe('GET /v1/s?rules={"id":"a"}');
  },
  'relative-operation-server': async ({ call }) => {
    const called = await call('getX');
    expect([called.error, called.sent.map(({ line }) => line)]).toEqual([undefined, ['GET /v2/x']]);
  },
  'security-per-operation': async ({ call }) => {
    const client = {
      basicAuth: { user: 'user-a', password: 'pass-word' },
      bearerAuth: 'TOKEN-abcdef',
    };
    const login = await call('login', undefined, { client });
    expect(login.sent[0]?.headers.get('Authorization')).toMatch(/^Basic /);
    const me = await call('me', undefined, { client });
    expect(me.sent[0]?.headers.get('Authorization')).toBe('Bearer TOKEN-abcdef');
  },
  'star-text-response': async ({ call }) => {
    const called = await call('getS', undefined, {
      answers: [{ type: 'text/plain', body: 'hello' }],
    });
    expect([called.error, called.result]).toEqual([undefined, 'hello']);
  },
};
