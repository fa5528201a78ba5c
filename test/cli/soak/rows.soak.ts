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

type Cells = readonly [serial: string, portId: number, name: string, vlan: number];

function* rows(line: (cells: Cells) => string): Generator<string> {
  for (let row = 0; row < ROWS; row += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, at) => {
      const number = row + at;
      return line([
        `Q2AA-${number >> 5}`,
        (number & 31) + 1,
        `Desk ${number}`,
        (number % 4_000) + 1,
      ]);
    });
    yield lines.join('');
  }
}

function json([serial, port, name, vlan]: Cells): string {
  return JSON.stringify({ serial, portId: String(port), name, vlan });
}

const formats: Readonly<Record<string, () => Iterable<string>>> = {
  csv: function* () {
    yield 'serial,portId,name,vlan\n';
    yield* rows((cells) => `${cells.join(',')}\n`);
  },
  'csv with quotes': function* () {
    yield 'serial,portId,name,vlan\n';
    yield* rows((cells) => `${cells.map((cell) => `"${cell}"`).join(',')}\n`);
  },
  jsonl: () => rows((cells) => `${json(cells)}\n`),
  json: function* () {
    yield '[';
    yield* rows((cells) => `${json(cells)},\n`);
    yield '{"serial":"Q2AB","portId":"1","vlan":1}]';
  },
};

test.each(Object.entries(formats))(
  `${ROWS} rows of %s from standard input are planned within ${MOST_MB} MB`,
  async (name, text) => {
    await using cli = await install(generated('meraki'), generated('meraki-cli'));
    const began = performance.now();
    const format = name.split(' ')[0] ?? '';
    const { code, stderr } = await cli.run(
      `batch plan - --format ${format} --op updateDeviceSwitchPort --organizationId 1`.split(' '),
      {
        env: { NODE_OPTIONS: `--import "${meter}"` },
        keepsInput: true,
        onStart: ({ stdin }) => void (stdin && pipeline(Readable.from(text()), stdin)),
      },
    );
    const megabytes = Math.round(Number(/peak=(\d+)/.exec(stderr)?.[1]) / 1_000);
    console.log(`${name}: ${((performance.now() - began) / 1_000).toFixed(1)} s, ${megabytes} MB`);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/1,?000,?00[01] changes/)]);
    expect(megabytes).toBeLessThanOrEqual(MOST_MB);
  },
);
