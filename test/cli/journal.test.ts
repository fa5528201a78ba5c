import {
  appendFile,
  chmod,
  mkdir,
  readFile,
  rename,
  symlink,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

/** What becomes of `results.csv`, which is there for people. */
const harms: readonly (readonly [string, (path: string) => Promise<void>])[] = [
  ['is missing', (path) => rm(path)],
  ['is cut', (path) => truncate(path, 40)],
  ['is empty', (path) => writeFile(path, '')],
  [
    'was edited',
    async (path) => {
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replaceAll('applied', 'failed').replaceAll('bad', 'good'));
    },
  ],
  ['has further rows', (path) => appendFile(path, 'Q2AA,9,x,9,failed,,,,\n')],
];

/** Applies rows of which the second fails; gives the folder of the run. */
async function failing(): Promise<string> {
  await account.write('changes.csv', ports('a', 'bad', 'c'));
  await meraki(plan);
  await meraki('batch apply plan.jsonl --yes --on-error continue');
  return lastRun();
}

async function lastRun(): Promise<string> {
  const { stdout } = await meraki('batch runs');
  const id = stdout.match(/\d{8}T\d{6}-[0-9a-f]{6}/g)?.at(-1) ?? '';
  return join(account.cli.folder, '.local/state/meraki/runs', id);
}

async function statuses(args = 'journal show --last'): Promise<readonly string[]> {
  const { stdout } = await meraki(`${args} --output json`, { env: {} });
  return JSON.parse(stdout).map(
    ({ row, status }: { row: string; status: string }) => `${row} ${status}`,
  );
}

