// The command as it is built: it goes on until it is ended.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const bin = fileURLToPath(new URL('../../../dist/bin/cli.js', import.meta.url));
const timeout = 60_000;

let child: ChildProcessWithoutNullStreams | undefined;
let said = '';

afterEach(async () => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'close');
});

function watch(folder: string): void {
  said = '';
  child = spawn(process.execPath, [bin, 'generate', '--watch'], { cwd: folder });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
}

/** What it says until it waits once more. */
async function round(): Promise<string> {
  const end = 'Waiting for a change.\n';
  while (!said.includes(end)) await new Promise((resolve) => setTimeout(resolve, 20));
  const at = said.indexOf(end) + end.length;
  const text = said.slice(0, at);
  said = said.slice(at);
  return text;
}

const { '/owners': _, ...pets } = Object(petStore['paths']);
const smaller = JSON.stringify({ ...petStore, paths: pets });

const template = (text: string): string =>
  `export const template = { name: 'note', files: () => [{ path: 'note.md', text: '${text}' }] };\n`;

function project(members: object = {}): string {
  const target = { input: 'api.json', output: 'client', ...members };
  return folderWith({
    'api.json': JSON.stringify(petStore),
    'other.json': JSON.stringify(petStore),
    'overlay.yaml':
      "overlay: 1.0.0\ninfo: { title: t, version: '1' }\nactions:\n  - target: $.info\n    update: { version: One }\n",
    'note.ts': template('one'),
    'batchwright.config.ts': `export default { targets: { pets: ${JSON.stringify(target)}, other: { input: 'other.json', output: 'second' } } };\n`,
  });
}

test(
  'a change of a document generates its target again, and shows the diff since the watch began',
  { timeout },
  async () => {
    const folder = project();
    watch(folder);
    const first = await round();
    expect(first).toContain('pets: 3 operations');
    expect(first).toContain('other: 3 operations');

    writeFileSync(join(folder, 'api.json'), smaller);
    const second = await round();
    expect(second).toContain('pets: 2 operations');
    expect(second).not.toContain('other:');
    expect(second).toContain('Since the watch began:\nOn the wire\n');
    expect(second).toMatch(/major: \d+ of \d+ changes break/);

    writeFileSync(join(folder, 'api.json'), JSON.stringify(petStore));
    expect(await round()).toContain('Since the watch began:\nnone: nothing changed.');
  },
);

test(
  'a document that is broken for a while is said, and taken up when it is whole',
  { timeout },
  async () => {
    const folder = project();
    watch(folder);
    await round();
    writeFileSync(join(folder, 'api.json'), '{');
    expect(await round()).toContain('load/syntax');
    // As many editors write a file.
    writeFileSync(join(folder, 'api.json~'), smaller);
    renameSync(join(folder, 'api.json~'), join(folder, 'api.json'));
    expect(await round()).toContain('pets: 2 operations');
  },
);

test.each([
  ['an overlay', 'overlay.yaml', 'One', 'Two', 'client/src/index.ts', 'Two'],
  ['a template', 'note.ts', 'one', 'two', 'client/note.md', 'two'],
  [
    'the configuration',
    'batchwright.config.ts',
    '"client"',
    '"elsewhere"',
    'elsewhere/note.md',
    'one',
  ],
])('a change of %s generates again', { timeout }, async (_, file, from, to, output, text) => {
  const folder = project({ overlays: ['overlay.yaml'], templates: ['./note.ts'] });
  watch(folder);
  await round();
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  await round();
  expect(readFileSync(join(folder, output), 'utf8')).toContain(text);
});

test.each([['--check'], ['--format', 'json']])('%s does not go with it', async (...argv) => {
  const { code, stderr } = await run(project(), 'generate', '--watch', ...argv);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('`--watch`') });
});
