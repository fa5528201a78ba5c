import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import {
  type InterfaceDeclaration,
  type JSDocableNode,
  Node,
  Project,
  type TypeAliasDeclaration,
} from 'ts-morph';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownTemplates } from '../../templates/index.ts';
import { run } from '../generator/cli/run.ts';
import { codeBlocks, root } from './blocks.ts';

const page = 'docs/templates.md';
const blocks = codeBlocks(page, 'ts');
const textOf = (label: string): string => blocks.find((one) => one.label === label)?.text ?? '';

test('docs/template-reference.md has every member of the representation', async () => {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const sections = [
    'api',
    'ir',
    'param',
    'declared-type',
    'paging',
    'batch-binding',
    'batch',
  ].flatMap((name) =>
    project
      .addSourceFileAtPath(`${root}generator/ir/${name}.ts`)
      .getStatements()
      .filter((one) => Node.isInterfaceDeclaration(one) || Node.isTypeAliasDeclaration(one))
      .filter((one) => one.isExported())
      .map(sectionOf),
  );
  const text = `# The intermediate representation

The types that \`batchwright/template\` exports: what [templates](templates.md) see of an API. \`npx vitest run test/package/templates-page.test.ts -u\` writes this page from the sources.

${sections.join('\n')}`;
  const formatted = await format(text, { parser: 'markdown', printWidth: 100, singleQuote: true });
  await expect(formatted).toMatchFileSnapshot(`${root}docs/template-reference.md`);
});

function sectionOf(declared: InterfaceDeclaration | TypeAliasDeclaration): string {
  const doc = docOf(declared);
  const head = `## ${declared.getName()}\n\n${doc === '' ? '' : `${doc}\n\n`}`;
  if (Node.isTypeAliasDeclaration(declared))
    return `${head}\`\`\`ts\n${declared.getText().replaceAll(/\/\*\*[\s\S]*?\*\/\s*/g, '')}\n\`\`\`\n`;
  const bases = declared.getExtends().map((base) => `All of \`${base.getText()}\`, and:\n\n`);
  const rows = declared.getProperties().map((property) => {
    const type = property.getTypeNode()?.getText() ?? '';
    const name = property.getName() + (property.hasQuestionToken() ? '?' : '');
    const shown = type.replaceAll(/\/\*\*.*?\*\//g, '').replace(/\| undefined$/, '');
    return `| \`${name}\` | ${cell(`\`${shown.trim()}\``)} | ${cell(docOf(property))} |\n`;
  });
  return `${head}${bases.join('')}| member | type | meaning |\n| --- | --- | --- |\n${rows.join('')}`;
}

function docOf(node: JSDocableNode): string {
  return node
    .getJsDocs()
    .map((doc) => doc.getCommentText() ?? '')
    .join(' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`');
}

function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`);
}

test('the page lists the templates that come with batchwright', async () => {
  const text = await readFile(root + page, 'utf8');
  const tables = text.split(/^\| name +\|/m).slice(1);
  const names = tables.flatMap((table) =>
    [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name),
  );
  const { standard, optIn } = knownTemplates;
  expect(names).toEqual(
    expect.arrayContaining([...standard.map(({ name }) => name), ...optIn.keys()]),
  );
  expect(names.length).toBe(standard.length + optIn.size);
});

describe('the examples of docs/templates.md', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'batchwright-templates-'));
    await cp(`${root}test/package/fixtures/inventory.yaml`, join(folder, 'openapi.yaml'));
    await writeFile(join(folder, 'routes.ts'), textOf('template'));
    await writeFile(join(folder, 'labels.ts'), textOf('kit'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function generated(targets: string): Promise<(file: string) => Promise<string>> {
    const config = `export default { targets: {\n${targets}} };\n`;
    await writeFile(join(folder, 'batchwright.config.ts'), config);
    expect(await run(folder, 'generate')).toMatchObject({ code: 0, stderr: '' });
    return (file) => readFile(join(folder, 'client', file), 'utf8');
  }

  const choices = blocks.filter(({ label }) => label === 'target').map(({ text }) => text);

  test.each(choices)('choose templates: %s', async (targets) => {
    const read = await generated(targets);
    expect(await read('src/routes.ts')).toContain('export const routes: readonly string[] = [\n');
    expect(JSON.parse(await read('package.json')).exports).toHaveProperty('./routes');
  });

  test('print with the kit', async () => {
    const read = await generated(
      "inventory: { input: 'openapi.yaml', output: 'client', templates: ['./labels.ts'] },",
    );
    expect(await read('src/labels.ts')).toContain("import { titleCase } from 'title-case';\n");
    expect(JSON.parse(await read('package.json')).dependencies).toEqual({ 'title-case': '^4.3.2' });
  });
});