describe('what a journal says of a run', { timeout: 60_000 }, () => {
  test('is shown by row, without network, credentials or the place of the API', async () => {
    await failing();
    const before = account.simulator.server.requests;
    const { code, stdout } = await meraki('journal show --last --failed', { env: {} });
    const [head, row] = stdout.split('\n');
    expect([code, head]).toEqual([0, 'row,status,reason,id,batch,old']);
    expect(row).toMatch(/^2,failed,.*is not a good name/);
    expect(account.simulator.server.requests).toBe(before);
  });

  test.each(harms)('does not depend on results.csv, where that %s', async (_, harm) => {
    await harm(join(await failing(), 'results.csv'));
    expect(await statuses()).toEqual(['1 applied', '2 failed', '3 applied']);
    expect(await statuses('batch show --last --failed')).toEqual(['2 failed']);
    const { stdout } = await meraki('batch runs');
    expect(stdout).toMatch(/3 +2/);
  });

  test('has what was there before', async () => {
    const folder = await failing();
    await rm(join(folder, 'results.csv'));
    const { stdout } = await meraki('journal show --last --output json');
    expect(JSON.parse(stdout).map((row: { old: string }) => row.old)).toEqual([
      '{"name":"old 1"}',
      '{"name":"old 2"}',
      '{"name":"old 3"}',
    ]);
  });

  test('is refused where it is damaged, and the other runs are listed', async () => {
    const folder = await failing();
    const text = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    await writeFile(join(folder, 'journal.jsonl'), text.replace('"bad"', '"god"'));
    expect((await meraki('journal show --last')).code).toBe(1);
    expect(await meraki('batch runs')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('damaged'),
    });
  });

  test('is refused where the plan beside it is another one', async () => {
    const folder = await failing();
    const text = await readFile(join(folder, 'plan.jsonl'), 'utf8');
    await writeFile(join(folder, 'plan.jsonl'), text.split('\n').slice(0, 2).join('\n'));
    const shown = await meraki('journal show --last');
    expect([shown.code, shown.stderr]).toEqual([1, expect.stringContaining('another plan')]);
  });

  test('is not made by a look at it', async () => {
    const folder = await failing();
    await rm(join(folder, 'journal.jsonl'));
    expect(await statuses()).toEqual(['1 pending', '2 pending', '3 pending']);
    await expect(readFile(join(folder, 'journal.jsonl'))).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(process.getuid === undefined)('a run folder', { timeout: 60_000 }, () => {
  const commands = ['journal show', 'batch resume', 'batch undo', 'batch retry --failed'];

  test.each(commands)('that others may write is refused: %s', async (command) => {
    const folder = await failing();
    await chmod(folder, 0o777);
    account.applied = [];
    const { code, stderr } = await meraki(`${command} --last`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('written by other users')]);
    expect(account.applied).toEqual([]);
  });

  test.each(['plan.jsonl', 'options.json'])(
    'is refused where others may write %s',
    async (name) => {
      const folder = await failing();
      await chmod(join(folder, name), 0o666);
      expect((await meraki('batch resume --last')).code).toBe(1);
    },
  );

  test('is refused where its plan is a link', async () => {
    const folder = await failing();
    await rename(join(folder, 'plan.jsonl'), join(account.cli.folder, 'other.jsonl'));
    await symlink(join(account.cli.folder, 'other.jsonl'), join(folder, 'plan.jsonl'));
    expect((await meraki('batch resume --last')).code).toBe(1);
    const { code, stdout } = await meraki('batch runs');
    expect([code, stdout]).toEqual([0, expect.stringContaining('is a link')]);
  });

  test('that is a link is refused', async () => {
    const folder = await failing();
    await rename(folder, join(account.cli.folder, 'moved'));
    await symlink(join(account.cli.folder, 'moved'), folder);
    expect((await meraki('batch resume --last')).code).toBe(1);
  });
});

test('status names rows as the file has them', { timeout: 60_000 }, async () => {
  await failing();
  const { stdout } = await meraki('batch status --last', { env: {} });
  expect(stdout.split('\n')).toEqual([
    expect.stringContaining(': 2 applied, 1 failed'),
    expect.stringMatching(/^row 2: failed \(.*is not a good name/),
    '',
  ]);
});

describe('a retry', { timeout: 60_000 }, () => {
  test.each(harms)('takes the rows that failed, where results.csv %s', async (_, harm) => {
    await harm(join(await failing(), 'results.csv'));
    account.applied = [];
    account.acceptAll();
    expect(await meraki('batch retry --last --failed --yes')).toMatchObject({ code: 0 });
    expect(account.applied.map(({ body }) => body)).toEqual([{ name: 'bad' }]);
    expect(await statuses()).toEqual(['2 applied']);
  });

  test('is done once', async () => {
    const id = (await failing()).split('/').at(-1) ?? '';
    account.acceptAll();
    await meraki(`batch retry ${id} --failed --yes`);
    account.applied = [];
    const again = await meraki(`batch retry ${id} --failed --yes`);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('sent by a retry')]);
    const resumed = await meraki(`batch resume ${id}`);
    expect([resumed.code, resumed.stderr]).toEqual([1, expect.stringContaining('retry')]);
    expect(account.applied).toEqual([]);
  });

  test('can be retried, and taken back', async () => {
    await failing();
    await meraki('batch retry --last --failed --yes');
    expect(await statuses()).toEqual(['2 failed']);
    account.acceptAll();
    expect(await meraki('batch retry --last --failed --yes')).toMatchObject({ code: 0 });
    const { resources } = account.simulator.server;
    expect(resources.get('/devices/Q2AA/switch/ports/2')).toMatchObject({ name: 'bad' });
    expect(await meraki('batch undo --last --yes')).toMatchObject({ code: 0 });
    expect(resources.get('/devices/Q2AA/switch/ports/2')).toMatchObject({ name: 'old 2' });
  });

  test('asks for how many rows destroy something', async () => {
    account.simulator.server.resources.put('/networks/N_1', { id: 'N_1', name: 'HQ' });
    await account.write(
      'changes.csv',
      'operation,serial,portId,name,networkId\nupdateDeviceSwitchPort,Q2AA,1,bad,\ndeleteNetwork,,,,N_1\n',
    );
    await meraki('batch plan changes.csv');
    await meraki('batch apply plan.jsonl --yes --destroys 1');
    account.applied = [];
    const { code, stderr } = await meraki('batch retry --last --failed --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--destroys 1')]);
    expect(account.applied).toEqual([]);
  });

  test.each([0, 60, 120, 180, 240, 300, 400, 600])(
    'sends each row once where it is killed after %i ms',
    async (ms) => {
      const id = (await failing()).split('/').at(-1) ?? '';
      account.acceptAll();
      account.applied = [];
      await meraki(`batch retry ${id} --failed --yes`, {
        onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), 250 + ms),
      });
      const last = (await lastRun()).split('/').at(-1);
      if (last === id) await meraki(`batch retry ${id} --failed --yes`);
      else expect(await meraki('batch resume --last')).toMatchObject({ code: 0 });
      expect(account.applied.map(({ body }) => body)).toEqual([{ name: 'bad' }]);
      expect(await statuses()).toEqual(['2 applied']);
    },
  );

  test('that was killed before it began does not send what another has sent', async () => {
    const folder = await failing();
    const id = folder.split('/').at(-1) ?? '';
    account.acceptAll();
    await meraki(`batch retry ${id} --failed --yes`);
    const first = await lastRun();
    const text = await readFile(join(first, 'plan.jsonl'), 'utf8');
    const twin = join(folder, '..', '20990101T000000-000000');
    await mkdir(twin, { mode: 0o700 });
    for (const name of ['retry.json', 'options.json'])
      await writeFile(join(twin, name), await readFile(join(first, name), 'utf8'));
    await writeFile(join(twin, 'plan.jsonl'), text);
    account.applied = [];
    const { code, stderr } = await meraki('batch resume --last');
    expect([code, stderr]).toEqual([1, expect.stringContaining('has sent these rows')]);
    expect(account.applied).toEqual([]);
  });
});
