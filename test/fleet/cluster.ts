import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Answer } from '../simulators/independent/delivery.ts';
import { ElementServer } from '../simulators/independent/element-server.ts';
import type { ElementDialect } from '../simulators/independent/envelopes.ts';
import { RateLimit } from '../simulators/independent/rate-limit.ts';
import { IndependentServer, type ServerOptions } from '../simulators/independent/server.ts';
import type { Member } from './network.ts';
import { modernNode } from '../support/modern-node.ts';
import { hear, type Spoken } from './spoken.ts';

/** What a simulated organization has seen of the fleet. */
export interface SeenOrganization {
  readonly server: IndependentServer;
  /** The highest epoch that has sent anything. */
  epoch: bigint;
  /** Requests of an owner after a later one had sent something. */
  late: number;
  /** When each epoch was first seen, and when it was seen last. */
  readonly since: Map<bigint, number>;
  readonly until: Map<bigint, number>;
}

/** What is seen of an address that requests come from. */
export interface SeenAddress {
  readonly rate: RateLimit;
  requests: number;
  /** Requests above 100 a second. */
  overLimit: number;
}

/** How a cluster is made. */
export interface ClusterOptions {
  /** How many devices an organization has. Default 2,000. */
  readonly devices?: number | ((organizationId: string) => number);
  /** Where the simulator listens. Default 127.0.0.1. */
  readonly address?: string;
  /** Plays servers whose batch is one request, in place of organizations. */
  readonly dialect?: ElementDialect;
}

/** Milliseconds that a batch takes that is one request. */
const elementMs = 300;

/** From the root of the checkout, where npm begins: examples and benchmarks are bundled elsewhere. */
const sources = join(process.cwd(), 'test/fleet');

let serial = 0;

