import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { install, type Installed } from '../cli/installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));
const example = (name: string): string =>
  readFileSync(new URL(`../../examples/fleet/${name}`, import.meta.url), 'utf8');

interface Compose {
  readonly services: {
    readonly worker: {
      readonly command: readonly string[];
      readonly environment: Readonly<Record<string, string>>;
    };
  };
}

interface Deployment {
  readonly kind: 'Deployment';
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [
          {
            readonly args: readonly string[];
            readonly env: readonly { readonly name: string }[];
          },
        ];
      };
    };
  };
}

interface Secret {
  readonly kind: 'Secret';
  readonly stringData: Readonly<Record<string, string>>;
}

const { worker } = (parse(example('compose.yaml')) as Compose).services;
const manifests = parseAllDocuments(example('kubernetes.yaml')).map(
  (document) => document.toJS() as Deployment | Secret,
);
const secret = manifests.find((one) => one.kind === 'Secret')!;
const [container] = manifests.find((one) => one.kind === 'Deployment')!.spec.template.spec
  .containers;

describe('the containers of a fleet', { timeout: 60_000 }, () => {
  let cli: Installed;
  beforeAll(async () => {
    cli = await install(generated('meraki'), generated('meraki-cli'));
  }, 60_000);
  afterAll(() => cli[Symbol.asyncDispose]());

  test.each([
    ['compose.yaml', worker.command, worker.environment],
    ['kubernetes.yaml', container.args, secret.stringData],
  ] as const)('%s starts a worker with settings that it knows', async (_, command, settings) => {
    // Nothing listens there: that it asks for nothing else is what is seen.
    const database = 'postgresql://fleet@127.0.0.1:1/fleet';
    const env = { ...settings, MERAKI_DATABASE: database };
    const { code, stderr } = await cli.run(command, { env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^meraki: A fleet needs/)]);
  });

  test('kubernetes.yaml sets each variable that the arguments name', () => {
    const named = container.args.flatMap((text) => [...text.matchAll(/\$\((\w+)\)/g)]);
    const set = container.env.map(({ name }) => name);
    expect(named.map(([, name]) => name).toSorted()).toEqual(set.toSorted());
  });

  test('the database that they name is one that the command line takes', () => {
    for (const text of [worker.environment, secret.stringData])
      expect(text['MERAKI_DATABASE']).toMatch(/^postgresql:\/\/fleet:/);
  });
});
