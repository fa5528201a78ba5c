import AjvDraft04 from 'ajv-draft-04';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Options } from 'ajv/dist/core.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Version } from '../detect-version.ts';
import { schemaOf } from './schemas.ts';

/** Whether a validator stops at the first fault, which is fast, or finds them all. */
export type Thoroughness = 'first' | 'all';

/** A validator of documents, as the code of a CommonJS module that exports the function. */
export function validatorCode(version: Version, thoroughness: Thoroughness): string {
  const options: Options = {
    strict: false,
    validateFormats: false,
    validateSchema: false,
    allErrors: thoroughness === 'all',
    verbose: thoroughness === 'all',
    messages: false,
    code: { source: true },
  };
  const isDraft04 = version === '2.0' || version === '3.0';
  const ajv = isDraft04 ? new AjvDraft04.default(options) : new Ajv2020(options);
  const code = standaloneCode.default(ajv, ajv.compile(schemaOf(version)));
  return thoroughness === 'all' ? bounded(code) : code;
}

/**
 * The code, but so that it notes no more faults than anyone reads: its author never meant it for
 * documents with a million of them, which take it quadratic time.
 */
function bounded(code: string): string {
  const merged = code.replaceAll(/vErrors\.concat\(([\w.]+)\)/g, 'merge(vErrors, $1)');
  const pushed = merged.replaceAll(/vErrors\.push\((err\d+)\)/g, 'add(vErrors, $1)');
  return `${pushed};
const limit = 1000;
function add(errors, error) { if (errors.length < limit) errors.push(error); }
function merge(errors, more) {
  for (const error of more) { if (errors.length >= limit) break; errors.push(error); }
  return errors;
}`;
}
