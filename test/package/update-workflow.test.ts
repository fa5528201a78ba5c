import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './blocks.ts';

interface Workflow {
  readonly jobs: {
    readonly update: {
      readonly steps: readonly { readonly name?: string; readonly run?: string }[];
    };
  };
}

const text = await readFile(`${root}docs/publishing/update-client.yaml`, 'utf8');
// The file is the project's own.
const { steps } = (parse(text) as Workflow).jobs.update;
const before = await readFile(`${root}test/package/fixtures/inventory.yaml`, 'utf8');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-workflow-'));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'temp'));
  const programs = {
    npx: `#!/bin/sh\nshift\nexec "${process.execPath}" "${root}dist/bin/cli.js" "$@"\n`,
    curl: '#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp vendor.yaml "$2"\n',
  };
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), script);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  await writeFile(join(folder, 'openapi.yaml'), before);
  const targets = { inventory: { input: 'openapi.yaml', output: 'client' } };
  await writeFile(join(folder, 'batchwright.config.json'), JSON.stringify({ targets }));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a step as the runner does: with `bash -e`. */
async function step(name: string): Promise<void> {
  const script = steps.find((each) => each.name === name)?.run ?? 'exit 9';
  const env = {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    RUNNER_TEMP: join(folder, 'temp'),
    GITHUB_OUTPUT: join(folder, 'temp', 'outputs'),
    DOCUMENT: 'openapi.yaml',
    DOCUMENT_URL: 'http://127.0.0.1:1/openapi.yaml',
  };
  await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, env });
}

function outputs(): Promise<string> {
  return readFile(join(folder, 'temp', 'outputs'), 'utf8');
}

test.each([
  ['a removed operation', before.replace('  /report:', '  /reports:'), 'major'],
  [
    'a new operation',
    `${before.replace(/components:[^]*/, '')}  /new:\n    get: { operationId: getNew, responses: { '204': { description: None } } }\n${/components:[^]*/.exec(before)?.[0] ?? ''}`,
    'minor',
  ],
])('the workflow fetches, compares and generates: %s', async (_, now, advice) => {
  await writeFile(join(folder, 'vendor.yaml'), now);
  await step('Fetch the document');
  await step('Compare');
  await step('Generate');

  expect(await outputs()).toBe(`changed=true\nadvice=${advice}\n`);
  expect(await readFile(join(folder, 'temp', 'changes.md'), 'utf8')).toMatch(`**${advice}**`);
  expect(await readFile(join(folder, 'openapi.yaml'), 'utf8')).toBe(now);
  expect(await readFile(join(folder, 'client', 'api.md'), 'utf8')).toContain('updateSite');
});

test('the workflow stops at a document that is as it was', async () => {
  await writeFile(join(folder, 'vendor.yaml'), before);
  await step('Fetch the document');
  await step('Compare');
  expect(await outputs()).toBe('changed=false\n');
});

test('the workflow fails at a document that no reader takes', async () => {
  await writeFile(join(folder, 'vendor.yaml'), 'openapi: 3.0.3\n');
  await expect(step('Fetch the document')).rejects.toThrow();
});
