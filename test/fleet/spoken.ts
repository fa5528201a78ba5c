import { type ChildProcess, spawn } from 'node:child_process';

/** A process, the JSON lines that it has said, and when it ends. */
export interface Spoken {
  readonly child: ChildProcess;
  readonly lines: readonly Record<string, unknown>[];
  readonly ended: Promise<void>;
}

/** Starts a program, and hears what it says. */
export function hear(command: readonly string[]): Spoken {
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    // As the process writes them.
    for (const part of parts) lines.push(JSON.parse(part) as Record<string, unknown>);
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (process.env['FLEET_LOG'])
    child.stderr.on('data', (chunk: Buffer) =>
      process.stderr.write(`${child.pid} ${chunk.toString()}`),
    );
  const ended = new Promise<void>((done, fail) => {
    child.on('close', (code) => {
      if (code === 0) done();
      else fail(new Error(`exit code ${code}: ${errors}`));
    });
  });
  return { child, lines, ended };
}
