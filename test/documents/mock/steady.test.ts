import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generate } from '../../../generator/generate.ts';
import {
  alternatives,
  type Document,
  type Input,
  inputOf,
  type Operation,
  operationsOf,
  requestOf,
} from './document.ts';
import { callEmitted, faultsOf, functionOf, type Tamper } from './emitted.ts';
import type { Extent } from './sample.ts';
import { type Steady, startSteady } from './steady.ts';

/**
 * Every emitted function is called with inputs made of the document, and Steady validates each
 * request against it. What Steady cannot see (a parameter that is lost, a list without its
 * brackets) shows by comparing the request with what the input stands for.
 */
const documents = [
  { name: 'the embedded document', path: '../../../specs/meraki/openapi.yaml' },
  { name: '1.42.0', path: '../../../../shared/specs/meraki-v1.42.0.json', counts: [667, 193] },
];

for (const { name, path, counts } of documents) {
  const input = fileURLToPath(new URL(path, import.meta.url));
  const present = existsSync(input);
  const unless = present ? '' : ' (skipped: ../shared/specs is absent)';
  const document = present ? read(input) : { paths: {}, 'x-batchable-actions': [] };
  const operations = operationsOf(document);
  const entries = document['x-batchable-actions'];

  describe.skipIf(!present)(`a mock server of ${name}${unless}`, { timeout: 120_000 }, () => {
    let output: string;
    let steady: Steady;

    beforeAll(async () => {
      output = await mkdtemp(join(tmpdir(), 'batchwright-mock-'));
      steady = await startSteady(input);
      await generate({ input, output, name: 'meraki' });
    }, 120_000);

    afterAll(async () => {
      await steady?.[Symbol.asyncDispose]();
      await rm(output, { recursive: true, force: true });
    });

    const operation = (id: string): Operation =>
      operations.find(({ operationId }) => operationId === id)!;

    async function judge(called: Operation, given: Input, tamper?: Tamper): Promise<string[]> {
      const exchange = await callEmitted(output, steady.origin, called, given, tamper);
      return faultsOf(called, given, exchange);
    }

    /** Calls every function, with each alternative of its parameters. */
    async function judgeAll(extent: Extent) {
      const calls = operations.flatMap((called) =>
        Array.from({ length: alternatives(called) }, (_, index) => [called, index] as const),
      );
      const accepted = new Set<string>();
      const faults: string[] = [];
      await inParallel(calls, async ([called, index]) => {
        const found = await judge(called, inputOf(called, extent, index));
        faults.push(...found.map((fault) => `${called.operationId}: ${fault}`));
        if (found.length === 0) accepted.add(called.operationId);
      });
      return { faults, accepted: accepted.size };
    }

    if (counts)
      test('knows every operation and action that the vendor published', () => {
        expect([operations.length, entries.length]).toEqual(counts);
      });

    test(`accepts all ${operations.length} functions, given what is required`, async () => {
      expect(await judgeAll('required')).toEqual({ faults: [], accepted: operations.length });
    });

    test(`accepts all ${operations.length} functions, given everything`, async () => {
      expect(await judgeAll('everything')).toEqual({ faults: [], accepted: operations.length });
    });

    /** Every action that the package can build, beside the request that it stands for. */
    async function buildAll() {
      const built = await Promise.all(
        operations.map(async (called) => {
          const module = `batch/${called.tags[0]}`;
          if (!existsSync(join(output, 'src', `${module}.ts`))) return [];
          const build = await functionOf<object>(output, module, called.operationId);
          if (!build) return [];
          const given = inputOf(called, 'everything');
          return [{ action: build(given), request: requestOf(called, given) }];
        }),
      );
      return built.flat();
    }

    test(`builds all ${entries.length} actions as their requests`, async () => {
      const verbs = (await buildAll()).map(({ action, request: { path: resource, body } }) => {
        const { operation: verb, ...rest } = JSON.parse(JSON.stringify(action));
        expect(rest).toEqual(body === undefined ? { resource } : { resource, body });
        return verb;
      });
      expect(verbs.toSorted()).toEqual(entries.map((entry) => entry.operation).toSorted());
    });

    test.each([
      { confirmed: true, synchronous: true, size: 20 },
      { confirmed: false, synchronous: false, size: 100 },
    ])(`accepts all ${entries.length} actions, $size in a batch`, async ({ size, ...flags }) => {
      const actions = (await buildAll()).map(({ action }) => action);
      for (let start = 0; start < actions.length; start += size) {
        const body = { ...flags, actions: actions.slice(start, start + size) };
        const given = { organizationId: '1', body };
        expect(await judge(operation('createOrganizationActionBatch'), given)).toEqual([]);
      }
    });

    describe('finds fault with', () => {
      test('a body of the wrong type', async () => {
        const given = { serial: 'Q', body: { name: 5 } };
        expect(await judge(operation('updateDevice'), given)).toEqual([
          'E3008 at body.name: Expected type string, got number',
        ]);
      });

      test('a wrong value of an enum in a body', async () => {
        const given = { networkId: 'N', body: { mode: 'star' } };
        expect(await judge(operation('updateNetworkApplianceVpnSiteToSiteVpn'), given)).toEqual([
          'E3016 at body.mode: Value "star" is not in allowed values',
        ]);
      });

      test('a wrong value of an enum in the query', async () => {
        const given = { organizationId: '1', productTypes: ['toaster'] };
        expect(await judge(operation('getOrganizationDevices'), given)).toEqual([
          'E3016 at query.productTypes.0: Value "toaster" is not in allowed values',
        ]);
      });

      test('a body without a member that is required', async () => {
        const given = { organizationId: '1', body: { confirmed: true } };
        expect(await judge(operation('createOrganizationActionBatch'), given)).toEqual([
          'E3007 at body: Missing required property: actions',
        ]);
      });

      test('an action that is none', async () => {
        const body = { actions: [{ resource: '/networks/1' }] };
        const given = { organizationId: '1', body };
        expect(await judge(operation('createOrganizationActionBatch'), given)).toEqual([
          'E3007 at body.actions.0: Missing required property: operation',
        ]);
      });

      test('a parameter that is missing', async () => {
        const given = { organizationId: '1' };
        expect(await judge(operation('getOrganizationClientsSearch'), given)).toEqual([
          'E3002 at query.mac: Missing required query parameter: mac',
        ]);
      });

      test('a parameter that is lost', async () => {
        const given = { organizationId: '1', name: 'a' };
        const lose = (url: URL): void => url.searchParams.delete('name');
        expect(await judge(operation('getOrganizationDevices'), given, lose)).toEqual([
          'query: [], not [["name","a"]]',
        ]);
      });

      test('a list without brackets', async () => {
        const given = { organizationId: '1', macs: ['a'] };
        const strip = (url: URL): void => {
          url.search = url.search.replaceAll('%5B%5D', '');
        };
        expect(await judge(operation('getOrganizationDevices'), given, strip)).toEqual([
          'query: [["macs","a"]], not [["macs[]","a"]]',
        ]);
      });

      test('a path that is another operation', async () => {
        const given = { networkId: 'N', clientId: 'a' };
        const other = (url: URL): void => {
          url.pathname = '/networks/N/devices';
        };
        expect(await judge(operation('getNetworkClient'), given, other)).toEqual([
          'path: "/networks/N/devices", not "/networks/N/clients/a"',
        ]);
      });
    });
  });
}

/** A document is trusted to have the form that is read of it. JSON is YAML, but slower to read as such. */
function read(file: string): Document {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? JSON.parse(text) : parse(text);
}

/** Runs a job for each item, a few at a time. */
async function inParallel<T>(items: readonly T[], job: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await job(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
