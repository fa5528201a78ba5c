import { expect, test } from 'vitest';
import { checkConfig } from '../../../generator/config/check.ts';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';

function check(value: unknown): readonly string[] {
  const diagnostics = new Diagnostics();
  const config = checkConfig(value, '/x/batchwright.config.ts', diagnostics);
  expect(config === undefined).toBe(diagnostics.failed);
  return diagnostics.list.map(({ pointer, message }) => `${pointer ?? ''}: ${message}`);
}

const target = { input: 'openapi.yaml', output: 'client' };

test('takes a configuration that says everything', () => {
  const full = {
    ...target,
    dialect: 'meraki',
    name: '@acme/meraki',
    package: { license: 'MIT' },
    templates: ['./template.ts', { name: 'x', files: () => [] }],
    overrides: { 'create /x': 'createX', 'update /x': false },
    resource: 'entry',
    pagination: {
      listX: { direction: 'prev' },
      listY: false,
      listZ: { paging: { kind: 'page', param: 'page', first: 0 }, items: ['data'] },
    },
    queryStyle: 'brackets',
    lenient: true,
    allowRemoteRefs: ['example.com', 'localhost:8080', '[::1]:80'],
  };
  expect(check({ targets: { full } })).toEqual([]);
});

test.each([undefined, null, 'text', [], () => ({})])('refuses %o as a configuration', (value) => {
  expect(check(value)).toEqual([': The configuration has no default export.']);
});

test.each([{}, { targets: {} }, { targets: [target] }])(
  'refuses a lack of targets: %o',
  (value) => {
    expect(check(value)).toEqual([
      '/targets: `targets` must be an object with at least one target.',
    ]);
  },
);

test('names what was meant by a misspelt option', () => {
  expect(check({ targets: { x: { ...target, ouput: 'y' } }, target: 1 })).toEqual([
    '/target: There is no option `target`. Did you mean `targets`?',
    '/targets/x/ouput: There is no option `ouput`. Did you mean `output`?',
  ]);
});

test('reports every fault at once, with its pointer', () => {
  expect(
    check({ targets: { 'a/b': { input: '', lenient: 'yes', name: 'Not A Name' }, c: 1 } }),
  ).toEqual([
    '/targets/a~1b/input: `input` must be a string that is not empty.',
    '/targets/a~1b/output: `output` must be a string that is not empty.',
    '/targets/a~1b/name: `name` must be a package name such as `meraki` or `@acme/meraki`.',
    '/targets/a~1b/lenient: `lenient` must be true or false.',
    '/targets/c: The target `c` must be an object.',
  ]);
});

test.each([
  ['allowRemoteRefs', ['https://example.com']],
  ['allowRemoteRefs', 'example.com'],
  ['templates', [1]],
  ['templates', './template.ts'],
  ['templates', { readme: 1 }],
  ['templates', { readme: null }],
  ['overrides', { 'create /x': true }],
  ['pagination', { listX: 'next' }],
  ['queryStyle', 'commas'],
  ['resource', 'both'],
  ['dialect', {}],
  ['package', []],
])('refuses %s: %j', (key, value) => {
  expect(check({ targets: { x: { ...target, [key]: value } } })).toEqual([
    expect.stringContaining(`/targets/x/${key}: \`${key}\` must be `),
  ]);
});

test.each([
  { direction: 'back' },
  { items: 'data' },
  { itmes: ['data'] },
  { paging: { kind: 'pages' } },
  { paging: { kind: 'cursor', param: 'after' } },
  { paging: { kind: 'offset', param: 'from', cursor: ['next'] } },
  { paging: { kind: 'constructor' } },
])('refuses %o as how an operation pages', (pagination) => {
  const messages = check({ targets: { a: { ...target, pagination: { listX: pagination } } } });
  expect(messages).toEqual([
    expect.stringMatching(/^\/targets\/a\/pagination: `pagination` must be/),
  ]);
});
