import { expect, test } from 'vitest';
import { createFleet } from '../../generated/meraki/src/fleet.ts';
import { checkNode } from '../../templates/runtime/fleet/postgres.ts';
import { createMeraki } from '../../generated/meraki/src/index.ts';
import { updateDevice } from '../../generated/meraki/src/batch/devices.ts';

test.each(['v22.12.0', 'v22.21.1', 'v23.0.0', 'v24.11.1'])('a fleet runs on Node %s', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(['v20.19.0', 'v21.7.3', 'v22.11.0'])(
  'a fleet says that Node %s is too old',
  (version) => {
    expect(() => checkNode(version)).toThrow(
      `A fleet needs Node 22.12 or newer; this is ${version}.`,
    );
  },
);

const isOld = Number(process.versions.node.split('.')[0]) < 22;

test.skipIf(!isOld)('says so at the first use, whatever else is missing', async () => {
  const fleet = createFleet({
    connection: 'postgresql://127.0.0.1:1/none',
    client: () => createMeraki({ apiKey: 'key', userAgent: 'Fleet/1.0 Test' }),
  });
  const actions = [updateDevice({ serial: 'Q1', body: { name: 'new' } })];
  await expect(fleet.submit({ organizationId: '1', actions })).rejects.toThrow(
    `A fleet needs Node 22.12 or newer; this is ${process.version}.`,
  );
});
