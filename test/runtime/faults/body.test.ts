import { expect, test } from 'vitest';
import {
  answer,
  badGzip,
  cutBody,
  encodedTimes,
  gzipBomb,
  head,
  shortBody,
  slowBody,
  unfinishedChunks,
  writeAndClose,
} from '../../simulators/fault-acts.ts';
import { faultServer } from '../../simulators/faults.ts';
import { childOf } from './child.ts';
import { clientAt, eventually, failure, random, serve, until } from './client.ts';

const networkId = 'N_1';
const whole = { id: 'N_1', tags: ['a', 'b'] };

test('R05: a body shorter than its Content-Length is an error, not a result', async () => {
  random(0);
  const server = await serve(shortBody, answer({ body: whole }), shortBody);
  const { networks } = clientAt(server.origin);
  expect(await networks.getNetwork({ networkId })).toEqual(whole);
  expect(await failure(networks.getNetwork({ networkId }))).toMatchObject({ code: 'invalid-body' });
  expect(server.requests).toHaveLength(2 + 5);
});

test('R06: a chunked body without its last chunk is an error, not a result', async () => {
  random(0);
  const server = await serve(unfinishedChunks, answer({ body: whole }), unfinishedChunks);
  const { networks } = clientAt(server.origin);
  expect(await networks.getNetwork({ networkId })).toEqual(whole);
  expect(await failure(networks.getNetwork({ networkId }))).toMatchObject({ code: 'invalid-body' });
  expect(server.requests).toHaveLength(2 + 5);
});

test('R07: JSON that is cut off anywhere is repeated for a GET, and never given in part', async () => {
  random(0);
  for (let at = 0; at < JSON.stringify(whole).length; at += 1) {
    const server = await serve(cutBody(whole, at), answer({ body: whole }));
    expect(await clientAt(server.origin).networks.getNetwork({ networkId })).toEqual(whole);
    expect(server.requests).toHaveLength(2);
  }
  const half = await serve(cutBody(whole, 5));
  const { networks } = clientAt(half.origin);
  const error = await failure(networks.updateNetwork({ networkId, body: { name: 'HQ' } }));
  expect(error).toMatchObject({ code: 'invalid-body', outcome: 'unknown' });
});

test('R08: 204 and 205 give nothing whatever follows them, 304 is an error, and so is an empty 200', async () => {
  random(0);
  const bodied = (status: number): ReturnType<typeof writeAndClose> =>
    writeAndClose(head(status, { 'Content-Length': '5' }), '{"a":');
  for (const status of [204, 205]) {
    const server = await serve(bodied(status));
    expect(await clientAt(server.origin).networks.getNetwork({ networkId })).toBeUndefined();
  }
  const unchanged = await serve(bodied(304));
  expect(
    await failure(clientAt(unchanged.origin).networks.getNetwork({ networkId })),
  ).toMatchObject({ code: 'http', status: 304 });
  const empty = await serve(answer({ body: '' }));
  expect(await failure(clientAt(empty.origin).networks.getNetwork({ networkId }))).toMatchObject({
    code: 'invalid-body',
  });
});

test('R09: a body that dribbles ends with the time for bodies, and its connection with it', async () => {
  const server = await serve(slowBody(20));
  const client = clientAt(server.origin, { bodyTimeout: 200, retry: { attempts: 1 } });
  const error = await failure(client.networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'timeout' });
  expect(error.message).toContain('body in 200 ms');
  await eventually(() => server.open === 0, 'the end of the connection');
});

test('R15: a gzip bomb of 300 MB ends at the limit, and the process grows by less than three times that', async () => {
  const server = until(await faultServer({ script: [answer({ body: whole }), gzipBomb(300)] }));
  const { error, grown } = await childOf<{ error: { code: string }; grown: number }>(`
    import { createMeraki } from '../../../generated/meraki/src/index.ts';
    const { networks } = createMeraki({
      apiKey: 'k',
      userAgent: 'Bomb/1.0 Acme',
      baseUrl: '${server.origin}',
      maxResponseBytes: 32e6,
    });
    await networks.getNetwork({ networkId: 'N_1' });
    const before = process.resourceUsage().maxRSS;
    const error = await networks.getNetwork({ networkId: 'N_1' }).catch((error) => error);
    console.log(JSON.stringify({ error, grown: (process.resourceUsage().maxRSS - before) * 1024 }));
  `);
  expect(error.code).toBe('too-large');
  expect(grown).toBeLessThan(3 * 32e6);
  expect(server.requests).toHaveLength(2);
});

test('R16: too many encodings and broken gzip are errors of the client’s own type', async () => {
  random(0);
  const fine = await serve(encodedTimes(5, whole));
  expect(await clientAt(fine.origin).networks.getNetwork({ networkId })).toEqual(whole);
  const options = { bodyTimeout: 300, retry: { attempts: 2 } };
  const many = await serve(encodedTimes(6, whole));
  expect(
    await failure(clientAt(many.origin, options).networks.getNetwork({ networkId })),
  ).toMatchObject({ name: 'ApiError', code: 'network' });
  const broken = await serve(badGzip);
  // The second one comes on a kept connection, where Node 20 goes on waiting for it.
  const error = await failure(clientAt(broken.origin, options).networks.getNetwork({ networkId }));
  expect(error.name).toBe('ApiError');
  expect(['invalid-body', 'timeout']).toContain(error.code);
  expect(broken.requests).toHaveLength(2);
});
