import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Target } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import { root } from './blocks.ts';
import { document } from './validator-cases.ts';

/** Packages with schemas, in a temporary folder that holds the document of the cases. */
export class SchemaPackages {
  readonly #library: string | undefined;
  #folder = '';

  /** @param library What the packages find in `node_modules`. */
  constructor(library?: string) {
    this.#library = library;
  }

  /** The folder of all packages. */
  get folder(): string {
    return this.#folder;
  }

  /** The document of the cases. */
  get input(): string {
    return join(this.#folder, 'openapi.yaml');
  }

  async open(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'batchwright-schemas-'));
    await writeFile(this.input, document);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  /** The folder of a package that is generated without an error. */
  async emit(name: string, input: string, templates: Target['templates']): Promise<string> {
    const output = join(this.#folder, name);
    const { diagnostics } = await generate({ input, output, templates });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (this.#library === undefined) return output;
    await mkdir(join(output, 'node_modules'));
    const link = join(output, 'node_modules', this.#library);
    await symlink(`${root}node_modules/${this.#library}`, link, 'junction');
    return output;
  }
}
