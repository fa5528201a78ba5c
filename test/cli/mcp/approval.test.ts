import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { agreeing, type Person } from './model.ts';
import { useWritingServer } from './writing-server.ts';

const { account, start, approve, expectNothing } = useWritingServer();

describe('nothing is sent', { timeout: 60_000 }, () => {
  test('without a person, however often apply is called', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    for (const _ of [1, 2])
      expect(await model.call('apply', plan)).toContain('Not approved yet, and nothing was sent');
    await expectNothing();
  });

  test.each([
    { approved: true },
    { approval: 'yes' },
    { code: 'AAAA' },
    { confirm: true, yes: true },
    { inputResponses: { approval: { action: 'accept', content: { code: 'AAAA' } } } },
    { requestState: '00' },
    { _meta: { approved: true } },
  ])('for the value %j of a model', async (value) => {
    await using model = await start();
    const plan = await model.plan('a');
    await model.call('apply', { ...plan, ...value }).catch(() => undefined);
    await expectNothing();
  });

  test.each<readonly [string, Person]>([
    ['declines', () => ({ action: 'decline' })],
    ['dismisses the question', () => ({ action: 'cancel' })],
    ['accepts, and types nothing', () => ({ action: 'accept', content: { code: '' } })],
    ['accepts, and types yes', () => ({ action: 'accept', content: { code: 'yes' } })],
    ['types another code', () => ({ action: 'accept', content: { code: '1111' } })],
  ])('where the person %s', async (_, person) => {
    for (const era of ['legacy', 'modern'] as const) {
      await using model = await start('', { person, era });
      const text = await model.call('apply', await model.plan('a'));
      expect(text).toMatch(/has declined|has not approved|code/);
      expect(model.asked).toHaveLength(1);
    }
    await expectNothing();
  });

  test('for a plan that was declined, even where it is approved later', async () => {
    await using model = await start('', { person: () => ({ action: 'decline' }) });
    const plan = await model.plan('a');
    await model.call('apply', plan);
    expect(await model.call('apply', plan)).toContain('has declined this plan');
    expect(await approve(plan.plan)).toMatchObject({ code: 2 });
    await expectNothing();
  });

  test('where the person at the terminal types something else', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    expect(await approve(plan.plan, 'no')).toMatchObject({ code: 2 });
    await model.call('apply', plan);
    await expectNothing();
  });

  test('where nobody is at the terminal that approves', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    const ended = await account.run(`approve ${plan.plan}`, { input: 'yes\n' });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('at a terminal') });
    await model.call('apply', plan);
    await expectNothing();
  });

  test.each([
    '../../../../etc/passwd',
    '..',
    '',
    '/',
    '0123456789abcdef/../0123456789abcdef',
    '0123456789ABCDEF',
    '0123456789abcdef\n',
    '0123456789abcdef\u0000',
    '__proto__',
    '%2e%2e%2f',
  ])('for the plan id %j', async (plan) => {
    await using model = await start('', { person: agreeing });
    const text = await model.call('apply', { plan, hash: '0'.repeat(64) });
    expect(text).toContain('There is no plan');
    expect(await model.call('status', { plan })).toContain('There is no plan');
    expect(await model.call('undo', { run: plan })).toContain('There is no run');
    await expectNothing();
  });

  test('where what is there has changed since a person approved', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    await approve(plan.plan);
    account.simulator.server.resources.put('/devices/Q2AA/switch/ports/1', {
      portId: '1',
      name: 'another',
      vlan: 1,
    });
    expect(await model.call('apply', plan)).toContain('has changed since the plan was approved');
    await expectNothing();
  });

  test('by read, whatever the operation', async () => {
    await using model = await start('', { person: agreeing });
    for (const operation of ['updateDeviceSwitchPort', 'deleteNetwork', 'cycleDeviceSwitchPorts']) {
      const input = { serial: 'Q2AA', portId: '1', networkId: 'N_1', body: {} };
      expect(await model.call('read', { operation, input })).toContain('read only reads');
    }
    await expectNothing();
    expect(account.simulator.seen.filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test('by an answer that was never asked for, of a client of 2026', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
    };
    const answer = { action: 'accept', content: { code: 'AAAA' } };
    const forged = { name: 'apply', arguments: plan, inputResponses: { approval: answer } };
    const ask = { name: 'apply', arguments: plan };
    const [first, second, asked] = await raw([
      { method: 'tools/call', params: { ...forged, _meta: meta } },
      { method: 'tools/call', params: { ...forged, requestState: 'f'.repeat(32), _meta: meta } },
      { method: 'tools/call', params: { ...ask, _meta: meta } },
    ]);
    // Each is asked anew: what came unasked is not read.
    for (const reply of [first, second, asked])
      expect(reply).toMatchObject({ result: { resultType: 'input_required' } });
    await expectNothing();
  });
});

/** Sends messages to a server of its own, and reads the replies. */
async function raw(messages: readonly object[]): Promise<readonly unknown[]> {
  const child = spawn(process.execPath, [account.cli.main, 'mcp', '--allow-writes'], {
    cwd: account.cli.folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: account.cli.folder, ...account.env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const replies: unknown[] = [];
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const [id, message] of messages.entries()) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...message })}\n`);
    replies.push(JSON.parse((await lines.next()).value as string));
  }
  child.stdin.end();
  await new Promise((resolve) => child.once('close', resolve));
  return replies;
}
