import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../../support/compile.ts';
import { packageOf } from './package.ts';

/** A document and a program against its package; a line under `// @ts-expect-error` must not compile. */
export interface Program {
  readonly document: string;
  readonly code: string;
}

/** The errors of each program by its name, all found in one run of the compiler. */
export async function errorsOf(
  programs: Readonly<Record<string, Program>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-programs-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const homes = new Map<string, string>();
    for (const [name, { document, code }] of Object.entries(programs)) {
      const home = `p${homes.size}`;
      homes.set(home, name);
      const { folder: emitted } = await packageOf(document);
      await rename(emitted, join(folder, home));
      await writeFile(join(folder, home, 'program.ts'), code);
    }
    const lines = await compile(folder, ['*/program.ts']);
    return Object.fromEntries(
      [...homes].map(([home, name]) => [
        name,
        lines.filter((line) => line.startsWith(`${home}/`)).map((line) => line.replace(home, '')),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
