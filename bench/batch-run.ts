import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '../templates/runtime/batch/action/types.ts';
import { createBatch } from '../templates/runtime/batch/draft/draft-batch.ts';
import { fileJournal } from '../templates/runtime/batch/journal/file-journal.ts';
import { type Journal, memoryJournal } from '../templates/runtime/batch/journal/journal.ts';
import { createClient } from '../templates/runtime/client.ts';
import { updatePort } from '../test/runtime/batch/builders.ts';
import { meraki } from '../test/runtime/batch/meraki.ts';
import { VirtualClock } from '../test/simulators/clock.ts';

// What a run costs, in a process of its own: `node batch-run.mjs ACTIONS none|memory|file`. Building the
// actions and planning them are part of it. The server is a function that keeps texts and gives them back,
// so that nearly all of what is counted is the client's; the clock jumps over what a run would wait.

/** Milliseconds that a batch takes. */
const batchMs = 30_000;
const comma = Buffer.from(',');

interface Kept {
  readonly id: string;
  /** JSON, as it was sent. */
  readonly actions: string;
  /** What is shown of it, until it begins or ends. */
  shown?: Buffer<ArrayBuffer> | undefined;
  endsAt: number;
}

/** The action batches of an organization. */
class Server {
  readonly #clock: VirtualClock;
  readonly #batches = new Map<string, Kept>();
  /** Those that have not ended. */
  readonly #open = new Set<Kept>();
  /** What the list is, until something begins or ends. */
  #list: Buffer<ArrayBuffer> | undefined;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  answer(method: string, { pathname }: URL, body: string): Buffer<ArrayBuffer> {
    for (const batch of this.#open) {
      if (batch.endsAt > this.#clock.now()) continue;
      this.#open.delete(batch);
      batch.shown = undefined;
      this.#list = undefined;
    }
    const id = pathname.split('/')[6];
    if (id === undefined && method === 'GET') return (this.#list ??= this.#listed());
    const batch = id === undefined ? this.#made(body) : this.#batches.get(id);
    if (!batch) throw new Error(`no batch ${id}`);
    if (method === 'PUT') batch.endsAt = this.#clock.now() + batchMs;
    if (method !== 'GET') this.#list = batch.shown = undefined;
    return this.#shown(batch);
  }

  #made(body: string): Kept {
    const actions = body.slice(body.indexOf('['), body.lastIndexOf(']') + 1);
    const batch = { id: String(this.#batches.size + 1), actions, endsAt: Infinity };
    this.#batches.set(batch.id, batch);
    this.#open.add(batch);
    return batch;
  }

  #listed(): Buffer<ArrayBuffer> {
    const members = [...this.#open].flatMap((batch) => [comma, this.#shown(batch)]);
    return Buffer.concat([Buffer.from('['), ...members.slice(1), Buffer.from(']')]);
  }

  #shown(batch: Kept): Buffer<ArrayBuffer> {
    return (batch.shown ??= Buffer.from(this.#text(batch)));
  }

  #text({ id, actions, endsAt }: Kept): string {
    const completed = endsAt <= this.#clock.now();
    const status = { completed, failed: false, errors: [], createdResources: [] };
    const shown = { id, organizationId: '1', confirmed: endsAt < Infinity, status };
    return `${JSON.stringify(shown).slice(0, -1)},"actions":${actions}}`;
  }
}

/** What a user sets of a port. */
function port(n: number): Action<{ portId?: string }> {
  const body = {
    n,
    name: `Access point ${n}`,
    tags: ['floor-2', 'wireless'],
    enabled: true,
    poeEnabled: true,
    type: 'trunk',
    vlan: 10,
    voiceVlan: 20,
    allowedVlans: '1,3,5-10',
    stpGuard: 'disabled',
  };
  return updatePort({ serial: `Q234-ABCD-${Math.floor(n / 48)}`, portId: String(n % 48), body });
}

/** A journal that keeps the clock waiting while it writes. */
function timed(journal: Journal, clock: VirtualClock): Journal {
  return {
    open: () => clock.during(journal.open()),
    append: (entry) => clock.during(journal.append(entry)),
    close: () => clock.during(journal.close()),
  };
}

function journalOf(kind: string, name: string): Journal | undefined {
  if (kind === 'none') return undefined;
  return kind === 'file' ? fileJournal(join(folder, name)) : memoryJournal();
}

const [count = '10000', kind = 'memory'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'batchwright-run-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const clock = new VirtualClock();
const server = new Server(clock);
const headers = { 'Content-Type': 'application/json' };
const client = createClient({
  baseUrl: 'http://127.0.0.1/api/v1',
  fetch: (url, { method, body }) =>
    clock.during(Promise.resolve(new Response(server.answer(method, url, `${body}`), { headers }))),
});
const batch = createBatch(client, meraki, clock);

async function run(actions: number, name: string): Promise<void> {
  const journal = journalOf(kind, name);
  const items = Array.from({ length: actions }, (_, n) => port(n));
  const outcomes = await batch.run(items, {
    organizationId: '1',
    journal: journal && timed(journal, clock),
  });
  const other = outcomes.find(({ status }) => status !== 'applied');
  if (other) throw new Error(`an action was ${other.status}`);
}

// Modules are loaded by the first run.
await run(100, 'first');
const before = process.cpuUsage();
await run(Number(count), 'second');
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ micros: (user + system) / Number(count) }));
