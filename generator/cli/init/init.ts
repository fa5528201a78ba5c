import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageNames } from '../../complete/package-names.ts';
import { findConfig, locate } from '../../config/load.ts';
import { Diagnostics } from '../../diagnostics/diagnostics.ts';
import { plural, reportDiagnostics } from '../../diagnostics/format.ts';
import { readApi } from '../../read-api.ts';
import { countsOf } from '../counts.ts';
import { type InitFlags, targetOf } from '../flags.ts';
import { paintFor, type Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { configText } from './config-text.ts';
import { originUrl } from './origin-url.ts';

const usualNames = ['openapi', 'swagger', 'api'].flatMap((name) =>
  ['yaml', 'yml', 'json'].map((end) => `${name}.${end}`),
);

/** `batchwright init`. Resolves to the exit code. */
export async function initCommand(
  document: string | undefined,
  flags: InitFlags,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr, folder } = terminal;
  const known = findConfig(folder);
  if (known !== undefined)
    throw new UsageError(`There is a configuration already: ${relative(folder, known)}.`);

  const found = usualNames.find((name) => existsSync(join(folder, name)));
  const input = document ?? (await answer('Document (file or URL)', found, terminal));
  if (input === undefined)
    throw new UsageError('`batchwright init` needs a document: batchwright init openapi.yaml.');
  const diagnostics = new Diagnostics();
  const options = await targetOf(flags);
  const read = await readApi(locate({ ...options, input }, folder), diagnostics);
  const shown = { paint: paintFor(stderr), folder, verbose: flags.verbose === true };
  stderr.write(reportDiagnostics(diagnostics.list, shown));
  if (!read) return 1;

  const { operations, batchable, paginated } = countsOf(read.api);
  const batches = read.dialect ? ` (${read.dialect.name})` : '';
  stdout.write(
    `${input}: ${plural(operations, 'operation')}, ${batchable} batchable${batches}, ${paginated} paginated\n`,
  );
  const title = packageNames({}, read.api).packageName;
  const output = flags.output ?? (await answer('Folder of the package', 'client', terminal));
  const name = flags.name ?? (await answer('Name of the package', title, terminal)) ?? title;
  // What npm does not take for a name is refused here as it is with a flag.
  await targetOf({ name });
  const file = 'batchwright.config.ts';
  const text = configText({
    input,
    output: output ?? 'client',
    name,
    dialect: read.dialect?.name,
    lenient: flags.lenient,
    repository: await originUrl(folder),
  });
  await writeFile(join(folder, file), text, { flag: 'wx' });
  stdout.write(`${file} is written. Next: npx batchwright generate\n`);
  return 0;
}

/** What the person at the terminal says; the default where they say nothing, or nobody is there. */
async function answer(
  question: string,
  usual: string | undefined,
  { ask }: Terminal,
): Promise<string | undefined> {
  const said = await ask?.(`${question}${usual === undefined ? '' : ` [${usual}]`}: `);
  return said?.trim() || usual;
}
