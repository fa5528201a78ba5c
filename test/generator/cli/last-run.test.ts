// A run that repeats the last one only compares; the command as it is built, since only that knows
// its own code.
import { createServer } from 'node:http';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { digest } from '../../../generator/write/manifest.ts';
import {
  config,
  document,
  generate,
  generated,
  repeated,
  replaceIn,
  usual,
} from './repeated-run.ts';
import { petStore, type Result } from './run.ts';

test('reports the same while nothing changes, with and without --check', async () => {
  const folder = folderWith({ 'pets.json': document });
  await generate(folder);
  const again = await generate(folder);
  const check = await generate(folder, ...usual, '--check');
  expect(again.stderr).toContain(repeated);
  expect(again.stdout).toBe('out: 3 operations, 1 batchable, 1 paginated; out is up to date\n');
  expect(check).toMatchObject({ code: 0, stdout: again.stdout });
  expect(check.stderr).toContain(repeated);
});

test('repeats the warnings of the document', async () => {
  const twice = document.replace('"openapi":', '"openapi": "3.0.3", "openapi":');
  const folder = folderWith({ 'pets.json': twice });
  const [first, second] = [await generate(folder), await generate(folder)];
  const warning = /pets\.json:1:\d+: warning load\/duplicate-key: [^\n]+\n/;
  expect(second.stderr).toContain(repeated);
  expect(warning.exec(second.stderr)?.[0]).toBe(warning.exec(first.stderr)?.[0] ?? '');
});

test('says as JSON what it says where nothing is remembered', async () => {
  const folder = folderWith({ 'pets.json': document });
  await generate(folder);
  const [full, short] = [
    await generate(folder, ...usual, '--format', 'json', '--force'),
    await generate(folder, ...usual, '--format', 'json'),
  ];
  const plain = ({ stdout }: Result): unknown => {
    const { milliseconds: _, targets, ...rest } = JSON.parse(stdout);
    return { ...rest, targets: targets.map((one: object) => ({ ...one, milliseconds: 0 })) };
  };
  expect(plain(short)).toEqual(plain(full));
});

const edits: Readonly<Record<string, (folder: string) => void>> = {
  'the document': (folder) => replaceIn(join(folder, 'pets.json'), 'listOwners', 'listKeepers'),
  'a blank of the document': (folder) => replaceIn(join(folder, 'pets.json'), '{', '{ '),
  'an output file': (folder) => replaceIn(join(folder, 'out/src/client.ts'), 'https', 'http'),
  'an output file that is removed': (folder) => rmSync(join(folder, 'out/src/client.ts')),
  'an output file that is now a link': (folder) => {
    const file = join(folder, 'out/src/client.ts');
    renameSync(file, join(folder, 'moved.ts'));
    symlinkSync(join(folder, 'moved.ts'), file);
  },
  'an output file that is now a folder': (folder) => {
    rmSync(join(folder, 'out/src/client.ts'));
    mkdirSync(join(folder, 'out/src/client.ts'));
  },
  'a record that is now a link': (folder) => {
    const file = join(folder, 'out/.batchwright.json');
    renameSync(file, join(folder, 'moved.json'));
    symlinkSync(join(folder, 'moved.json'), file);
  },
  'a folder of the output that is now a link': (folder) => {
    renameSync(join(folder, 'out/src'), join(folder, 'moved'));
    symlinkSync(join(folder, 'moved'), join(folder, 'out/src'));
  },
  'an output file together with its record': (folder) => {
    const file = join(folder, 'out/src/client.ts');
    const before = digest(readFileSync(file));
    replaceIn(file, 'https', 'http');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// more\n`);
    replaceIn(join(folder, 'out/.batchwright.json'), before, digest(readFileSync(file)));
  },
  'the record': (folder) =>
    replaceIn(join(folder, 'out/.batchwright.json'), 'src/index.ts', 'x.ts'),
  'no record': (folder) => rmSync(join(folder, 'out/.batchwright.json')),
  'what is remembered, cut short': (folder) => {
    const runs = join(folder, 'cache/batchwright/runs');
    for (const name of readdirSync(runs)) {
      const text = readFileSync(join(runs, name), 'utf8');
      writeFileSync(join(runs, name), text.slice(0, 20));
    }
  },
};

test.each(['an edit', 'its removal'])('sees %s of an overlay', async (what) => {
  const overlay = `overlay: 1.0.0\ninfo: { title: t, version: '1' }\nactions:\n  - target: $.info\n    update: { description: One }\n`;
  const target = { input: 'pets.json', output: 'out', overlays: ['overlay.yaml'] };
  const folder = folderWith({
    'pets.json': document,
    'overlay.yaml': overlay,
    'batchwright.config.json': JSON.stringify({ targets: { pets: target } }),
  });
  const run = (): Promise<Result> => generate(folder, '--config', 'batchwright.config.json');
  await run();
  expect((await run()).stderr).toContain(repeated);
  if (what === 'an edit') replaceIn(join(folder, 'overlay.yaml'), 'One', 'Two');
  else rmSync(join(folder, 'overlay.yaml'));
  expect((await run()).stderr).not.toContain(repeated);
});

