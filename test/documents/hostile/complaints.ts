import type { Printed } from '../../support/stages.ts';
import { faultsOf } from './inspect.ts';

/** What is wrong with an output, or with what is said where there is none. */
export function complaints(printed: Printed): readonly string[] {
  const { files, diagnostics } = printed;
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  return [
    ...faultsOf(files),
    ...(refused === (files.length === 0) ? [] : ['is neither emitted nor refused']),
    ...diagnostics.flatMap(({ code, message }) =>
      /^[a-z]+\/[a-z-]+$/.test(code) && !trace.test(message) ? [] : [`says ${code}: ${message}`],
    ),
  ];
}

/** What a person is shown of an exception, which no fault of a document is. */
export const trace: RegExp = /\n\s+at .*:\d+:\d+|TypeError|RangeError|call stack/;

/** `emitted`, or the code of the first error; empty where there is neither. */
export function outcomeOf({ files, diagnostics }: Printed): string {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) return error.code;
  return files.length > 0 ? 'emitted' : '';
}
