import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = '/usr/lib/postgresql';

/** The programs of PostgreSQL of this machine; undefined where it has none. */
export const programs: string | undefined = programsIn(home);

function programsIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const newest = readdirSync(folder).toSorted((a, b) => Number(b) - Number(a))[0];
  const bin = join(folder, newest ?? '', 'bin');
  return existsSync(join(bin, 'initdb')) ? bin : undefined;
}

/** A server of PostgreSQL of the test's own, on this machine alone. */
export interface Postgres extends AsyncDisposable {
  readonly connection: string;
  /** The process whose children do the work. */
  readonly pid: number;
  /** Ends it as a crash does, and starts it again. */
  crash(): Promise<void>;
}

/** Where it listens, and who may come. */
export interface Listening {
  readonly address: string;
  readonly subnet: string;
}

/** It runs as another user than root, which it refuses. */
export async function startPostgres(
  { address, subnet }: Listening = { address: '127.0.0.1', subnet: '127.0.0.1/32' },
): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-postgres-'));
  const user = process.getuid?.() === 0 ? userOf('postgres') : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const run = (name: string, args: readonly string[]): void => {
    const { status, stderr, stdout } = spawnSync(join(programs!, name), args, {
      ...user,
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name}: ${stderr}${stdout}`);
  };
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'fleet', '--no-sync']);
  appendFileSync(join(data, 'pg_hba.conf'), `host all all ${subnet} trust\n`);
  const port = await freePort(address);
  const settings = [
    '-p',
    `${port}`,
    '-k',
    folder,
    '-c',
    `listen_addresses=${address}`,
    '-c',
    'max_connections=300',
  ];
  let ended: Promise<void> = Promise.resolve();
  let pid = 0;
  let hasEnded = false;
  const spawned = (): void => {
    const child = spawn(join(programs!, 'postgres'), ['-D', data, ...settings], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
    pid = child.pid ?? 0;
    hasEnded = false;
    ended = new Promise((done) =>
      child.once('close', () => {
        hasEnded = true;
        done();
      }),
    );
  };
  const ready = ['-q', '-h', address, '-p', `${port}`];
  const start = async (): Promise<void> => {
    spawned();
    await until(() => {
      // After a crash, processes of the old server hold its memory for a moment, and the new one gives up.
      if (hasEnded) spawned();
      return spawnSync(join(programs!, 'pg_isready'), ready).status === 0;
    });
  };
  await start();
  return {
    connection: `postgresql://fleet@${address}:${port}/postgres`,
    get pid() {
      return pid;
    },
    crash: async () => {
      if (!hasEnded) process.kill(pid, 'SIGKILL');
      await ended;
      await start();
    },
    [Symbol.asyncDispose]: async () => {
      process.kill(pid, 'SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, address, done));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 600) throw new Error('PostgreSQL does not start.');
    await new Promise((done) => setTimeout(done, 50));
  }
}
