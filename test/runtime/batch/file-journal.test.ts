import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  JournalError,
  type Journal,
  type JournalEntry,
} from '../../../templates/runtime/batch/journal/journal.ts';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import { bench, organizationId, ports } from './fixtures.ts';
import { bundled } from './soak/process.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
let path = '';
let serial = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
beforeEach(() => {
  serial += 1;
  path = join(folder, `journal-${serial}.jsonl`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const draft = (batch: number): JournalEntry => ({
  type: 'draft',
  batch,
  attempt: 0,
  id: `é${batch}`,
});

async function reasonOf(work: PromiseLike<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof JournalError) return error.reason;
    throw error;
  }
  return 'none';
}

/** Opens a journal and closes it again; the reason where it is refused. */
async function opening(journal: Journal): Promise<string> {
  const reason = await reasonOf(journal.open());
  if (reason === 'none') await journal.close();
  return reason;
}

/** Lock lines, as another process would leave them. */
function lockLine(over: object): string {
  return `${JSON.stringify({ type: 'lock', token: crypto.randomUUID(), ...over })}\n`;
}

test('what was written is there when the journal is opened again', async () => {
  const journal = fileJournal(path);
  expect(await journal.open()).toEqual([]);
  await Promise.all([draft(0), draft(1), draft(2)].map((entry) => journal.append(entry)));
  await journal.close();
  expect(await journal.open()).toEqual([draft(0), draft(1), draft(2)]);
  await journal.close();
});

test('a line is one change of state, as JSON', async () => {
  await using at = await bench();
  await at.batch.run(ports(3), { organizationId, journal: fileJournal(path) });
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as JournalEntry).type)).toEqual([
    'lock',
    'run',
    'batch',
    'planned',
    'others',
    'submit',
    'draft',
    'confirm',
    'done',
    'unlock',
  ]);
});

test('only its owner may read it', async () => {
  const journal = fileJournal(path);
  await journal.open();
  await journal.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

describe('a line that a crash has torn', () => {
  test('is ignored, wherever it ends, and what comes later is not', async () => {
    const journal = fileJournal(path);
    await journal.open();
    for (const entry of [draft(0), draft(1)]) await journal.append(entry);
    await journal.close();
    const whole = await readFile(path);
    const starts = [...whole.keys()].filter((at) => at === 0 || whole[at - 1] === 10);
    for (let length = 0; length <= whole.length; length += 1) {
      await writeFile(path, whole.subarray(0, length));
      // A line is whole also without its end of line.
      const lines = starts.filter((start) => length >= whole.indexOf(10, start)).length;
      const kept = [draft(0), draft(1)].slice(0, Math.max(0, Math.min(2, lines - 1)));
      expect(await journal.open(), `cut at ${length}`).toEqual(kept);
      await journal.append(draft(7));
      await journal.close();
      expect(await journal.open(), `cut at ${length}, resumed`).toEqual([...kept, draft(7)]);
      await journal.close();
    }
  });

  test('in the middle is damage, and named', async () => {
    await writeFile(
      path,
      `${JSON.stringify(draft(0))}\n{"type":"dra\n${JSON.stringify(draft(1))}\n`,
    );
    await expect(fileJournal(path).open()).rejects.toThrow(/is damaged in line 2/);
  });

  test('a run resumes from it', async () => {
    await using at = await bench();
    await at.batch.run(ports(150), { organizationId, journal: fileJournal(path) });
    const { size } = await stat(path);
    await truncate(path, size - 150);
    const outcomes = await at.batch.resume(fileJournal(path));
    expect(outcomes.flat().every(({ status }) => status === 'applied')).toBe(true);
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });
});

describe('two at a time', () => {
  test('of one journal object are refused', async () => {
    const journal = fileJournal(path);
    await journal.open();
    expect(await reasonOf(journal.open())).toBe('in-use');
    await journal.close();
  });

  test('of one process are refused', async () => {
    const journal = fileJournal(path);
    await journal.open();
    expect(await reasonOf(fileJournal(path).open())).toBe('in-use');
    await journal.close();
    expect(await opening(fileJournal(path))).toBe('none');
  });

  test('of two processes are refused, with the name of the other', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    try {
      const started = await startOf(other.pid ?? 0);
      await writeFile(path, lockLine({ pid: other.pid, host: host(), started }));
      const before = await readFile(path, 'utf8');
      await expect(fileJournal(path).open()).rejects.toThrow(
        `is in use by process ${other.pid} on ${host()}`,
      );
      expect(await readFile(path, 'utf8')).toBe(before);
    } finally {
      other.kill('SIGKILL');
    }
  });

  test('that come at the same moment: one has it', async () => {
    const journals = Array.from({ length: 20 }, () => fileJournal(path));
    const reasons = await Promise.all(journals.map((journal) => reasonOf(journal.open())));
    await Promise.all(journals.map((journal) => journal.close()));
    expect(reasons.filter((reason) => reason === 'none')).toHaveLength(1);
  });

  test('on another machine are refused, unless one knows better', async () => {
    await writeFile(path, lockLine({ pid: 1, host: 'elsewhere' }));
    expect(await reasonOf(fileJournal(path).open())).toBe('in-use');
    expect(await opening(fileJournal(path, { takeOver: true }))).toBe('none');
  });
});

describe('what a process held is free', () => {
  test('when it has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(path, lockLine({ pid, host: host() }));
    expect(await opening(fileJournal(path))).toBe('none');
  });

  test('when its id belongs to a later process', async () => {
    await writeFile(path, lockLine({ pid: process.pid, host: host(), started: 'long ago' }));
    expect(await opening(fileJournal(path))).toBe('none');
  });
});

