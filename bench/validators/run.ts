import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { emitted, libraries } from '../../test/validators/emitted.ts';
import {
  type Case,
  compare,
  documentOf,
  type Draft,
  drafts,
  isPresent,
  readCases,
} from '../../test/validators/suite.ts';
import { pageOf } from './page.ts';
import { type Answers, peerAnswers } from './peer-answers.ts';
import { type Peer, peers, versionOf } from './peers.ts';
import type { Asked, Column, DraftResult, Results, Tally } from './results.ts';

// What the validators of batchwright and of other generators say beside the JSON Schema Test Suite. Each
// keyword that is done is written at once, so that a generator that takes too long costs only its own figures.

const help = `Usage: npm run bench:validators -- [options]

  --only NAMES   columns to measure again, by parts of their names: orval,kubb
  --minutes N    how long a peer may take for a draft (default 6)
  --help`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    minutes: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit();
}
if (!isPresent) {
  console.error(
    'The JSON Schema Test Suite is absent: set JSON_SCHEMA_TESTS to its folder `tests`',
  );
  process.exit(1);
}

const resultsPath = 'bench/validators/results.json';
const pagePath = 'docs/validators.md';
const folder = mkdtempSync(join(tmpdir(), 'batchwright-validators-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

// The drafts are the keys.
const asked = Object.fromEntries(
  drafts.map((draft) => [draft.folder, askedOf(draft)]),
) as Results['asked'];
// What this program wrote.
let { columns } = JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;

// A peer whose turn does not come is in the table too.
const untried: DraftResult = { keywords: {}, failures: [], unfinished: 'it was not tried' };
for (const peer of peers)
  if (!columns.some(({ name }) => name === peer.name))
    columns = columns.concat({
      name: peer.name,
      version: versionOf(peer),
      drafts: { draft4: untried, 'draft2020-12': untried },
    });
await write();
for (const library of Object.keys(libraries))
  await fill({ name: library }, (draft) => ownResult(library, draft));
for (const peer of peers)
  await fill({ name: peer.name, version: versionOf(peer) }, (draft, save) =>
    peerResult(peer, draft, save),
  );
const pageText = await format(pageOf(measured()), {
  ...(await resolveConfig(resolve(pagePath))),
  filepath: pagePath,
});
writeFileSync(pagePath, pageText);

async function write(): Promise<void> {
  const text = JSON.stringify(measured());
  writeFileSync(
    resultsPath,
    await format(text, { parser: 'json', printWidth: 100, singleQuote: true }),
  );
}

function measured(): Results {
  const own = columns.filter(({ version }) => version === undefined);
  const others = columns.filter(({ version }) => version !== undefined);
  return { node: process.version, asked, columns: [...own, ...others] };
}

type Save = (result: DraftResult) => Promise<void>;

/** Measures a column draft by draft. One that is measured already stays, where `--only` names others. */
async function fill(
  column: Omit<Column, 'drafts'>,
  resultOf: (draft: Draft, save: Save) => Promise<DraftResult>,
): Promise<void> {
  if (!options.only.split(',').some((part) => column.name.includes(part.trim()))) return;
  for (const draft of drafts) {
    const save: Save = async (result) => {
      const before = columns.find(({ name }) => name === column.name);
      const after = { ...column, drafts: { ...before?.drafts, [draft.folder]: result } };
      columns = before
        ? columns.map((one) => (one === before ? after : one))
        : columns.concat(after);
      await write();
    };
    const result = await resultOf(draft, save);
    await save(result);
    const tallies = Object.values(result.keywords);
    const agreed = tallies.reduce((sum, one) => sum + one.agreed, 0);
    const total = tallies.reduce((sum, one) => sum + one.total, 0);
    console.log(column.name, draft.folder, `${agreed} of ${total}`, result.unfinished ?? '');
  }
}

function askedOf(draft: Draft): Asked {
  const { cases, apart } = readCases(draft);
  const tests = Object.entries(talliesOf(cases, [])).map(([keyword, { total }]) => [
    keyword,
    total,
  ]);
  const reasons = new Map<string, number>();
  for (const { why } of apart) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  return { tests: Object.fromEntries(tests), apart: Object.fromEntries(reasons) };
}

/** All schemas of a draft are one document. */
async function ownResult(library: string, draft: Draft): Promise<DraftResult> {
  const { cases } = readCases(draft);
  const place = join(folder, `${library.replace(' ', '-')}-${draft.folder}`);
  const document = documentOf(draft, cases);
  const { validate } = await emitted(document, library, place, resolve('node_modules'));
  const { disagreements } = compare(cases, validate);
  const differing = disagreements.map(({ keyword }) => keyword);
  return { keywords: talliesOf(cases, differing), failures: [] };
}

/** The tests of each keyword, where those of a list of keywords are answered otherwise. */
function talliesOf(cases: readonly Case[], differing: readonly string[]): Record<string, Tally> {
  const tallies: Record<string, Tally> = {};
  for (const { keyword, tests } of cases) {
    const { agreed, total } = tallies[keyword] ?? { agreed: 0, total: 0 };
    tallies[keyword] = { agreed: agreed + tests.length, total: total + tests.length };
  }
  for (const keyword of differing) {
    const { agreed, total } = tallies[keyword] ?? { agreed: 1, total: 1 };
    tallies[keyword] = { agreed: agreed - 1, total };
  }
  return tallies;
}

/** Each keyword is a document; where the peer fails at one, each half of it, down to one schema. */
async function peerResult(peer: Peer, draft: Draft, save: Save): Promise<DraftResult> {
  const minutes = Number(options.minutes);
  const end = Date.now() + minutes * 60_000;
  const keywords: Record<string, Tally> = {};
  const failures: string[] = [];
  const unfinished = `it took more than ${minutes} minutes`;
  let count = 0;

  const attempt = async (cases: readonly Case[]): Promise<number | undefined> => {
    if (Date.now() > end) return undefined;
    const place = join(folder, `${peer.name.replace(/\W+/g, '-')}-${draft.folder}-${count++}`);
    try {
      return agreedOf(cases, await peerAnswers(peer, draft, cases, place));
    } catch {
      const [first] = cases;
      if (cases.length === 1 && first) {
        failures.push(`${first.keyword}: ${first.description}`);
        return 0;
      }
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
    const half = Math.ceil(cases.length / 2);
    const left = await attempt(cases.slice(0, half));
    const right = await attempt(cases.slice(half));
    return left === undefined || right === undefined ? undefined : left + right;
  };

  const { cases } = readCases(draft);
  for (const [keyword, { total }] of Object.entries(talliesOf(cases, []))) {
    const agreed = await attempt(cases.filter((one) => one.keyword === keyword));
    if (agreed === undefined) return { keywords, failures, unfinished };
    keywords[keyword] = { agreed, total };
    await save({ keywords, failures, unfinished });
  }
  return { keywords, failures };
}

function agreedOf(cases: readonly Case[], answers: Answers): number {
  const agreed = cases.flatMap(({ tests }, place) =>
    tests.filter(({ valid }, index) => answers[place]?.[index] === valid),
  );
  return agreed.length;
}
