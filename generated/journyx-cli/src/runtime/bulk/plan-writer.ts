// @ts-nocheck
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { exitCode } from '../terminal/exit-code.js';

const MOST_HELD = 65_536;

/** Writes a plan beside its place, and puts it there when it is whole. */
export class PlanWriter implements AsyncDisposable {
  readonly #path: string;
  readonly #unfinished: string;
  readonly #file: FileHandle;
  readonly #interrupt: () => void;
  #held = '';
  #isOpen = true;

  private constructor(path: string, unfinished: string, file: FileHandle) {
    this.#path = path;
    this.#unfinished = unfinished;
    this.#file = file;
    this.#interrupt = () => {
      rmSync(unfinished, { force: true });
      process.exit(exitCode.interrupted);
    };
    process.on('SIGINT', this.#interrupt);
    process.on('SIGTERM', this.#interrupt);
  }

  static async open(path: string): Promise<PlanWriter> {
    const unfinished = `${path}.${process.pid}.tmp`;
    return new PlanWriter(path, unfinished, await open(unfinished, 'wx', 0o600));
  }

  /** Adds a line of JSON. */
  async write(value: object): Promise<void> {
    this.#held += `${JSON.stringify(value)}\n`;
    if (this.#held.length >= MOST_HELD) await this.#flush();
  }

  /** The plan is whole. */
  async commit(): Promise<void> {
    await this.#flush();
    await this.#close();
    await rename(this.#unfinished, this.#path);
  }

  /** Leaves nothing of a plan that is not whole. */
  async [Symbol.asyncDispose](): Promise<void> {
    process.off('SIGINT', this.#interrupt);
    process.off('SIGTERM', this.#interrupt);
    await this.#close();
    await rm(this.#unfinished, { force: true });
  }

  async #flush(): Promise<void> {
    const text = this.#held;
    this.#held = '';
    await this.#file.appendFile(text);
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }
}
