import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
} from '../../../templates/runtime/batch/journal/journal.ts';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import type { Outcome } from '../../../templates/runtime/batch/outcome/outcome.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  type Bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
} from '../batch/fixtures.ts';
import { killed } from '../batch/soak/killed.ts';
import { bundled } from '../batch/soak/process.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

let folder = '';

let path = '';

let serial = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-faults-'));
  // One test reads it as another user.
  await chmod(folder, 0o755);
});

beforeEach(() => {
  serial += 1;
  path = join(folder, `journal-${serial}.jsonl`);
});

afterAll(() => rm(folder, { recursive: true }));

function count(outcomes: readonly Outcome[], status: Outcome['status']): number {
  return outcomes.filter((outcome) => outcome.status === status).length;
}

async function reasonOf(work: PromiseLike<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof JournalError) return error.reason;
    throw error;
  }
  return 'none';
}

const network = createNetwork({ organizationId, body: { name: 'HQ', n: 0 } });

const small = [
  network,
  createVlan({ networkId: ref(network), body: { id: '1', name: 'x', n: 1 } }),
  ...ports(30, 2),
];

/** A server on which a run ended after so many lines of its journal, and the line that it was writing. */
async function endedAfter(
  lines: number,
  further: boolean,
): Promise<{ readonly at: Bench; readonly text: string; readonly next: string }> {
  const at = await bench();
  const written: string[] = [];
  let next = '';
  const journal: Journal = {
    open: () => Promise.resolve([]),
    append: (entry: JournalEntry) => {
      const line = `${JSON.stringify(entry)}\n`;
      // Nothing happens any more once the process is dead.
      const dead = new Promise<void>(() => {});
      if (written.length >= lines) {
        next ||= line;
        return dead;
      }
      written.push(line);
      return written.length < lines || further ? Promise.resolve() : dead;
    },
    close: () => Promise.resolve(),
  };
  const run = at.batch.run(small, { organizationId, mode: 'sync', journal });
  run.then(
    () => {},
    () => {},
  );
  await at.clock.sleep(60_000);
  return { at, text: written.join(''), next };
}

test('R75: after kill -9 at any byte of the journal, resuming loses nothing and repeats nothing', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const host = spawnSync(process.execPath, ['-p', 'os.hostname()']).stdout.toString().trim();
  const lock = `${JSON.stringify({ type: 'lock', token: crypto.randomUUID(), pid, host })}\n`;
  // No byte of the next line, some of them, and all but its end of line.
  const cuts = [
    () => 0,
    (length: number, lines: number) => 1 + Math.floor((length - 2) * ((lines * 0.37) % 1)),
    (length: number) => length - 1,
  ];
  let torn = 0;
  let isWhole = false;
  for (let lines = 0; !isWhole; lines += 1) {
    for (const [index, cut] of cuts.entries()) {
      const { at, text, next } = await endedAfter(lines, index > 0);
      await using _ = at;
      const bytes = next === '' ? 0 : cut(next.length, lines);
      await writeFile(path, lock + text + next.slice(0, bytes));
      if (bytes > 0) torn += 1;
      isWhole = index > 0 && next === '';
      const plan = at.batch.plan(small, { mode: 'sync' });
      const journal = fileJournal(path);
      const run = at.batch.run(plan, { organizationId, journal, resume: true });
      const outcomes = await run;
      expect(count(outcomes, 'applied'), `${lines} lines and ${bytes} bytes`).toBe(small.length);
      expect(Math.max(...at.counts.values())).toBe(1);
      expect(at.counts.size).toBe(small.length);
      // A process that was killed may have died before the id of a draft came.
      const left = (await run.leftDrafts()).filter(({ id }) => id !== undefined);
      expect(left).toHaveLength(at.simulator.server.openDrafts);
    }
  }
  expect(torn).toBeGreaterThan(20);
});

