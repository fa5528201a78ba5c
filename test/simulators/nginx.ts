import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(existsSync);

/** Where nginx is not installed, tests that need it are skipped. */
export const hasNginx: boolean = PROGRAM !== undefined;

/** Requests per second for whom `pattern` matches: a regular expression on the path. */
export interface Zone {
  readonly pattern: string;
  readonly perSecond: number;
  readonly burst: number;
}

/** A request, as nginx wrote it into its log. */
export interface Logged {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly path: string;
  readonly status: number;
  readonly userAgent: string;
}

/** A rate limiter that nobody here has written: nginx's `limit_req`, which answers 429. */
export interface Nginx extends AsyncDisposable {
  readonly origin: string;
  /** Requests so far. */
  log(): Promise<readonly Logged[]>;
  /** Limits otherwise from now on; what a zone has counted stays. */
  limit(zones: readonly Zone[]): Promise<void>;
}

/** Starts nginx on a free port. It answers `[]` to each GET that it lets through. */
export async function startNginx(zones: readonly Zone[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  const log = join(folder, 'access.log');
  await writeFile(join(folder, 'answer.json'), '[]');
  await writeFile(config, configOf(folder, port, zones));
  const server = spawn(PROGRAM!, ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  await listening(server, port, join(folder, 'error.log'));
  return {
    origin: `http://127.0.0.1:${port}`,
    async log() {
      const lines = (await readFile(log, 'utf8')).split('\n').filter(Boolean);
      return lines.map((line) => {
        const [at = '', path = '', status = '', userAgent = ''] = line.split('\t');
        return { at: Number(at) * 1e3, path, status: Number(status), userAgent };
      });
    },
    async limit(changed) {
      await writeFile(config, configOf(folder, port, changed));
      server.kill('SIGHUP');
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function configOf(folder: string, port: number, zones: readonly Zone[]): string {
  // Who matches no zone has an empty key, which nginx does not limit.
  const limits = zones.map(
    ({ pattern, perSecond }, index) => `
  map $uri $zone${index} { default ''; ~${pattern} ${index}; }
  limit_req_zone $zone${index} zone=zone${index}:1m rate=${perSecond}r/s;`,
  );
  const uses = zones.map(
    ({ burst }, index) => `limit_req zone=zone${index} burst=${burst} nodelay;`,
  );
  return `
daemon off;${process.getuid?.() === 0 ? '\nuser root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  log_format one '$msec\\t$request_uri\\t$status\\t$http_user_agent';
  access_log ${folder}/access.log one;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  default_type application/json;
  keepalive_requests 100000;
  limit_req_status 429;
${limits.join('')}
  server {
    listen 127.0.0.1:${port};
    root ${folder};
    location / {
      ${uses.join('\n      ')}
      try_files /answer.json =404;
    }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until it answers; what it says where it does not start is the error. */
async function listening(server: ChildProcess, port: number, errors: string): Promise<void> {
  for (let turns = 0; turns < 500; turns += 1) {
    if (server.exitCode !== null) break;
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  server.kill('SIGKILL');
  throw new Error(`nginx does not start: ${await readFile(errors, 'utf8').catch(() => '')}`);
}
