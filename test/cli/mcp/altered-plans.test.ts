import { createHash } from 'node:crypto';
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  readFile,
  rename,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { agreeing, planFolder } from './model.ts';
import { useWritingServer } from './writing-server.ts';

const { account, start, approve, fileOf, expectNothing } = useWritingServer();

describe('nothing is sent', { timeout: 60_000 }, () => {
  test('for a hash of another plan', async () => {
    await using model = await start('', { person: agreeing });
    const [one, other] = [await model.plan('a'), await model.plan('b')];
    const text = await model.call('apply', { plan: one.plan, hash: other.hash });
    expect(text).toContain('The hash is not that of the plan.');
    await expectNothing();
  });

  test.each([
    ['plan.jsonl', '"a"', '"evil"'],
    ['record.json', '"onError":"stop"', '"onError":"continue"'],
    ['record.json', '"organizationId":"1"', '"organizationId":"2"'],
    ['record.json', /"hash":"\w+"/, `"hash":"${'0'.repeat(64)}"`],
    ['approval.json', /"at":"\d{4}/, '"at":"9999'],
  ] as const)('for a plan whose %s was altered (%s)', async (name, from, to) => {
    await using model = await start();
    const plan = await model.plan('a');
    await approve(plan.plan);
    const path = fileOf(plan.plan, name);
    const text = await readFile(path, 'utf8');
    expect(text.replace(from, to)).not.toBe(text);
    await writeFile(path, text.replace(from, to));
    expect(await model.call('apply', plan)).toMatch(/was changed/);
    await expectNothing();
  });

  test('for a plan to which a row was added, with the new hash', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    await approve(plan.plan);
    const row = { row: 2, group: 'switch', operation: 'updateDeviceSwitchPort', cells: [] };
    const input = { serial: 'Q2AA', portId: '2', body: { name: 'evil' } };
    await appendFile(fileOf(plan.plan, 'plan.jsonl'), `${JSON.stringify({ ...row, input })}\n`);
    const text = await readFile(fileOf(plan.plan, 'plan.jsonl'));
    const hash = createHash('sha256').update(text).digest('hex');
    await model.call('apply', { ...plan, hash });
    await model.call('apply', plan);
    await expectNothing();
  });

  test('for an approval that was written by something else', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    const approval = JSON.stringify({ plan: plan.plan, hash: plan.hash, at: '2026-01-01' });
    await writeFile(fileOf(plan.plan, 'approval.json'), `${'0'.repeat(64)}\n${approval}\n`, {
      mode: 0o600,
    });
    expect(await model.call('apply', plan)).toContain('was changed by something else');
    await expectNothing();
  });

  test('for the approval of another plan', async () => {
    await using model = await start();
    const [one, other] = [await model.plan('a'), await model.plan('b')];
    await approve(one.plan);
    await copyFile(fileOf(one.plan, 'approval.json'), fileOf(other.plan, 'approval.json'));
    expect(await model.call('apply', other)).toContain('Not approved yet');
    await expectNothing();
  });

  test('for a plan that is another one, moved to its place', async () => {
    await using model = await start();
    const [one, other] = [await model.plan('a'), await model.plan('b')];
    await approve(one.plan);
    for (const name of ['plan.jsonl', 'record.json', 'approval.json'])
      await copyFile(fileOf(one.plan, name), fileOf(other.plan, name));
    expect(await model.call('apply', { ...one, plan: other.plan })).toContain('There is no plan');
    await expectNothing();
  });

  test.runIf(process.platform !== 'win32').each([
    ['approval.json', 0o644],
    ['approval.json', 0o620],
    ['record.json', 0o604],
    ['plan.jsonl', 0o640],
    ['', 0o755],
  ])('where others can use %s (%o)', async (name, mode) => {
    await using model = await start();
    const plan = await model.plan('a');
    await approve(plan.plan);
    await chmod(fileOf(plan.plan, name), mode);
    expect(await model.call('apply', plan)).toMatch(/Others can|There is no plan/);
    await expectNothing();
  });

  test.runIf(process.platform !== 'win32')('through a link to a folder', async () => {
    await using model = await start();
    const plan = await model.plan('a');
    await approve(plan.plan);
    const folder = planFolder(account.cli, 'meraki', plan.plan);
    await rename(folder, `${account.cli.folder}/elsewhere`);
    await symlink(`${account.cli.folder}/elsewhere`, folder);
    expect(await model.call('apply', plan)).toContain('There is no plan');
    await expectNothing();
  });

  test('for a plan that has expired', async () => {
    await using model = await start('--plan-for 1s', { person: agreeing });
    const plan = await model.plan('a');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await model.call('apply', plan)).toContain('has expired');
    expect(await approve(plan.plan)).toMatchObject({ code: 2 });
    await expectNothing();
  });

  test.each([
    ['profile', { MERAKI_PROFILE: 'other' }],
    ['server', { MERAKI_BASE_URL: 'http://127.0.0.1:9/api' }],
  ])('for a plan of another %s', async (_, env) => {
    const config = { profiles: { other: {}, default: {} } };
    await mkdir(`${account.cli.folder}/.config/meraki`, { recursive: true });
    const file = `${account.cli.folder}/.config/meraki/config.json`;
    await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    await using maker = await start();
    const plan = await maker.plan('a');
    await approve(plan.plan);
    await using other = await start('', { env: { ...account.env, ...env }, person: agreeing });
    expect(await other.call('apply', plan)).toContain('This plan is for the profile default');
    await expectNothing();
  });

  test('for a plan of another organization than is allowed', async () => {
    await using maker = await start();
    const plan = await maker.plan('a');
    await approve(plan.plan);
    await using other = await start('--allow organizationId=2', { person: agreeing });
    expect(await other.call('apply', plan)).toContain('organizationId "1" is not allowed here');
    await expectNothing();
  });
});

describe('a plan is applied once', { timeout: 60_000 }, () => {
  test('and not again', async () => {
    await using model = await start('', { person: agreeing });
    const plan = await model.plan('a');
    expect(await model.apply(plan)).toContain('1 applied');
    expect(await model.call('apply', plan)).toContain('was used before');
    await using other = await start('', { person: agreeing });
    expect(await other.call('apply', plan)).toContain('was used before');
    expect(account.applied).toHaveLength(1);
  });

  test('where two servers apply it at the same time', async () => {
    await using one = await start();
    await using other = await start();
    const plan = await one.plan('a');
    await approve(plan.plan);
    const texts = await Promise.all([one, other, one, other].map((model) => model.apply(plan)));
    expect(texts.filter((text) => text.includes('1 applied'))).toHaveLength(1);
    expect(account.applied).toHaveLength(1);
  });
});
