import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import { JournalError, type Journal } from '../../../templates/runtime/batch/journal/journal.ts';
import { ownPlace } from '../../../templates/runtime/batch/journal/process-life.ts';
import { bundled } from './soak/process.ts';

// A busy machine is slow with processes.
vi.setConfig({ testTimeout: 120_000 });

const heartbeat = 50;
let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-lock-'));
  path = join(folder, 'journal.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

async function reasonOf(journal: Journal): Promise<string> {
  try {
    await journal.open();
    await journal.close();
    return 'none';
  } catch (error) {
    if (error instanceof JournalError) return error.reason;
    throw error;
  }
}

async function holding(more: object): Promise<string> {
  const token = crypto.randomUUID();
  const line = { type: 'lock', token, ...(await ownPlace()), beats: heartbeat, ...more };
  await writeFile(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  return token;
}

describe('a journal whose holder cannot be seen from here', () => {
  const elsewhere = [
    ['on another machine', { host: 'elsewhere', space: 'b0 pid:[4026531836]', machine: 'm0' }],
    ['in another container', { space: 'b0 pid:[4026532999]', pid: 1 }],
    ['in a container of the same name on another node', { space: 'b1 pid:[4026532999]', pid: 1 }],
  ] as const;

  test.for(elsewhere)('is free when it shows no sign of life: %s', async ([, place]) => {
    await holding(place);
    expect(await reasonOf(fileJournal(path, { heartbeat }))).toBe('none');
  });

  test.for(elsewhere)('is in use while it shows signs of life: %s', async ([, place]) => {
    const token = await holding(place);
    const beat = setInterval(
      () => void writeFile(path, `${JSON.stringify({ type: 'beat', token })}\n`, { flag: 'a' }),
      heartbeat,
    );
    expect(await reasonOf(fileJournal(path, { heartbeat }))).toBe('in-use');
    clearInterval(beat);
  });

  test('is in use where its lock promises no signs of life', async () => {
    await holding({ space: 'b0 pid:[4026532999]', beats: undefined });
    expect(await reasonOf(fileJournal(path, { heartbeat }))).toBe('in-use');
    expect(await reasonOf(fileJournal(path, { takeOver: true }))).toBe('none');
  });
});

test('two that wait for the same sign of life do not both get the journal', async () => {
  await holding({ host: 'elsewhere', space: 'b0 pid:[4026532999]' });
  const script = await bundled('journal-holder', folder);
  const holders = [1, 2, 3].map(() => new Holder([process.execPath, script, path, '50']));
  const answers = await Promise.all(holders.map((holder) => holder.said));
  for (const holder of holders) holder.kill();
  expect(answers.filter((answer) => answer === 'open')).toHaveLength(1);
});

test('a run says that it lives while it has nothing to write', async () => {
  const journal = fileJournal(path, { heartbeat });
  await journal.open();
  await vi.waitFor(async () => expect(await readFile(path, 'utf8')).toContain('"beat"'));
  await journal.close();
  expect(await fileJournal(path).open()).toEqual([]);
});

test('a process that stood still while another took its journal over writes nothing more', async () => {
  const journal = fileJournal(path, { heartbeat: 60_000 });
  await journal.open();
  const [line = ''] = (await readFile(path, 'utf8')).split('\n');
  const { token } = JSON.parse(line) as { readonly token: string };
  const taker = { type: 'lock', token: 'other', pid: 1, host: 'elsewhere', over: [token] };
  await writeFile(path, `${JSON.stringify(taker)}\n`, { flag: 'a' });
  await expect(journal.append({ type: 'planned' })).rejects.toThrow(/has taken it over/);
  await journal.close();
});

test('a process that comes and is refused does not end the run', async () => {
  const journal = fileJournal(path, { heartbeat: 60_000 });
  await journal.open();
  const lines = [{ type: 'lock', token: 'other', pid: 1, host: 'elsewhere', over: [] }];
  const text = [...lines, { type: 'unlock', token: 'other' }].map((line) => JSON.stringify(line));
  await writeFile(path, `${text.join('\n')}\n`, { flag: 'a' });
  await journal.append({ type: 'planned' });
  await journal.close();
});

const isRoot = process.getuid?.() === 0;
const canUnshare =
  isRoot && spawnSync('unshare', ['--pid', '--uts', '--fork', 'true']).status === 0;

describe.skipIf(!canUnshare)('two PID namespaces (skipped without root or unshare)', () => {
  const inside = ['unshare', '--pid', '--uts', '--fork', '--mount-proc', '--kill-child'];

  /** A process with the id 1, under a host name of its own, that opens the journal and keeps it. */
  async function container(name: string): Promise<Holder> {
    const script = await bundled('journal-holder', folder);
    // Long enough for a busy machine.
    const command = `hostname ${name}; exec ${process.execPath} ${script} ${path} 400`;
    return new Holder([...inside, 'sh', '-c', command]);
  }

  test('with the same host name and id: the second is refused while the first lives', async () => {
    const first = await container('app');
    expect(await first.said).toBe('open');
    const second = await container('app');
    expect(await second.said).toBe('in-use');
    first.kill();
    second.kill();
  });

  test('the second has the journal when the first was killed, whatever its host name', async () => {
    const first = await container('app-5f7c');
    expect(await first.said).toBe('open');
    first.kill();
    const second = await container('app-9d21');
    expect(await second.said).toBe('open');
    second.kill();
  });

  test('a process that was stopped, and taken for dead, writes nothing when it goes on', async () => {
    const first = await container('app');
    expect(await first.said).toBe('open');
    first.signal('SIGSTOP');
    const second = await container('app');
    expect(await second.said).toBe('open');
    first.signal('SIGCONT');
    expect(await first.ended).toBe('lost');
    second.kill();
  });
});

/** A process that says what it got, and keeps it. */
class Holder {
  readonly #child: ChildProcess;
  readonly said: Promise<string>;
  /** The last that it says. */
  readonly ended: Promise<string>;

  constructor([command = '', ...args]: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let said = '';
    this.said = new Promise((resolve) => {
      this.#child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        resolve(said.split('\n')[0]!);
      });
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', () => resolve(said.trim().split('\n').at(-1)!));
    });
  }

  /** Sends a signal to it and all that it began. */
  signal(name: NodeJS.Signals): void {
    process.kill(-this.#child.pid!, name);
  }

  kill(): void {
    try {
      this.signal('SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}