test.for(Object.entries(edits))(
  'does all of its work again after a change of %s',
  async ([, edit]) => {
    const folder = await generated();
    edit(folder);
    const { stderr } = await generate(folder, ...usual, '--check');
    expect(stderr).not.toContain(repeated);
  },
);

test('fails a check where somebody changed a file and its record', async () => {
  const folder = await generated();
  edits['an output file together with its record']?.(folder);
  expect(await generate(folder, ...usual, '--check')).toMatchObject({ code: 1 });
});

test.for([
  ['another name', ['--name', 'other']],
  ['another dialect', ['--dialect', 'axapi']],
  ['leniency', ['--lenient']],
  ['hosts of references', ['--allow-remote-refs', 'example.com']],
  ['--force', ['--force']],
] as const)('does all of its work again for %s', async ([, flags]) => {
  const folder = await generated();
  expect((await generate(folder, ...usual, ...flags)).stderr).not.toContain(repeated);
});

const split = JSON.stringify({
  ...petStore,
  components: { schemas: { Pet: { $ref: 'parts/pet.json#/Pet' } } },
});
const pet = JSON.stringify({ Pet: { type: 'object', properties: { name: { type: 'string' } } } });

test.for([
  ['changes', (folder: string) => replaceIn(join(folder, 'parts/pet.json'), 'name', 'title')],
  ['is removed', (folder: string) => rmSync(join(folder, 'parts/pet.json'))],
  [
    'is now elsewhere',
    (folder: string) => {
      cpSync(join(folder, 'parts'), join(folder, 'other'), { recursive: true });
      rmSync(join(folder, 'parts'), { recursive: true });
      symlinkSync(join(folder, 'other'), join(folder, 'parts'));
    },
  ],
] as const)('does all of its work again where a file it refers to %s', async ([, edit]) => {
  const folder = await generated({ 'pets.json': split, 'parts/pet.json': pet });
  edit(folder);
  expect((await generate(folder)).stderr).not.toContain(repeated);
});

test('does all of its work again where a file it missed is there now', async () => {
  const broken = ['--lenient', ...usual];
  const folder = folderWith({ 'pets.json': split });
  await generate(folder, ...broken);
  expect((await generate(folder, ...broken)).stderr).toContain(repeated);
  mkdirSync(join(folder, 'parts'));
  writeFileSync(join(folder, 'parts/pet.json'), pet);
  expect((await generate(folder, ...broken)).stderr).not.toContain(repeated);
});

test('reads a URL again each time', async () => {
  const folder = folderWith({});
  let text = document;
  const server = createServer((_, answer) => void answer.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const call = ['--input', `http://127.0.0.1:${port}/pets.json`, '--output', 'out'];
  try {
    await generate(folder, ...call);
    text = document.replaceAll('listOwners', 'listKeepers');
    const { code, stderr } = await generate(folder, ...call, '--check');
    expect(stderr).toContain('write/differs');
    expect(code).toBe(1);
  } finally {
    server.close();
  }
});

test('does all of its work again where other templates are chosen', async () => {
  const folder = folderWith({ 'pets.json': document, 'batchwright.config.json': config({}) });
  const call = ['--config', 'batchwright.config.json'];
  await generate(folder, ...call);
  expect((await generate(folder, ...call)).stderr).toContain(repeated);
  writeFileSync(join(folder, 'batchwright.config.json'), config(['zod']));
  expect((await generate(folder, ...call)).stdout).toMatch(/\d+ new/);
  expect((await generate(folder, ...call)).stderr).toContain(repeated);
  writeFileSync(join(folder, 'batchwright.config.json'), config({ 'api-listing': false }));
  expect((await generate(folder, ...call)).stdout).toMatch(/\d+ removed/);
});

test('asks templates of others each time, as they may look at anything', async () => {
  const template =
    "export const template = { name: 'note', files: () => [{ path: 'note.txt', text: 'one' }] };";
  const folder = folderWith({
    'pets.json': document,
    'batchwright.config.json': config(['./note.mjs']),
    'note.mjs': template,
  });
  const call = ['--config', 'batchwright.config.json'];
  await generate(folder, ...call);
  writeFileSync(join(folder, 'note.mjs'), template.replace('one', 'two'));
  expect((await generate(folder, ...call)).stdout).toMatch(/1 changed/);
});

test('remembers nothing of a run that failed', async () => {
  const folder = folderWith({ 'pets.json': document });
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out/README.md'), 'mine');
  expect(await generate(folder)).toMatchObject({ code: 1 });
  const second = await generate(folder);
  expect(second).toMatchObject({ code: 1 });
  expect(second.stderr).not.toContain(repeated);
});
