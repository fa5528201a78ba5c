import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { install } from '../installed.ts';

const ROWS = 1_000_000;
const MOST_MB = 200;
const generated = (name: string): string =>
  fileURLToPath(new URL(`../../../generated/${name}`, import.meta.url));
/** Says the peak memory of a process, in kilobytes, when it ends. */
const meter = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak='+process.resourceUsage().maxRSS+'\\n'))`;

function* csv(): Generator<string> {
  yield 'serial,portId,name,vlan\n';
  for (let row = 0; row < ROWS; row += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, at) => {
      const number = row + at;
      return `Q2AA-${number >> 5},${(number & 31) + 1},Desk ${number},${(number % 4_000) + 1}\n`;
    });
    yield lines.join('');
  }
}

test(`${ROWS} rows of standard input are planned within ${MOST_MB} MB`, async () => {
  await using cli = await install(generated('meraki'), generated('meraki-cli'));
  const began = performance.now();
  const { code, stderr } = await cli.run(
    ['batch', 'plan', '-', '--op', 'updateDeviceSwitchPort', '--organizationId', '1'],
    {
      env: { NODE_OPTIONS: `--import "${meter}"` },
      keepsInput: true,
      onStart: ({ stdin }) => void (stdin && pipeline(Readable.from(csv()), stdin)),
    },
  );
  const megabytes = Math.round(Number(/peak=(\d+)/.exec(stderr)?.[1]) / 1_000);
  console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s, ${megabytes} MB`);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/1,?000,?000 changes/)]);
  expect(megabytes).toBeLessThanOrEqual(MOST_MB);
});
