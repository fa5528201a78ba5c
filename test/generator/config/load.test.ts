import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findConfig, loadConfig } from '../../../generator/config/load.ts';
import { loadTemplates } from '../../../generator/config/templates.ts';
import type { KnownTemplates, Template } from '../../../generator/template.ts';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { folderWith } from './files.ts';

async function load(file: string) {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(file, diagnostics);
  return { targets: config && Object.fromEntries(config.targets), faults: diagnostics.list };
}

const target = `{ input: 'openapi.yaml', output: 'client' }`;

test('finds the nearest configuration above a folder', () => {
  const folder = folderWith({
    'batchwright.config.ts': '',
    'a/batchwright.config.json': '',
    'a/b/c.txt': '',
    'd/c.txt': '',
  });
  expect(findConfig(join(folder, 'a', 'b'))).toBe(join(folder, 'a', 'batchwright.config.json'));
  expect(findConfig(join(folder, 'd'))).toBe(join(folder, 'batchwright.config.ts'));
});

test.each([
  [
    'batchwright.config.ts',
    `const x: string = 'x'; export default { targets: { [x]: ${target} } };`,
  ],
  ['batchwright.config.mts', `export default { targets: { x: ${target} } };`],
  ['batchwright.config.mjs', `export default { targets: { x: ${target} } };`],
  ['batchwright.config.js', `module.exports = { targets: { x: ${target} } };`],
  ['batchwright.config.json', `\uFEFF{"targets":{"x":{"input":"openapi.yaml","output":"client"}}}`],
])('loads %s, and takes its paths from there', async (name, text) => {
  const folder = folderWith({ [`deep/${name}`]: text });
  expect(await load(join(folder, 'deep', name))).toEqual({
    targets: {
      x: { input: join(folder, 'deep', 'openapi.yaml'), output: join(folder, 'deep', 'client') },
    },
    faults: [],
  });
});

test.each(['-', 'https://example.com/openapi.yaml'])(
  'leaves the input %s as it is',
  async (input) => {
    const text = JSON.stringify({ targets: { x: { input, output: 'client' } } });
    const folder = folderWith({ 'batchwright.config.json': text });
    const { targets } = await load(join(folder, 'batchwright.config.json'));
    expect(targets?.['x']?.input).toBe(input);
  },
);

test('offers defineConfig to a configuration that has no batchwright installed beside it', async () => {
  const folder = folderWith({
    'batchwright.config.ts': `import { defineConfig, type Target } from 'batchwright';
const x: Target = ${target};
export default defineConfig({ targets: { x } });`,
  });
  const { targets, faults } = await load(join(folder, 'batchwright.config.ts'));
  expect(faults).toEqual([]);
  expect(Object.keys(targets ?? {})).toEqual(['x']);
});

test('says where a configuration throws', async () => {
  const folder = folderWith({
    'batchwright.config.ts': `const x: number = 1;\nthrow new Error('no ' + x);\nexport default {};`,
  });
  const file = join(folder, 'batchwright.config.ts');
  expect((await load(file)).faults).toEqual([
    {
      code: 'config/unreadable',
      severity: 'error',
      message: 'The configuration cannot be loaded: no 1',
      file,
      line: 2,
      column: 7,
    },
  ]);
});

test.each([
  ['batchwright.config.ts', 'export default {'],
  ['batchwright.config.mjs', 'export default {'],
  ['batchwright.config.json', '{"targets":'],
  ['batchwright.config.ts', `import './missing.ts'; export default {};`],
  ['batchwright.config.mjs', `throw 'no';`],
])('refuses %s that reads %j', async (name, text) => {
  const folder = folderWith({ [name]: text });
  const { targets, faults } = await load(join(folder, name));
  expect(targets).toBeUndefined();
  expect(faults).toMatchObject([{ code: 'config/unreadable', file: join(folder, name) }]);
});

test('refuses a configuration that does not exist', async () => {
  const { faults } = await load(join(folderWith({}), 'batchwright.config.json'));
  expect(faults).toMatchObject([
    { message: 'The configuration cannot be loaded: no such file or directory (ENOENT)' },
  ]);
});

test.each([
  ['client', './client/'],
  ['client', 'client/inner'],
  ['.', 'client'],
])('refuses two outputs of which one is inside the other: %s and %s', async (one, other) => {
  const targets = { a: { input: 'x', output: one }, b: { input: 'x', output: other } };
  const folder = folderWith({ 'batchwright.config.json': JSON.stringify({ targets }) });
  const { faults } = await load(join(folder, 'batchwright.config.json'));
  expect(faults).toMatchObject([{ code: 'config/overlap', pointer: '/targets/b/output' }]);
});

const known: KnownTemplates = { standard: [], optIn: new Map() };

test('loads the templates that a target names', async () => {
  const template = `import { banner, type Template } from 'batchwright/template';
const template: Template = { name: 'own', files: () => [{ path: 'own.ts', text: banner }] };
export default template;`;
  const folder = folderWith({
    'template.ts': template,
    'node_modules/packaged/package.json': '{"type":"module","exports":{"import":"./x.js"}}',
    'node_modules/packaged/x.js': `export default { name: 'packaged', files: () => [] };`,
  });
  const diagnostics = new Diagnostics();
  const templates = [join(folder, 'template.ts'), 'packaged', { name: 'inline', files: () => [] }];
  const loaded = await loadTemplates({ templates }, known, folder, diagnostics);
  expect(diagnostics.list).toEqual([]);
  expect(loaded.map(({ name }) => name)).toEqual(['own', 'packaged', 'inline']);
});

test('switches templates off, replaces and adds them by name', async () => {
  const template = (name: string): Template => ({ name, files: () => [] });
  const standard = [template('client'), template('readme'), template('api-listing')];
  const optIn = new Map(
    ['schemas', 'handlers'].map((name) => [name, async () => ({ template: template(name) })]),
  );
  const own = template('own-readme');
  const routes = template('routes');
  const templates = { readme: own, 'api-listing': false, schemas: true, routes };
  const diagnostics = new Diagnostics();
  const loaded = await loadTemplates({ templates }, { standard, optIn }, '', diagnostics);
  expect(diagnostics.list).toEqual([]);
  expect(loaded.map(({ name }) => name)).toEqual(['client', 'own-readme', 'schemas', 'routes']);
});

test.each([
  ['reamde', false, 'There is no template `reamde`. Did you mean `readme`?'],
  ['zod', true, 'There is no template `zod`.'],
])('says that there is no template %s to be %s', async (name, choice, message) => {
  const standard = [{ name: 'readme', files: () => [] }];
  const diagnostics = new Diagnostics();
  const templates = { [name]: choice };
  await loadTemplates({ templates }, { standard, optIn: new Map() }, '', diagnostics);
  expect(diagnostics.list).toMatchObject([{ code: 'config/template', message }]);
});

test.each([
  ['missing', /^The template `missing` cannot be loaded: /],
  ['./wrong.mjs', /wrong\.mjs` is not a template\.$/],
])('says that %s is no template', async (name, message) => {
  const folder = folderWith({ 'wrong.mjs': 'export default {};' });
  const templates = [name.startsWith('.') ? join(folder, name) : name];
  const diagnostics = new Diagnostics();
  await loadTemplates({ templates }, known, folder, diagnostics);
  expect(diagnostics.list).toMatchObject([{ code: 'config/template' }]);
  expect(diagnostics.list[0]?.message).toMatch(message);
});
