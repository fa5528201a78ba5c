import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Ended, install, type Installed } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly body: string;
}

let cli: Installed;
let server: Server;
let baseUrl: string;
let received: Received[] = [];
let answer: (request: IncomingMessage) => readonly [status: number, body: unknown, link?: string];

beforeAll(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { method, url, headers } = request;
    received.push({ method, url, key: headers.authorization, body });
    const [status, json, link] = answer(request);
    response.writeHead(status, { 'Content-Type': 'application/json', ...(link && { link }) });
    response.end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}, 60_000);

afterAll(async () => {
  server.close();
  await cli[Symbol.asyncDispose]();
});

beforeEach(() => {
  received = [];
  answer = () => [200, {}];
});

function meraki(
  args: string,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  const all = { MERAKI_API_KEY: 'secret-key', MERAKI_BASE_URL: baseUrl, ...env };
  return cli.run(args.split(' '), { env: all, input });
}

const port = 'switch updateDeviceSwitchPort --serial Q2AA --portId 1';

describe('a call', { timeout: 20_000 }, () => {
  test('sends what the options say, each as its schema asks', async () => {
    answer = () => [200, { portId: '1', vlan: 20 }];
    const { code, stdout } = await meraki(`${port} --set vlan=20 --set tags=a,99 --set name=null`);
    expect(received).toEqual([
      {
        method: 'PUT',
        url: '/api/v1/devices/Q2AA/switch/ports/1',
        key: 'Bearer secret-key',
        body: '{"vlan":20,"tags":["a","99"],"name":null}',
      },
    ]);
    expect({ code, answer: JSON.parse(stdout) }).toEqual({
      code: 0,
      answer: { portId: '1', vlan: 20 },
    });
  });

  test('takes the body from standard input', async () => {
    await meraki(`${port} --body -`, {}, '{"name":"Desk 4"}');
    expect(received.map(({ body }) => body)).toEqual(['{"name":"Desk 4"}']);
  });

  test('says all that is wrong at once, and sends nothing', async () => {
    const { code, stderr } = await meraki(
      'switch updateDeviceSwitchPort --serial Q2 --set vlan=x --set nmae=y',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--portId is missing');
    expect(stderr).toContain('--set vlan: expected a whole number');
    expect(stderr).toContain('--set nmae: expected one of the members');
    expect(received).toEqual([]);
  });

  test.each(['..', 'a/b', 'a%2fb', 'a?b', 'a#b'])(
    'keeps the id %s in its segment, or refuses it',
    async (serial) => {
      await meraki(`switch getDeviceSwitchPort --serial ${serial} --portId 1`);
      for (const { url } of received)
        expect(url).toBe(`/api/v1/devices/${encodeURIComponent(serial)}/switch/ports/1`);
    },
  );

  test('reads every page with --all, the first alone without it, and so many items with --limit', async () => {
    answer = ({ url }) =>
      url?.includes('startingAfter')
        ? [200, [{ id: '3' }]]
        : [
            200,
            [{ id: '1' }, { id: '2' }],
            `<${baseUrl}/networks/N_1/clients?startingAfter=2>; rel=next`,
          ];
    const ids = async (args: string): Promise<unknown> =>
      JSON.parse((await meraki(`networks getNetworkClients --networkId N_1 ${args}`)).stdout);
    expect(await ids('--all --fields id')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
    expect(await ids('--fields id')).toEqual([{ id: '1' }, { id: '2' }]);
    expect(await ids('--limit 1')).toEqual([{ id: '1' }]);
  });

  test('prints the request with --dry-run, and neither sends it nor reads credentials', async () => {
    const { code, stdout } = await cli.run(`${port} --set vlan=20 --dry-run`.split(' '));
    expect({ code, request: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      request: {
        method: 'PUT',
        url: 'https://api.meraki.com/api/v1/devices/Q2AA/switch/ports/1',
        body: { vlan: 20 },
      },
    });
    expect(stdout.toLowerCase()).not.toContain('authorization');
  });

  test.each([
    ['json', '[\n  {\n    "id": "1",\n    "name": "a,b"\n  }\n]\n'],
    ['jsonl', '{"id":"1","name":"a,b"}\n'],
    ['csv', 'id,name\n1,"a,b"\n'],
    ['yaml', '- id: "1"\n  name: a,b\n'],
    ['table', 'id  name\n1   a,b\n'],
  ])('prints %s', async (format, expected) => {
    answer = () => [200, [{ id: '1', name: 'a,b' }]];
    const { stdout } = await meraki(`organizations getOrganizations --output ${format}`);
    expect(stdout).toBe(expected);
  });

  test('shows no control characters of the server in a table', async () => {
    answer = () => [200, [{ name: '\u001B[2Jx' }]];
    const { stdout } = await meraki('organizations getOrganizations --output table');
    expect(stdout).toBe('name\n\\u001b[2Jx\n');
  });
});

describe('credentials', { timeout: 20_000 }, () => {
  const call = 'organizations getOrganizations';

  test.each([
    [401, 4],
    [403, 4],
    [404, 1],
  ])('status %i ends with %i, and the key is not shown', async (status, code) => {
    answer = ({ headers }) => [status, { errors: [`wrong ${headers.authorization}`] }];
    const ended = await meraki(call);
    expect(ended.code).toBe(code);
    expect(ended.stderr).not.toContain('secret-key');
  });

  test('are asked for where there are none', async () => {
    const { code, stderr } = await meraki(call, { MERAKI_API_KEY: '' });
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr:
        'meraki: No credentials: set MERAKI_API_KEY, keep them in a profile, or give --key-command.\n',
    });
  });

  test('come from a command', async () => {
    await cli.run([...call.split(' '), '--key-command', 'echo from-command'], {
      env: { MERAKI_BASE_URL: baseUrl },
    });
    expect(received.map(({ key }) => key)).toEqual(['Bearer from-command']);
  });

  test('come from a file that nobody else can read, and from no other', async () => {
    const file = join(cli.folder, '.config/meraki/config.json');
    await mkdir(join(cli.folder, '.config/meraki'), { recursive: true });
    await writeFile(file, JSON.stringify({ profiles: { lab: { apiKey: 'k-lab', baseUrl } } }));
    await chmod(file, 0o600);
    const args = [...call.split(' '), '--profile', 'lab'];
    expect(await cli.run(args)).toMatchObject({ code: 0 });
    expect(received.map(({ key }) => key)).toEqual(['Bearer k-lab']);
    await chmod(file, 0o644);
    const { code, stderr } = await cli.run(args);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('chmod 600'),
    });
    await chmod(file, 0o600);
  });
});

describe.each(['meraki', 'axapi', 'journyx', 'graph'])('the command line of %s', (name) => {
  test('lists its operations, and shows the help of each', { timeout: 60_000 }, async () => {
    await using installed = await install(generated(name), generated(`${name}-cli`));
    const { code, stdout } = await installed.run(['--help']);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Groups') });
    const found = await installed.run(['find', '--json', 'e']);
    const [first] = JSON.parse(found.stdout);
    const help = await installed.run([...first.command.split(' '), '--help']);
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining(first.summary) });
  });
});
