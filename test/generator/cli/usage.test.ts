import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { run } from './run.ts';

const folder = folderWith({
  'batchwright.config.json': JSON.stringify({
    targets: {
      pets: { input: 'pets.json', output: 'out/pets' },
      owners: { input: 'owners.json', output: 'out/owners' },
    },
  }),
});

const ofGenerate =
  'There are: --config, --input, --output, --name, --check, --force, --watch, --format, --dialect, ' +
  '--lenient, --allow-remote-refs, --verbose, --version, --help.';
const ofInspect =
  'There are: --json, --dialect, --lenient, --allow-remote-refs, --verbose, --version, --help.';

test.each([
  [['genrate'], 'There is no command `genrate`. Did you mean `generate`?'],
  [
    ['frobnicate'],
    'There is no command `frobnicate`. There are: init, generate, inspect, validate, diff, migrate, explore.',
  ],
  [['--chekc', 'generate'], 'There is no option `--chekc`. Did you mean `--check`?'],
  [['generate', '-x'], `There is no option \`-x\`. ${ofGenerate}`],
  [['generate', '--frobnicate'], `There is no option \`--frobnicate\`. ${ofGenerate}`],
  [['generate', '--json'], `The command \`generate\` has no option \`--json\`. ${ofGenerate}`],
  [['inspect', 'x', '--force'], `The command \`inspect\` has no option \`--force\`. ${ofInspect}`],
  [['--force'], 'batchwright without a command has no option `--force`. Name a command first.'],
  [['generate', '--input'], '`--input` needs a value: --input <document>'],
  [['generate', '--input', '--check'], '`--input` needs a value: --input <document>'],
  [
    ['generate', '--allow-remote-refs'],
    '`--allow-remote-refs` needs a value: --allow-remote-refs <host>',
  ],
  [['generate', '--check=yes'], '`--check` takes no value; leave out `=yes`.'],
  [['inspect'], '`inspect` needs <document>: batchwright inspect <document>'],
  [['inspect', 'a', 'b'], '`inspect` has no use for `b`: batchwright inspect <document>'],
  [['generate', '--format', 'xml'], '`--format` must be text or json.'],
  [['generate', 'pet'], 'The configuration has no target `pet`. Did you mean `pets`?'],
  [['generate', '--input', 'x'], '`--input` is for one target; name it: pets, owners.'],
  [['generate', '--output', 'x'], '`--output` is for one target; name it: pets, owners.'],
  [
    ['generate', 'pets', '--dialect', 'meraky'],
    'There is no dialect `meraky`. Did you mean `meraki`?',
  ],
  [
    ['generate', 'pets', '--name', 'A b'],
    '`--name A b` must be a package name such as `meraki` or `@acme/meraki`.',
  ],
  [
    ['generate', '--allow-remote-refs', 'https://example.com'],
    '`--allow-remote-refs https://example.com` must be a host such as `example.com` or `localhost:8080`.',
  ],
])('refuses %j with exit code 2', async (argv, message) => {
  expect(await run(folder, ...argv)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${message}\nRun \`batchwright --help\` for what there is.\n`,
  });
});

test('asks for a configuration or a document where there is neither', async () => {
  const { code, stderr } = await run(folderWith({}), 'generate', '--input', 'x');
  expect(stderr).toContain('Write one, or give --input and --output.');
  expect(code).toBe(2);
});

test('reports a faulty configuration with exit code 2', async () => {
  const faulty = folderWith({ 'my.json': '{"targets":{"x":{"inptu":"a","output":"b"}}}' });
  expect(await run(faulty, 'generate', '--config', 'my.json')).toEqual({
    code: 2,
    stdout: '',
    stderr: `my.json: error config/invalid: There is no option \`inptu\`. Did you mean \`input\`?
    at /targets/x/inptu
my.json: error config/invalid: \`input\` must be a string that is not empty.
    at /targets/x/input
`,
  });
});

test('shows help, with an example of each command, and exits with 0', async () => {
  const { code, stdout } = await run(folder, '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('  $ batchwright generate --input openapi.yaml');
  expect(stdout).toContain('  $ batchwright inspect openapi.yaml');
});

test.each(['generate', 'inspect'])('shows the help of %s, whatever else is given', async (name) => {
  const { code, stdout, stderr } = await run(folder, name, '--verbose', '-h');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^batchwright/.*\\n\\nUsage:\\n  \\$ batchwright ${name} `));
  expect(stdout).toContain('Examples:');
});

test('shows help and exits with 2 where no command is given', async () => {
  const { code, stdout } = await run(folder);
  expect(code).toBe(2);
  expect(stdout).toContain('Commands:');
});

test('tells its version', async () => {
  expect((await run(folder, '--version')).stdout).toMatch(/^batchwright\/\d+\.\d+\.\d+ .+\n$/);
});