test('R75: a process that is killed is resumed by the next one', async () => {
  const report = await killed({
    actions: 400,
    seed: 3,
    kills: 3,
    life: { requests: 6 },
    share: 0,
    speed: 200,
  });
  expect(report).toMatchObject({ kills: 3, lost: 0, twice: 0, wrong: [], unknown: 0 });
});

test('R76: of two resumes at the same time one goes on, and the other is refused', async () => {
  await using at = await bench();
  const control = new AbortController();
  const run = at.batch.run(ports(600), {
    organizationId,
    journal: fileJournal(path),
    signal: control.signal,
  });
  for await (const { done } of run) {
    if (done < 100) continue;
    control.abort();
    break;
  }
  await run;
  const resumed = [fileJournal(path), fileJournal(path)].map((journal) =>
    reasonOf(at.batch.resume(journal)),
  );
  expect((await Promise.all(resumed)).toSorted()).toEqual(['in-use', 'none']);
  expect(at.counts.size).toBe(600);
  expect(Math.max(...at.counts.values())).toBe(1);
});

test('R76: a second process is refused, and sends nothing', async () => {
  await using at = await bench();
  const journal = fileJournal(path);
  await journal.open();
  const { code, errors } = await child(at, [], { actions: 50 });
  await journal.close();
  expect(code).toBe(1);
  expect(errors).toContain(`is in use by process ${process.pid}`);
  expect(at.simulator.seen).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'R77: a journal for which the disk has no room ends the run before anything is sent (not on Windows)',
  async () => {
    await using at = await bench();
    // Files of the process may have 4 kB, which its plan exceeds.
    const limit = ['sh', '-c', 'ulimit -f 8; exec "$0" "$@"'];
    const { code, errors } = await child(at, limit, { actions: 500 });
    expect(code).toBe(1);
    expect(errors).toContain('The journal cannot be written: EFBIG');
    expect(at.simulator.seen).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'R77: a journal that may only be read ends the run before anything is sent (not on Windows)',
  async () => {
    await using at = await bench();
    await writeFile(path, '');
    await chmod(path, 0o444);
    // Root may write whatever it is told not to.
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, errors } = await child(at, [], { actions: 50, ...uid });
    expect(code).toBe(1);
    expect(errors).toContain('cannot be written: EACCES');
    expect(at.simulator.seen).toEqual([]);
  },
);

test('R77: a disk that is full in between ends the run, and nothing was sent that is not written down', async () => {
  await using at = await bench();
  const memory = memoryJournal();
  let left = 40;
  const journal: Journal = {
    ...memory,
    append: (entry) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('ENOSPC: no space left')) : memory.append(entry);
    },
  };
  const outcomes = await at.batch.run(ports(1_000), { organizationId, journal });
  expect(count(outcomes, 'applied')).toBe(at.counts.size);
  expect(outcomes.at(-1)).toMatchObject({ status: 'skipped', reason: 'journal' });
  expect(count(await at.batch.resume(memory).then(flat), 'applied')).toBe(1_000);
  expect(Math.max(...at.counts.values())).toBe(1);
});

function flat(outcomes: readonly (Outcome | readonly Outcome[])[]): readonly Outcome[] {
  return outcomes.flat();
}

/** A process that runs so many actions with the journal of this test; `wrapper` is what starts it. */
async function child(
  at: Bench,
  wrapper: readonly string[],
  { actions, uid }: { readonly actions: number; readonly uid?: number },
): Promise<{ readonly code: number | null; readonly errors: string }> {
  const script = await bundled('child', folder);
  // It changes its user by itself: that one need not be allowed to run this Node.
  const user = uid === undefined ? [] : ['--import', `data:text/javascript,process.setuid(${uid})`];
  const line = [process.execPath, ...user, script, at.simulator.baseUrl, path];
  const [command = '', ...args] = [...wrapper, ...line, `${actions}`, '1', '1'];
  const started = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    started.on('error', reject);
    started.on('close', resolve);
  });
  return { code, errors };
}
