import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import type { ApiDescription } from '../../../generator/ir/ir.ts';
import { takesInput } from '../../../generator/ir/operation.ts';
import { readApi } from '../../../generator/read-api.ts';
import { folderWith } from '../config/files.ts';
import { run } from '../cli/run.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url));
const documentOf = (version: string): string => join(shared, `meraki-v${version}.json`);

/** What code may do with what changed in these updates: it lists, reads, writes and names types. */
const written = `
export async function upgrades(meraki: Meraki, organizationId: string): Promise<number> {
  const list = await meraki.organizations.getOrganizationFirmwareUpgrades({ organizationId });
  return list.map((each) => each.upgradeId ?? '').filter((id) => id !== '').length;
}

export async function products(meraki: Meraki, networkId: string): Promise<string> {
  const all: NetworkFirmwareUpgrades = await meraki.networks.getNetworkFirmwareUpgrades({ networkId });
  return all.products?.cloudGateway?.currentVersion?.firmware ?? all.timezone ?? '';
}

export async function ping(meraki: Meraki, serial: string): Promise<DeviceLiveToolsPing> {
  const job = await meraki.devices.createDeviceLiveToolsPing({ serial, body: { target: 'example.com' } });
  return meraki.devices.getDeviceLiveToolsPing({ serial, id: job.pingId ?? '' });
}

export function quality(profile: NetworkCameraQualityRetentionProfileVideoSettings): string {
  return profile.MV32?.resolution ?? '1080x1080';
}

export function rename(networkId: string, name: string) {
  return updateNetwork({ networkId, body: { name } });
}
`;

/** Functions around many operations of an API, in the ways in which people call them. */
function consumerOf({ groups }: ApiDescription, lines: number): string {
  const body: string[] = [];
  const types = new Set([
    'NetworkFirmwareUpgrades',
    'DeviceLiveToolsPing',
    'NetworkCameraQualityRetentionProfileVideoSettings',
  ]);
  const operations = groups.flatMap((group) => group.operations);
  for (const [index, operation] of operations.entries()) {
    if (index % 7 !== 0 || !takesInput(operation) || body.length > lines) continue;
    const { name, group, types: own } = operation;
    types.add(own.input);
    if (!operation.pagination) types.add(own.response);
    const result = operation.pagination ? '' : `: Promise<${own.response}>`;
    body.push(
      '',
      `export async function try${own.input}(meraki: Meraki, input: ${own.input})${result} {`,
      `  const answer = await meraki.${group}.${name}(input);`,
      `  return answer;`,
      '}',
    );
  }
  const names = [...types].toSorted().map((name) => `  type ${name},`);
  return `import {\n  type Meraki,\n${names.join('\n')}\n} from '@acme/meraki';\nimport { updateNetwork } from '@acme/meraki/batch/networks';\n${written}${body.join('\n')}\n`;
}

/** Where TypeScript itself refuses the code with a package, as its lines. */
async function refused(folder: string, sources: string): Promise<readonly string[]> {
  const config = {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      types: [],
      paths: {
        '@acme/meraki': [`./${sources}/src/index.ts`],
        '@acme/meraki/*': [`./${sources}/src/*.ts`],
      },
    },
    files: ['dashboard.ts'],
  };
  writeFileSync(join(folder, 'check.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const argv = [tsc, '-p', 'check.json', '--pretty', 'false'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: folder }).catch(
    (error: { readonly stdout: string }) => error,
  );
  return [...stdout.matchAll(/^(dashboard\.ts)\((\d+),\d+\): error/gm)].map(
    ([, file, line]) => `${file}:${line}`,
  );
}

test.skipIf(!existsSync(shared))(
  'code of 400 lines compiles after two real updates, or each place that does not is listed',
  { timeout: 600_000 },
  async () => {
    const versions = ['1.36.0', '1.39.0', '1.40.0'];
    const target = { input: documentOf('1.36.0'), dialect: 'meraki' };
    const read = await readApi(target, new Diagnostics());
    const code = read ? consumerOf(read.api, 320) : '';
    expect(code.split('\n').length).toBeGreaterThanOrEqual(400);
    const folder = folderWith({ 'dashboard.ts': code });
    for (const version of versions)
      await run(
        folder,
        'generate',
        '--input',
        documentOf(version),
        '--output',
        version,
        '--name',
        '@acme/meraki',
        '--dialect',
        'meraki',
      );
    expect(await refused(folder, '1.36.0')).toEqual([]);

    const { stderr } = await run(
      folder,
      'migrate',
      '--from',
      '1.36.0',
      '--to',
      '1.39.0',
      'dashboard.ts',
    );
    const open = [...stderr.matchAll(/^(dashboard\.ts:\d+): /gm)].map(([, place]) => place ?? '');
    expect(open.toSorted()).toEqual((await refused(folder, '1.39.0')).toSorted());
    expect(open.length).toBeGreaterThan(0);

    const next = await run(folder, 'migrate', '--from', '1.39.0', '--to', '1.40.0', 'dashboard.ts');
    const later = [...next.stderr.matchAll(/^(dashboard\.ts:\d+): /gm)].map(
      ([, place]) => place ?? '',
    );
    const all = new Set([...open, ...later]);
    const left = await refused(folder, '1.40.0');
    expect(left.filter((place) => !all.has(place))).toEqual([]);
    console.log(
      `${open.length} and ${later.length} places listed; ${left.length} refused in the end`,
    );
    expect(readFileSync(join(folder, 'dashboard.ts'), 'utf8')).toContain('DeviceLiveToolsPing');
  },
);
