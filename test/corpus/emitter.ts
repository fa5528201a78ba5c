import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Emitted, Job } from './worker.ts';

/** Runs the generator in a process of its own, which may die or be stopped without harm. */
export class Emitter {
  readonly #limit: number;
  readonly #megabytes: number;
  #child: ChildProcess | undefined;

  /** @param limit In milliseconds, for each document. @param megabytes Of its heap. */
  constructor(limit: number, megabytes: number) {
    this.#limit = limit;
    this.#megabytes = megabytes;
  }

  emit(job: Job): Promise<Emitted> {
    const child = (this.#child ??= fork(fileURLToPath(new URL('worker.js', import.meta.url)), {
      execArgv: [`--max-old-space-size=${this.#megabytes}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }));
    let stderr = '';
    const listen = (chunk: Buffer): void => {
      stderr = (stderr + String(chunk)).slice(-2000);
    };
    child.stderr?.on('data', listen);
    const start = performance.now();
    const failed = (outcome: 'hang' | 'crash', error: string): Emitted => ({
      path: job.path,
      outcome,
      milliseconds: Math.round(performance.now() - start),
      errors: [error],
      size: 0,
    });
    return new Promise((resolve) => {
      const settle = (emitted: Emitted): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        child.stderr?.removeAllListeners('data');
        resolve(emitted);
      };
      const timer = setTimeout(() => {
        settle(failed('hang', `Stopped after ${this.#limit} ms.`));
        this.close();
      }, this.#limit);
      child.once('message', (emitted: Emitted) => settle(emitted));
      child.once('exit', (code, signal) => {
        this.#child = undefined;
        settle(failed('crash', `Exit ${code ?? signal}. ${stderr.trim().split('\n').at(-1)}`));
      });
      child.send(job);
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}
