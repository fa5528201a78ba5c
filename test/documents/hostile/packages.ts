import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../../generator/template.ts';
import { compile } from '../../support/compile.ts';

/** Packages that are compiled in one run; their copies of the run-time are one. */
export class Packages {
  readonly #folder: Promise<string> = mkdtemp(join(tmpdir(), 'batchwright-hostile-'));
  readonly #names = new Map<string, string>();
  readonly #runtime = new Map<string, string>();

  /** Takes a package, if none like it is there. */
  async add(name: string, files: readonly OutputFile[]): Promise<void> {
    const own: OutputFile[] = [];
    for (const file of files) {
      if (file.path.startsWith('src/runtime/')) this.#runtime.set(file.path.slice(4), file.text);
      else if (file.path.endsWith('.ts')) own.push(file);
    }
    const digest = createHash('sha256').update(JSON.stringify(own)).digest('hex').slice(0, 16);
    if (own.length === 0 || [...this.#names.values()].includes(digest)) return;
    this.#names.set(name, digest);
    const root = await this.#folder;
    for (const { path, text } of own) await write(join(root, digest, path), text);
    await symlink(join(root, 'runtime'), join(root, digest, 'src/runtime'), 'junction');
  }

  /** What TypeScript has to say, with the name of the package in front. */
  async errors(): Promise<readonly string[]> {
    const root = await this.#folder;
    await write(join(root, 'package.json'), '{ "type": "module" }');
    for (const [path, text] of this.#runtime) await write(join(root, path), text);
    const errors = await compile(root, ['*/src/*.ts', '*/src/batch/*.ts']);
    const names = new Map([...this.#names].map(([name, digest]) => [digest, name]));
    return errors.map((error) => `${names.get(error.split('/')[0] ?? '')}: ${error}`);
  }

  get count(): number {
    return this.#names.size;
  }

  async remove(): Promise<void> {
    await rm(await this.#folder, { recursive: true, force: true });
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