describe('a journal that cannot be written', () => {
  test.skipIf(process.getuid?.() === 0)(
    'is refused before anything is sent (skipped for root, who may write anything)',
    async () => {
      await writeFile(path, '');
      await chmod(path, 0o400);
      await using at = await bench();
      const run = at.batch.run(ports(3), { organizationId, journal: fileJournal(path) });
      expect(await reasonOf(run)).toBe('unwritable');
      expect(at.simulator.seen).toEqual([]);
    },
  );

  test('because its folder is missing is refused', async () => {
    await using at = await bench();
    const journal = fileJournal(join(folder, 'missing', 'journal.jsonl'));
    await expect(at.batch.run(ports(3), { organizationId, journal }).outcomes()).rejects.toThrow(
      /cannot be written: ENOENT/,
    );
    expect(at.simulator.seen).toEqual([]);
  });

  test('because it is not a file is refused', async () => {
    await expect(fileJournal('/dev/null').open()).rejects.toThrow(/it is not a file/);
  });

  test.skipIf(process.platform === 'win32')(
    'because there is no room is refused before anything is sent (not on Windows)',
    async () => {
      await using at = await bench();
      const script = await bundled('child', folder);
      // Files of this process may have 4 kB, which its plan exceeds.
      const limited = spawn('sh', [
        '-c',
        'ulimit -f 8; exec "$0" "$@"',
        process.execPath,
        script,
        at.simulator.baseUrl,
        path,
        '500',
        '1',
        '1',
      ]);
      let errors = '';
      limited.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      const code = await new Promise((resolve) => limited.on('close', resolve));
      expect(code).toBe(1);
      expect(errors).toContain('The journal cannot be written: EFBIG');
      expect(at.simulator.seen).toEqual([]);
    },
  );
});

function host(): string {
  return spawnSync(process.execPath, ['-p', 'require("node:os").hostname()'])
    .stdout.toString()
    .trim();
}

async function startOf(pid: number): Promise<string | undefined> {
  const api = await import('../../../templates/runtime/batch/journal/node-api.ts');
  return api.startOf(pid);
}

describe('a journal is read, and still checked, whose lines end', () => {
  test.for([
    ['as on Windows', '\r\n'],
    ['with a space', ' \n'],
    ['with a tab', '\t\n'],
  ] as const)('%s', async ([, end]) => {
    const journal = fileJournal(path);
    await journal.open();
    for (const entry of [draft(0), draft(1)]) await journal.append(entry);
    await journal.close();
    const text = (await readFile(path, 'utf8')).replaceAll('\n', end);
    await writeFile(path, text);
    const again = fileJournal(path);
    expect(await again.open()).toEqual([draft(0), draft(1)]);
    await again.close();
    await writeFile(path, text.replace('é1', 'é7'));
    expect(await opening(fileJournal(path))).toBe('damaged');
  });
});
