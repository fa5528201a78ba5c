import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, creations, planned, stock, useStock } from './stock.ts';

useStock();

describe('changes call by call', { timeout: 60_000 }, () => {
  test('go from a CSV file to results with the ids of what was created', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'b'), '--op', 'createItem');
    const { code } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect(code).toBe(0);
    expect(at.writes.toSorted()).toEqual(['POST /items {"name":"a"}', 'POST /items {"name":"b"}']);
    expect((await at.results()).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'a applied',
      'b applied',
    ]);
    expect((await at.results()).map((row) => row['id']).toSorted()).toEqual(['i1', 'i2']);
  });

  test('are refused with all faults of the file at once', async () => {
    await using at = await stock();
    const csv = 'operation,id,name,count\nupdateItem,1,a,x\ngetItems,,,\nupdateItem,..,b,1\n';
    const { code, stderr } = await at.runWith(csv, 'bulk', 'plan', '-');
    expect(code).toBe(2);
    expect(stderr).toContain('row 1 (line 2), column count: "x"');
    expect(stderr).toContain('row 2 (line 3), column operation: "getItems"');
    expect(stderr).toContain('row 3 (line 4), column id: ".."');
    expect(stderr).toContain('3 faults');
  });

  test('on the same resource keep their order, whatever runs beside them', async () => {
    await using at = await stock();
    const rows = Array.from({ length: 40 }, (_, n) => `updateItem,${n % 4},n${n}`);
    await planned(at, ['operation,id,name', ...rows, ''].join('\n'));
    const { code } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '8');
    expect(code).toBe(0);
    for (let key = 0; key < 4; key += 1) {
      const own = at.writes.filter((line) => line.startsWith(`PUT /items/${key} `));
      expect(own).toEqual(
        Array.from({ length: 10 }, (_, n) => `PUT /items/${key} {"name":"n${n * 4 + key}"}`),
      );
    }
  });

  test('stop at a failure, and can be taken up again by retry', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'bad', 'c'), '--op', 'createItem');
    const apply = ['bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '1'];
    expect((await at.run(...apply)).code).toBe(3);
    expect((await at.results()).map((row) => row['status'])).toEqual([
      'applied',
      'failed',
      'skipped',
    ]);
    const again = await at.run(
      'bulk',
      'retry',
      '--last',
      '--failed',
      '--yes',
      '--on-error',
      'continue',
    );
    expect(again.code).toBe(3);
    expect(at.writes).toEqual(['POST /items {"name":"a"}', 'POST /items {"name":"c"}']);
  });

  test('that a kill cut off are unknown where they may have arrived, and sent once', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'b', 'c', 'd', 'e', 'f'), '--op', 'createItem');
    at.holdFrom = 3;
    const killed = await at.killed(3, 'bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '1');
    expect(killed.code).toBeNull();
    at.holdFrom = Infinity;
    const { code } = await at.run('bulk', 'resume', '--last');
    expect(code).toBe(5);
    const statuses = (await at.results()).map((row) => row['status']);
    expect(statuses).toEqual(['applied', 'applied', 'unknown', 'applied', 'applied', 'applied']);
    expect(at.writes).toHaveLength(6);
    expect(new Set(at.writes).size).toBe(6);
  });

  test('that a kill cut off are sent again where that does no harm', async () => {
    await using at = await stock();
    for (const key of ['1', '2', '3']) at.items.set(key, { name: 'old' });
    await planned(at, 'operation,id,name\nupdateItem,1,a\ndeleteItem,2,\nupdateItem,3,c\n');
    at.holdFrom = 2;
    const apply = ['bulk', 'apply', 'plan.jsonl', '--yes', '--destroys', '1', '--concurrency', '1'];
    expect((await at.killed(2, ...apply)).code).toBeNull();
    at.holdFrom = Infinity;
    // Its first deletion has arrived: that it is gone is no failure.
    expect((await at.run('bulk', 'resume', '--last')).code).toBe(0);
    expect((await at.results()).map((row) => row['status'])).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
  });

  test('are compared with what is there, where it can be read', async () => {
    await using at = await stock();
    at.items.set('1', { name: 'old', count: 1 });
    at.items.set('2', { name: 'same', count: 1 });
    await planned(at, 'operation,id,name\nupdateItem,1,new\nupdateItem,2,same\ndeleteItem,2,\n');
    const { stdout, code } = await at.run('bulk', 'preview', 'plan.jsonl');
    expect(code).toBe(0);
    expect(stdout).toContain('row 1: PUT /items/1 change; name: "old" → "new"');
    expect(stdout).toContain('row 2: PUT /items/2 same');
    expect(stdout).toContain('row 3: DELETE /items/2 destroy');
    expect(at.writes).toEqual([]);
  });

  test.each([
    ['by their list', (all: readonly object[]) => all, ['/items']],
    ['by a list in an object', (all: readonly object[]) => ({ data: all }), ['/items']],
    [
      'by themselves where the list does not show them',
      (all: readonly object[]) => all.slice(1),
      ['/items', '/items/1'],
    ],
    [
      'by themselves where the list shows too little of them',
      (all: readonly object[]) => all.map((each) => ({ ...each, name: undefined })),
      ['/items', '/items/1', '/items/2'],
    ],
    [
      'by themselves where the list names nothing',
      (all: readonly object[]) => all.map((each) => ({ ...each, id: undefined })),
      ['/items', '/items/1', '/items/2', '/items/3'],
    ],
    [
      'by themselves where two in the list have one id',
      (all: readonly object[]) => [...all, { id: '1', name: 'other' }],
      ['/items', '/items/1', '/items/2', '/items/3'],
    ],
    [
      'by themselves where it is no list',
      () => ({ message: 'none' }),
      ['/items', '/items/1', '/items/2', '/items/3'],
    ],
  ])('are read %s', async (_, list, reads) => {
    await using at = await stock();
    for (const key of ['1', '2', '3']) at.items.set(key, { name: 'old' });
    at.list = () => list([...at.items].map(([key, item]) => ({ id: key, ...item })));
    await planned(at, 'operation,id,name\nupdateItem,1,new\nupdateItem,2,old\ndeleteItem,3,\n');
    const { stdout } = await at.run('bulk', 'preview', 'plan.jsonl');
    expect(stdout.split('\n').slice(1)).toEqual([
      'row 1: PUT /items/1 change; name: "old" → "new"',
      'row 2: PUT /items/2 same',
      'row 3: DELETE /items/3 destroy',
      '',
    ]);
    expect(at.reads.toSorted()).toEqual(reads);
  });

  test('are verified: what is there is compared with what was sent', async () => {
    await using at = await stock();
    for (const key of ['1', '2', '3']) at.items.set(key, { name: 'old' });
    await planned(
      at,
      'operation,id,name\nupdateItem,1,a\nupdateItem,2,b\ndeleteItem,3,\nupdateItem,1,c\ncreateItem,,d\n',
    );
    await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--destroys', '1');
    const fine = await at.run('bulk', 'verify', '--last');
    expect([fine.code, fine.stderr]).toEqual([0, '3 same, 0 different, 2 not verified.\n']);
    at.items.set('2', { name: 'theirs' });
    at.items.set('3', { name: 'back' });
    const { code, stdout } = await at.run('bulk', 'verify', '--last');
    expect([code, stdout.split('\n')]).toEqual([
      3,
      [
        'row 1: not verified: a later row changes the same',
        'row 2: /name is "theirs", and not "b"',
        'row 3: it is "there", and not "absent"',
        'row 5: not verified: what was created is at a path of its own',
        '',
      ],
    ]);
  });

  test('are not taken back, which is said', async () => {
    await using at = await stock();
    await planned(at, creations('a'), '--op', 'createItem');
    await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    const { code, stderr } = await at.run('bulk', 'undo', '--last', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('takes nothing back')]);
  });

  test('are retried once, and not where it is unknown what a row of the same did', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'bad', 'c'), '--op', 'createItem');
    await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--on-error', 'continue');
    const id = (await at.run('bulk', 'runs')).stdout.match(/\d{8}T\S+/)?.[0] ?? '';
    expect((await at.run('bulk', 'retry', id, '--failed', '--yes')).code).toBe(3);
    const again = await at.run('bulk', 'retry', id, '--failed', '--yes');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('sent by a retry')]);
    expect((await at.run('bulk', 'resume', id)).code).toBe(1);
    const { stdout } = await at.run('journal', 'show', id, '--failed');
    expect(stdout).toMatch(/^row,status.*\n2,failed,.*is bad/);
    expect(at.writes).toHaveLength(2);
  });

  test('are asked for how many they destroy, also where a plan file leaves it out', async () => {
    await using at = await stock();
    at.items.set('1', { name: 'old' });
    await planned(at, 'operation,id\ndeleteItem,1\n');
    const path = join(cli.folder, 'plan.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"destroys":true,', ''));
    const { code, stderr } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--destroys 1')]);
    expect(at.writes).toEqual([]);
  });

  test('are not read from a plan that names what changes nothing', async () => {
    await using at = await stock();
    await planned(at, creations('a'), '--op', 'createItem');
    const path = join(cli.folder, 'plan.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('createItem', 'getItems'));
    const { code, stderr } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('getItems is not an operation')]);
  });

  test('are not written into a journal that is a link', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'bad'), '--op', 'createItem');
    await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--dir', 'linked');
    const [run = ''] =
      (await at.run('bulk', 'runs', '--dir', 'linked')).stdout.match(/\d{8}T\S+/) ?? [];
    const journal = join(cli.folder, 'linked', run, 'journal.jsonl');
    await rm(journal);
    await writeFile(join(cli.folder, 'victim'), '');
    await symlink(join(cli.folder, 'victim'), journal);
    const { code } = await at.run('bulk', 'resume', run, '--dir', 'linked');
    expect(code).toBe(1);
    expect(await readFile(join(cli.folder, 'victim'), 'utf8')).toBe('');
  });
});

test('an API without batches has no command for them', async () => {
  const { stdout } = await cli.run(['--help']);
  expect(stdout).toContain('bulk');
  expect(stdout).not.toMatch(/^ +batch /m);
});
