// @ts-nocheck
/**
 * The parts of Node that the file journal needs, declared here so that a project for browsers compiles
 * without Node's types.
 */
export interface FileHandle {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  stat(): Promise<{
    isFile(): boolean;
    readonly mode: number;
    readonly uid: number;
    readonly size: number;
  }>;
  stat(options: { readonly bigint: true }): Promise<FileIdentity>;
  chmod(mode: number): Promise<void>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

export interface OpenFlags {
  readonly O_APPEND: number;
  readonly O_CREAT: number;
  readonly O_RDONLY: number;
  readonly O_RDWR: number;
  readonly O_NOFOLLOW?: number;
  readonly O_NONBLOCK?: number;
}

interface Files {
  readonly constants: OpenFlags;
  open(path: string, flags: number, mode: number): Promise<FileHandle>;
  lstat(path: string, options: { readonly bigint: true }): Promise<FileIdentity>;
  realpath(path: string): Promise<string>;
  readlink(path: string): Promise<string>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
}

interface Process {
  readonly pid: number;
  getuid?(): number;
  uptime(): number;
  kill(pid: number, signal: 0): true;
}

export async function files(): Promise<Files> {
  // The types stand above.
  return (await import('node:fs/promises' as string)) as Files;
}

async function nodeProcess(): Promise<Process> {
  return (await import('node:process' as string)) as Process;
}

export async function hostName(): Promise<string> {
  const { hostname } = (await import('node:os' as string)) as { hostname(): string };
  return hostname();
}

/** The space in which ids of processes are told apart; undefined where the system does not tell. */
export async function pidSpace(): Promise<string | undefined> {
  const { readFile, readlink } = await files();
  try {
    const [space, boot] = await Promise.all([
      readlink('/proc/self/ns/pid'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    return `${boot.trim()} ${space}`;
  } catch {
    return undefined;
  }
}

/** Tells this machine from others, if only among machines with one; undefined where it has no id. */
export async function machineId(): Promise<string | undefined> {
  const { readFile } = await files();
  const text = await readFile('/etc/machine-id', 'utf8').catch(() => '');
  if (!/^[0-9a-f]{32}$/.test(text.trim())) return undefined;
  // The id itself is to be kept to the machine: https://www.freedesktop.org/software/systemd/man/machine-id.html
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text.trim()));
  return [...new Uint8Array(digest).subarray(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** The user of this process; undefined where the system has none. */
export async function ownUser(): Promise<number | undefined> {
  return (await nodeProcess()).getuid?.();
}

/** The id of this process. */
export async function ownId(): Promise<number> {
  return (await nodeProcess()).pid;
}

/**
 * What tells a process from a later one with the same id: when it started, where the system tells (Linux),
 * or where it is this one.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  const { readFile } = await files();
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is a name in parentheses that may hold anything; the start is the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine runs. */
export async function runs(pid: number): Promise<boolean> {
  const { kill } = await nodeProcess();
  try {
    return kill(pid, 0);
  } catch (error) {
    // It runs, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
