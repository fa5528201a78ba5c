// @ts-nocheck
import { type Console, say } from '../terminal/console.js';
import type { Progress } from './client-batch.js';

/** Says what a run does, on standard error. */
export interface Reporter {
  /** A sentence for people. */
  text(message: string): void;
  progress(progress: Progress): void;
  /** The run has come to its end. */
  end(): void;
}

/** One line on a terminal that is written over; with `json` an object a line, and nothing else. */
export function reporterFor(console: Console, format: string | undefined): Reporter {
  return format === 'json' ? jsonReporter(console) : lineReporter(console);
}

function jsonReporter({ stderr }: Console): Reporter {
  const write = (value: object): void => void stderr.write(`${JSON.stringify(value)}\n`);
  return {
    text: (message) => write({ message }),
    progress: ({ batch, batchId, state, done, total, remaining, waiting }) =>
      write({ batch, batchId, state, done, total, remainingMs: remaining, waiting }),
    end: () => {},
  };
}

/** Why nothing moves. What the server says of it may hold anything, and is for `json`. */
const reasons: Readonly<Record<string, string>> = {
  places: 'other applications hold the places',
  rate: 'the server asks to wait',
  trouble: 'requests fail',
};

function lineReporter(console: Console): Reporter {
  const { stderr } = console;
  const failed = new Set<number>();
  const started = performance.now();
  return {
    text: (message) => say(console, message),
    progress: ({ done, total, remaining, waiting, settled }) => {
      if (!stderr.isTTY) return;
      for (const [index, { status }] of settled) if (status !== 'applied') failed.add(index);
      const rate = done / Math.max(1, (performance.now() - started) / 1_000);
      const parts = [
        `${done} of ${total} done`,
        ...(failed.size > 0 ? [`${failed.size} not applied`] : []),
        `${total - done} waiting`,
        ...(waiting ? [reasons[waiting.why] ?? waiting.why] : []),
        `${rate.toFixed(1)}/s`,
        ...(remaining === undefined ? [] : [`${Math.ceil(remaining / 1_000)} s left`]),
      ];
      // A line that wraps cannot be written over.
      stderr.write(`\r\u001B[K${parts.join(', ').slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\r\u001B[K');
    },
  };
}
