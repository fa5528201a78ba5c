import type { OutputFile } from '../../../generator/template.ts';
import { complaints } from '../hostile/complaints.ts';
import { print } from '../../support/stages.ts';
import type { Changed } from './cases.ts';

export interface Verdict {
  /** What is wrong with the generator; undefined where nothing is. */
  readonly fault: string | undefined;
  /** `emitted`, or the code of the first error. */
  readonly outcome: string;
  readonly files: readonly OutputFile[];
}

/** In milliseconds; a document of some kilobytes takes a hundredth of it. */
const limit = 15_000;

/**
 * What the generator does with a document: a fault is an exception, an output that does not parse,
 * does something when it is loaded or has names that no file can have, and neither output nor error.
 */
export async function judge({ text, ...options }: Changed): Promise<Verdict> {
  const start = performance.now();
  try {
    const printed = await print(text, options);
    const said = complaints(printed);
    const time = performance.now() - start;
    const error = printed.diagnostics.find(({ severity }) => severity === 'error');
    return {
      fault: said.length > 0 ? said.slice(0, 3).join('\n') : time > limit ? slow(time) : undefined,
      outcome: error?.code ?? 'emitted',
      files: printed.files,
    };
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      fault: `throws ${stack.split('\n').slice(0, 6).join('\n')}`,
      outcome: 'thrown',
      files: [],
    };
  }
}

function slow(time: number): string {
  return `takes ${Math.round(time / 1000)} s`;
}
