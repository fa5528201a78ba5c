import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What came of a question: an answer, or that there was none. */
export type Answer<Reply> =
  { readonly reply: Reply } | { readonly failed: 'hang' | 'crash'; readonly error: string };

/** Runs a module in a process of its own, which may die or be stopped without harm, and asks it. */
export class Process<Question extends object, Reply> {
  readonly #module: string;
  readonly #limit: number;
  readonly #megabytes: number;
  #child: ChildProcess | undefined;

  /** @param limit In milliseconds, for each question. @param megabytes Of its heap. */
  constructor(module: string, limit: number, megabytes: number) {
    this.#module = fileURLToPath(new URL(module, import.meta.url));
    this.#limit = limit;
    this.#megabytes = megabytes;
  }

  ask(question: Question): Promise<Answer<Reply>> {
    const child = (this.#child ??= fork(this.#module, {
      execArgv: [`--max-old-space-size=${this.#megabytes}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }));
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + String(chunk)).slice(-2000);
    });
    return new Promise((resolve) => {
      const settle = (answer: Answer<Reply>): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        child.stderr?.removeAllListeners('data');
        resolve(answer);
      };
      const timer = setTimeout(() => {
        settle({ failed: 'hang', error: `Stopped after ${this.#limit} ms.` });
        this.close();
      }, this.#limit);
      child.once('message', (reply: Reply) => settle({ reply }));
      child.once('exit', (code, signal) => {
        this.#child = undefined;
        const line = stderr.trim().split('\n').at(-1);
        settle({ failed: 'crash', error: `Exit ${code ?? signal}. ${line}` });
      });
      child.send(question);
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}
