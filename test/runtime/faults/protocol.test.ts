import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer, type Answer, head, slowHead, writeAndClose } from '../../simulators/fault-acts.ts';
import { canCertify, certificate } from '../../simulators/certificate.ts';
import { type Act, faultServer } from '../../simulators/faults.ts';
import { childOf } from './child.ts';
import { clientAt, eventually, failure, KEY, random, serve, until } from './client.ts';

const networkId = 'N_1';
const networks = { body: [{ id: 'N_1' }] } satisfies Answer;

test('R10: headers that never end, end with the time for headers', async () => {
  const server = await serve(slowHead(20));
  const client = clientAt(server.origin, { headersTimeout: 200, retry: { attempts: 1 } });
  const error = await failure(client.networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'timeout' });
  expect(error.message).toContain('no headers in 200 ms');
  await eventually(() => server.open === 0, 'the end of the connection');
});

test('R12: attempts and waits together keep to the time of the call', async () => {
  random(1);
  const server = await serve(answer({ status: 503 }));
  const start = performance.now();
  const client = clientAt(server.origin, { timeout: 1200 });
  const error = await failure(client.networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'timeout', cause: { status: 503 } });
  // The second attempt comes after 500 ms, and the third would after 1500.
  expect(server.requests).toHaveLength(2);
  expect(performance.now() - start).toBeLessThan(1500);
});

test('R13: what violates HTTP is a protocol error, and is not asked for again', async () => {
  const malformed: readonly Act[] = [
    writeAndClose('HTTP/1.1 abc\r\n\r\n'),
    writeAndClose('HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
    writeAndClose('ICY 200 OK\r\n\r\n'),
    writeAndClose(
      head(200, { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }),
      '2\r\n{}\r\n0\r\n\r\n',
    ),
    writeAndClose('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '),
    writeAndClose(head(200, { 'X-Long': 'x'.repeat(20_000), 'Content-Length': '2' }), '{}'),
  ];
  for (const act of malformed) {
    const server = await serve(act);
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'protocol' });
    expect(server.requests).toHaveLength(1);
  }
});

test('R14: a Link in a 103 leads to no page, and an unasked 100 is no answer', async () => {
  random(0);
  const hinted: Act = async (connection) => {
    const { target } = await hint(connection);
    if (target.includes('evil')) throw new Error('the hint was followed');
  };
  const server = await serve(hinted);
  const items: unknown[] = [];
  for await (const item of clientAt(server.origin).organizations.getOrganizationNetworks({
    organizationId: '1',
  }))
    items.push(item);
  expect(items).toEqual(networks.body);
  expect(server.requests).toHaveLength(1);

  const unasked = await serve(writeAndClose('HTTP/1.1 100 Continue\r\n\r\n'), answer(networks));
  expect(await clientAt(unasked.origin).networks.getNetwork({ networkId })).toEqual(networks.body);
});

const hint = async ({ socket, request }: Parameters<Act>[0]): ReturnType<typeof request> => {
  const received = await request();
  const body = JSON.stringify(networks.body);
  socket.write(head(103, { Link: '</evil>; rel="next"' }));
  socket.write(head(200, { 'Content-Length': `${body.length}` }) + body);
  return received;
};

test('R17: a proxy in the environment is not used, and one that answers 407 learns no proxy’s password', async () => {
  const proxy = await serve(answer({ status: 502 }));
  const server = await serve(answer(networks));
  const address = proxy.origin.replace('//', '//user:pr0xy-passw0rd@');
  const { body } = await childOf<{ body: unknown }>(
    `
    import { createMeraki } from '../../../generated/meraki/src/index.ts';
    const { networks } = createMeraki({
      apiKey: '${KEY}',
      userAgent: 'Proxy/1.0 Acme',
      baseUrl: '${server.origin}',
    });
    console.log(JSON.stringify({ body: await networks.getNetwork({ networkId: 'N_1' }) }));
  `,
    { HTTP_PROXY: address, http_proxy: address, HTTPS_PROXY: address, ALL_PROXY: address },
  );
  expect(body).toEqual(networks.body);
  expect(proxy.connections).toBe(0);
  expect(server.wire).not.toContain('pr0xy-passw0rd');

  random(0);
  const asking = await serve(
    answer({ status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="x"' } }),
  );
  const error = await failure(clientAt(asking.origin).networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'network' });
  expect(asking.wire).not.toMatch(/proxy-authorization/i);
});

test.skipIf(!canCertify)(
  'R18: a certificate that is self-signed, over or another host’s is final (skipped without openssl)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const cases = [
      [certificate('IP:127.0.0.1'), 'trusted', /^$/],
      [certificate('IP:127.0.0.1'), 'unknown', /^protocol.*self-signed/],
      [certificate('DNS:example.com'), 'trusted', /^protocol.*altnames/],
      [certificate('IP:127.0.0.1', 'expired'), 'trusted', /^protocol.*expired/],
    ] as const;
    const servers = await Promise.all(
      cases.map(async ([one]) =>
        until(await faultServer({ script: [answer(networks)], certificate: one })),
      ),
    );
    const trusted = join(folder, 'trusted.pem');
    await writeFile(
      trusted,
      cases.flatMap(([{ cert }, trust]) => (trust === 'trusted' ? [cert] : [])).join(''),
    );
    const failures = await childOf<readonly string[]>(
      `
      import { createMeraki } from '../../../generated/meraki/src/index.ts';
      const failures = [];
      for (const baseUrl of ${JSON.stringify(servers.map(({ origin }) => origin))}) {
        const { networks } = createMeraki({ apiKey: '${KEY}', userAgent: 'Tls/1.0 Acme', baseUrl });
        await networks.getNetwork({ networkId: 'N_1' }).then(
          () => failures.push(''),
          ({ code, message }) => failures.push(code + ' ' + message),
        );
      }
      console.log(JSON.stringify(failures));
    `,
      { NODE_EXTRA_CA_CERTS: trusted },
    );
    for (const [index, [, , expected]] of cases.entries())
      expect(failures[index]).toMatch(expected);
    expect(servers.map(({ requests }) => requests.length)).toEqual([1, 0, 0, 0]);
    expect(servers.map(({ connections }) => connections)).toEqual([1, 1, 1, 1]);
  },
);
