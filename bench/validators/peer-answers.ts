import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Case, Draft } from '../../test/validators/suite.ts';
import { modules, type Peer, peerDocument } from './peers.ts';

/** What a validator answers to the tests of each case, in their order; null where it throws. */
export type Answers = readonly (readonly (boolean | null)[])[];

/** A process that takes longer is stopped, with those that it started. */
const LONGEST = 60_000;

/** What the validators answer that a peer emits for the cases. Throws where it emits none that load. */
export async function peerAnswers(
  peer: Peer,
  draft: Draft,
  cases: readonly Case[],
  folder: string,
): Promise<Answers> {
  await mkdir(folder, { recursive: true });
  await symlink(modules, join(folder, 'node_modules'), 'junction');
  const questions = cases.map(({ name, tests }) => ({
    schemaName: peer.schemaName(name),
    values: tests.map(({ data }) => data),
  }));
  const files = {
    ...peer.settings,
    'openapi.json': JSON.stringify(peerDocument(draft, cases)),
    'questions.json': JSON.stringify(questions),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const [command = '', ...rest] = peer.command;
  await outputOf([join(modules, command), ...rest], folder);
  await bundle(folder);
  const answer = resolve('bench/validators/answer.mjs');
  // What `answer.mjs` prints.
  return JSON.parse(await outputOf([answer, 'built.mjs', 'questions.json'], folder)) as Answers;
}

async function bundle(folder: string): Promise<void> {
  const out = join(folder, 'out');
  const paths = existsSync(out) ? readdirSync(out, { recursive: true, encoding: 'utf8' }) : [];
  const modulePaths = paths.filter((path) => path.endsWith('.ts'));
  if (modulePaths.length === 0) throw new Error('it writes no module');
  await build({
    stdin: {
      contents: modulePaths.map((path) => `export * from './out/${path}';`).join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    outfile: join(folder, 'built.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
}

/** What a program of Node prints. Throws where it fails or takes too long. */
async function outputOf(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((fulfill, reject) => {
    const env = { ...process.env, DO_NOT_TRACK: '1' };
    const child = spawn(process.execPath, [...args], {
      cwd,
      env,
      // A group of its own, so that what it starts stops with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(new Error(`it takes longer than ${LONGEST / 1000} s`));
    }, LONGEST);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) fulfill(output);
      else reject(new Error(`it ends with ${code}`));
    });
  });
}
