import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

/** The column `old` of the last run, row by row. */
async function oldValues(): Promise<readonly (string | undefined)[]> {
  const { stdout } = await meraki('batch show --last');
  const rows: readonly Readonly<Record<string, string>>[] = parse(stdout, { columns: true });
  return rows.map(({ old }) => old);
}

test('what a row changes is in its results as it was', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a', 'b'));
  await meraki(plan);
  await meraki('batch apply plan.jsonl --yes');
  expect(await oldValues()).toEqual(['{"name":"old 1"}', '{"name":"old 2"}']);
});

test('what a row destroys is in its results whole', { timeout: 60_000 }, async () => {
  account.simulator.server.resources.put('/networks/N_1', { id: 'N_1', name: 'Office' });
  await account.write('changes.csv', 'networkId\nN_1\n');
  await meraki('batch plan changes.csv --op deleteNetwork');
  await meraki('batch apply plan.jsonl --yes --destroys 1');
  expect(await oldValues()).toEqual(['{"id":"N_1","name":"Office"}']);
});

test('what a row creates has no old values', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', 'networkId,id,name\nN_1,7,New\n');
  await meraki('batch plan changes.csv --op createNetworkApplianceVlan');
  await meraki('batch apply plan.jsonl --yes');
  expect(await oldValues()).toEqual(['']);
});

test('a secret is not among the old values', { timeout: 60_000 }, async () => {
  account.simulator.server.resources.put('/networks/N_1/wireless/ssids/0', {
    number: 0,
    name: 'Guests',
    psk: 'old secret',
  });
  await account.write('changes.csv', 'networkId,number,name,psk\nN_1,0,Visitors,new secret\n');
  await meraki('batch plan changes.csv --op updateNetworkWirelessSsid');
  await meraki('batch apply plan.jsonl --yes');
  expect(await oldValues()).toEqual(['{"name":"Guests","psk":"[redacted]"}']);
});

test('drafts that are confirmed have old values', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a'));
  await meraki(plan);
  const id = (await meraki('batch draft plan.jsonl')).stdout.trim();
  await meraki(`batch confirm ${id} --yes`);
  expect(await oldValues()).toEqual(['{"name":"old 1"}']);
});

test('a run that is taken up again keeps its old values', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a'));
  await meraki(plan);
  await meraki('batch apply plan.jsonl --yes');
  await meraki('batch verify --last');
  expect(await oldValues()).toEqual(['{"name":"old 1"}']);
});
