import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, on all machines that we know. */
const ticks = 100;

/** Seconds of CPU that a process has used, with its children, those that have ended too; as Linux tells them. */
export function cpuTime(pid: number): number {
  const own = timesOf(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter(({ parent }) => parent === pid);
  return [own.all, ...children.map(({ self }) => self)].reduce((sum, each) => sum + each, 0);
}

interface Times {
  readonly parent: number;
  readonly self: number;
  /** With the children that have ended. */
  readonly all: number;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function timesOf(pid: number): Times {
  try {
    // The name comes before, in parentheses, and may have any character.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    const fields = text.split(' ').map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    const self = (user + system) / ticks;
    return { parent: fields[1] ?? 0, self, all: self + (childUser + childSystem) / ticks };
  } catch {
    return { parent: 0, self: 0, all: 0 };
  }
}
