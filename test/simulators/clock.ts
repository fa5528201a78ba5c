import type { Clock } from '../../templates/runtime/batch/pace/clock.ts';
import { onAbort } from '../../templates/runtime/transport/on-abort.ts';

export type { Clock };

/** Time that runs `speed` times as fast as the system's. */
export function fastClock(speed: number): Clock {
  return {
    now: () => performance.now() * speed,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        let ignore: (() => void) | undefined;
        const wake = (): void => {
          clearTimeout(timer);
          ignore?.();
          resolve();
        };
        const timer = setTimeout(wake, ms / speed);
        ignore = signal && onAbort(signal, wake);
      }),
  };
}

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that stands still while anybody works, and jumps to the next timer when all wait for one. A run of
 * hours takes as long as its requests, and load on the machine changes nothing.
 */
export class VirtualClock implements Clock {
  #now = 0;
  /** Soonest first. */
  #timers: Timer[] = [];
  #working = 0;
  #checking = false;

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#now;
  }

  /** The process is stopped for a while: what it waits for is overdue when it goes on. */
  jump(ms: number): void {
    this.#now += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let ignore: (() => void) | undefined;
      const wake = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        ignore?.();
        resolve();
      };
      const timer: Timer = { at: this.#now + Math.max(0, ms), wake };
      const later = this.#timers.findIndex(({ at }) => at > timer.at);
      this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
      ignore = signal && onAbort(signal, wake);
      this.#check();
    });
  }

  /** Lets time stand still until `work` has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work;
    } finally {
      this.#working -= 1;
      this.#check();
    }
  }

  /** Sleeps within something for which time stands still. */
  async yield(ms: number): Promise<void> {
    this.#working -= 1;
    this.#check();
    await this.sleep(ms);
    this.#working += 1;
  }

  #check(): void {
    if (this.#checking || this.#working > 0 || this.#timers.length === 0) return;
    this.#checking = true;
    // Whoever was woken last may be about to begin something.
    setImmediate(() =>
      setImmediate(() => {
        this.#checking = false;
        if (this.#working > 0) return;
        const next = this.#timers[0];
        if (!next) return;
        this.#now = Math.max(this.#now, next.at);
        next.wake();
        this.#check();
      }),
    );
  }
}
