import { describe, expect, test } from 'vitest';
import type { Ended } from './installed.ts';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

describe('batch', { timeout: 60_000 }, () => {
  test('says what each row would change, and plans those alone that change something', async () => {
    await account.write('changes.csv', ports('old 1', 'b'));
    await meraki(plan);
    const { stdout, stderr, code } = await meraki(
      'batch preview plan.jsonl --out changes.jsonl --detailed-exitcode',
    );
    expect(code).toBe(6);
    expect(stdout).toContain('name: "old 2" → "b"');
    expect(stdout).not.toContain('old 1');
    expect(stderr).toContain('1 of 2 rows change nothing.');
    expect(account.applied).toEqual([]);
    await meraki('batch apply changes.jsonl --yes');
    expect(account.applied.map(({ resource }) => resource)).toEqual([
      '/devices/Q2AA/switch/ports/2',
    ]);
    expect((await meraki('batch show --last')).stdout).toContain('2,applied');
  });

  test('gives old and new values of each row as JSON', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const { stdout } = await meraki('batch preview plan.jsonl --output json');
    expect(JSON.parse(stdout)).toMatchObject([
      { row: 1, kind: 'change', members: { name: { old: 'old 1', new: 'a' } } },
    ]);
  });

  test('takes changes back that are not kept in time', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const ended = await meraki('batch apply plan.jsonl --yes --confirm-within 1s');
    expect(ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The changes were not kept in time, and are undone.'),
    });
    const port = account.simulator.server.resources.get('/devices/Q2AA/switch/ports/1');
    expect(port).toMatchObject({ name: 'old 1' });
  });

  test('lets changes stay that another process keeps', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    let kept: Promise<Ended> | undefined;
    const ended = await meraki('batch apply plan.jsonl --yes --confirm-within 60s', {
      onStart: (child) =>
        void child.stderr?.on('data', (text: Buffer) => {
          if (String(text).includes('batch keep')) kept ??= meraki('batch keep --last');
        }),
    });
    expect(await kept).toMatchObject({ code: 0 });
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('The changes are kept.'),
    });
  });

  test('ends in order at the first signal, and is taken up', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `Q2AA,${at + 1},n${at}\n`).join('');
    await account.write('changes.csv', `serial,portId,name\n${many}`);
    await meraki(plan);
    let isStopped = false;
    const args = 'batch apply plan.jsonl --yes --progress json';
    const ended = await meraki(args, {
      onStart: (child) =>
        void child.stderr?.on('data', (text: Buffer) => {
          if (String(text).includes('"running"') && !isStopped) {
            isStopped = true;
            child.kill('SIGINT');
          }
        }),
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('batch resume');
    expect(await meraki('batch resume --last')).toMatchObject({ code: 0 });
    expect(new Set(account.applied.map(({ resource }) => resource)).size).toBe(30);
    expect(account.applied).toHaveLength(30);
  });

  test('says its progress as JSON, and nothing else on standard error', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const { stderr } = await meraki('batch apply plan.jsonl --yes --progress json');
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(
      expect.objectContaining({ state: 'completed', done: 1, total: 1 }),
    );
  });

  test('says what the journal of a run holds, without credentials', async () => {
    await account.write('changes.csv', ports('a', 'bad'));
    await meraki(plan);
    await meraki('batch apply plan.jsonl --yes --on-error continue');
    const { MERAKI_API_KEY: _, ...others } = account.env;
    const { code, stdout } = await meraki('batch status --last', { env: others });
    expect(code).toBe(0);
    expect(stdout).toContain('1 applied, 1 failed');
    expect(stdout).toContain('is not a good name');
  });

  test.each(['10', '0m', '5d', 'soon'])('refuses %s as a time', async (time) => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    const ended = await meraki(`batch apply plan.jsonl --yes --confirm-within ${time}`);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('must be a time such as 90s, 10m or 2h'),
    });
    expect(account.applied).toEqual([]);
  });
});
