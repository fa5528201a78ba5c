import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a command ended with, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs it. Default: this one. */
  readonly node?: string;
  readonly input?: string;
  /** Its standard input stays open. */
  readonly keepsInput?: boolean;
  /** Sees the process while it runs. */
  readonly onStart?: (child: ReturnType<typeof spawn>) => void;
}

/** A command line that is installed in a folder of its own. */
export interface Installed extends AsyncDisposable {
  readonly folder: string;
  readonly main: string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
}

/** Installs an emitted client and its command line, from the folders that hold them, and optional peers. */
export async function install(
  client: string,
  cli: string,
  peers: readonly string[] = [],
): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-cli-'));
  const modules = join(folder, 'node_modules');
  for (const from of [client, cli]) await addPackage(modules, from);
  const manifest = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(manifest.dependencies), ...peers]) {
    const target = join(root, 'node_modules', name);
    const link = join(modules, name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const main = join(modules, manifest.name, 'dist/main.js');
  return {
    folder,
    main,
    run: (args, options) => run(main, folder, args, options),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function addPackage(modules: string, from: string): Promise<void> {
  const { name } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  const to = join(modules, name);
  await mkdir(to, { recursive: true });
  await cp(join(from, 'package.json'), join(to, 'package.json'));
  await cp(join(from, 'data'), join(to, 'data'), { recursive: true }).catch(() => undefined);
  const sources = (await readdir(join(from, 'src'), { recursive: true }))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(from, 'src', path));
  await build({
    entryPoints: sources,
    outbase: join(from, 'src'),
    outdir: join(to, 'dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
}

function run(
  main: string,
  folder: string,
  args: readonly string[],
  { env = {}, node = process.execPath, input, keepsInput, onStart }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(node, [main, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  });
  onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  if (!keepsInput) child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
