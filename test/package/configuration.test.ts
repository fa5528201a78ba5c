import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project } from 'ts-morph';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../generator/cli/run.ts';
import { codeBlocks, root } from './blocks.ts';

const page = 'docs/configuration.md';
const examples = codeBlocks(page, 'ts').filter(({ label }) => label === 'target');

test('docs/configuration.md has a heading with an example for every member of a target, and no other', () => {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const members = project
    .addSourceFileAtPath(`${root}generator/config/config.ts`)
    .getInterfaceOrThrow('Target')
    .getProperties()
    .map((member) => member.getName());
  expect(examples.map(({ heading }) => heading).toSorted()).toEqual(members.toSorted());
});

describe('the example of', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'batchwright-configuration-'));
    await cp(`${root}test/package/fixtures/inventory.yaml`, join(folder, 'openapi.yaml'));
    const overlay = codeBlocks(page, 'yaml').find(({ label }) => label === 'overlay');
    await writeFile(join(folder, 'corrections.yaml'), overlay?.text ?? '');
    const template = codeBlocks('README.md', 'ts').find(({ label }) => label === 'template');
    await writeFile(join(folder, 'routes.ts'), template?.text ?? '');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each(examples.map(({ heading, text }) => [heading, text] as const))(
    '`%s` generates a package',
    async (_, text) => {
      const config = `export default { targets: {\n${text}} };\n`;
      await writeFile(join(folder, 'batchwright.config.ts'), config);
      const { code, stdout, stderr } = await run(folder, 'generate');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^inventory: \d+ operations/);
    },
  );
});