/** Simulated organizations, and the processes of a fleet that change them. */
export class Cluster implements AsyncDisposable {
  readonly organizations: Map<string, SeenOrganization> = new Map();
  readonly addresses: Map<string, SeenAddress> = new Map();
  readonly #connection: string;
  readonly #conduct: ServerOptions;
  readonly #devices: (organizationId: string) => number;
  readonly #children = new Set<ChildProcess>();
  readonly #http = createServer((request, response) => {
    void this.#answer(request).then(({ status, headers, text, delivery = 'whole' }) => {
      if (delivery === 'none' || delivery === 'refused') return response.destroy();
      const body = text?.();
      const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
      response.writeHead(status, { ...type, ...headers });
      response.end(delivery === 'cut' ? body?.slice(0, body.length / 2) : body);
      return undefined;
    });
  });
  origin = '';
  readonly schema: string = `fleet_${(serial += 1)}`;
  readonly #elements = new Map<string, ElementServer>();
  #dialect: ElementDialect | undefined;
  #folder = '';
  #script = '';

  private constructor(connection: string, conduct: ServerOptions, devices: (id: string) => number) {
    this.#devices = devices;
    this.#connection = connection;
    this.#conduct = conduct;
  }

  static async start(
    connection: string,
    conduct: ServerOptions = {},
    { devices = 2_000, address = '127.0.0.1', dialect }: ClusterOptions = {},
  ): Promise<Cluster> {
    const devicesOf = typeof devices === 'number' ? (): number => devices : devices;
    const cluster = new Cluster(connection, conduct, devicesOf);
    cluster.#dialect = dialect;
    await new Promise<void>((done) => cluster.#http.listen(0, address, done));
    // A server that listens on a port has an address with one.
    const { port } = cluster.#http.address() as AddressInfo;
    cluster.origin = `http://${address}:${port}`;
    // Below the project, so that the packages which stay outside of the bundle are found.
    cluster.#folder = folderIn(join(process.cwd(), '.cache'));
    cluster.#script = join(cluster.#folder, 'member.mjs');
    await build({
      entryPoints: [join(sources, dialect ? 'element-member.ts' : 'member.ts')],
      outfile: cluster.#script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      external: ['pg', 'pg-boss'],
      logLevel: 'error',
    });
    return cluster;
  }

  /** A server whose batch is one request. */
  elements(unit: string): ElementServer {
    const known = this.#elements.get(unit);
    if (known || !this.#dialect) return known!;
    const fresh = new ElementServer(this.#dialect, {}, 1);
    this.#elements.set(unit, fresh);
    return fresh;
  }

  organization(id: string): SeenOrganization {
    const known = this.organizations.get(id);
    if (known) return known;
    // With one seed, the batches of all would take the same times, and their runs would go in step.
    const seed = (this.#conduct.seed ?? 1) + this.organizations.size;
    const server = new IndependentServer({ ...this.#conduct, seed, organizationId: id });
    for (let number = 0; number < this.#devices(id); number += 1) {
      const serial = `Q${id}-${number}`;
      server.organization.seed(`/devices/${serial}`, { serial, name: `Old ${number}` });
    }
    const fresh: SeenOrganization = {
      server,
      epoch: 0n,
      late: 0,
      since: new Map(),
      until: new Map(),
    };
    this.organizations.set(id, fresh);
    return fresh;
  }

  /** How often each of the first actions took effect, as the organization itself knows: once each is right. */
  effects(id: string, actions: number): { readonly lost: number; readonly twice: number } {
    const { ledger } = this.organization(id).server;
    const counts = Array.from({ length: actions }, (_, at) => ledger.effects(`#${at}`).length);
    return {
      lost: counts.filter((count) => count === 0).length,
      twice: counts.filter((count) => count > 1).length,
    };
  }

  /** Has a process do something, and gives what it said. */
  async ask(act: object): Promise<readonly Record<string, unknown>[]> {
    const { lines, ended } = this.#spawn(act);
    await ended;
    return lines;
  }

  /** Starts a worker; it works once it has said so. */
  start(options: object = {}, member?: Member): ChildProcess {
    const { child, ended } = this.#spawn({ name: 'work', ...options }, member);
    ended.catch(() => {});
    return child;
  }

  async work(options: object = {}): Promise<ChildProcess> {
    const { child, ended } = await this.begun({ name: 'work', ...options });
    ended.catch(() => {});
    return child;
  }

  /** Starts a process that does something, and waits for its first line only. */
  async begun(act: object): Promise<Spoken> {
    const spoken = this.#spawn(act);
    while (spoken.lines.length === 0 && spoken.child.exitCode === null) await pause(20);
    return spoken;
  }

  /** The last status of a run. */
  async ended(run: string): Promise<Record<string, unknown> | undefined> {
    return (await this.ask({ name: 'watch', run })).at(-1);
  }

  async submit(options: object): Promise<string> {
    const [line] = await this.ask({ name: 'submit', ...options });
    return String(line?.['run']);
  }

  /** Submits a run for each of these organizations, by one process. */
  async submitAll(organizationIds: readonly string[], options: object): Promise<readonly string[]> {
    const lines = await this.ask({ name: 'submit', organizationId: organizationIds, ...options });
    return lines.map((line) => String(line['run']));
  }

  /** The last status of each of these runs. */
  async statuses(runs: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    return this.ask({ name: 'await', runs });
  }

  /** The states in which runs have ended, each once. */
  async allEnded(runs: readonly string[]): Promise<readonly unknown[]> {
    return [...new Set((await this.statuses(runs)).map((line) => line['state']))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
    await new Promise<void>((done) => {
      this.#http.close(() => done());
      this.#http.closeAllConnections();
    });
  }

  #spawn(act: object, member?: Member): Spoken {
    const { schema, origin } = this;
    const argument = { connection: this.#connection, schema, origin, act };
    const command = [
      ...(member?.prefix ?? []),
      modernNode!,
      this.#script,
      JSON.stringify(argument),
    ];
    const spoken = hear(command);
    const { child } = spoken;
    this.#children.add(child);
    child.on('close', () => this.#children.delete(child));
    return spoken;
  }

  #count(address: string, now: number): void {
    const rate = new RateLimit(100, 100);
    const seen = this.addresses.get(address) ?? { rate, requests: 0, overLimit: 0 };
    this.addresses.set(address, seen);
    seen.requests += 1;
    if (!seen.rate.admits(now)) seen.overLimit += 1;
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    // A request yields buffers, as no encoding is set.
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, id = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const text = Buffer.concat(chunks).toString();
    const incoming = {
      method: request.method ?? '',
      url: new URL(rest, 'http://127.0.0.1'),
      authorization: request.headers.authorization,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    if (this.#dialect) {
      await pause(elementMs);
      return this.elements(id).answer(incoming);
    }
    const seen = this.organization(id);
    const epoch = BigInt(String(request.headers['x-epoch'] ?? '0'));
    if (epoch < seen.epoch) seen.late += 1;
    else seen.epoch = epoch;
    const now = Date.now();
    if (!seen.since.has(epoch)) seen.since.set(epoch, now);
    seen.until.set(epoch, now);
    this.#count(request.socket.remoteAddress ?? '', now);
    const answer = seen.server.answer(incoming, Date.now());
    if (answer.wait !== undefined) await pause(answer.wait);
    return answer;
  }
}

function folderIn(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'fleet-'));
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
