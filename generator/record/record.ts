import { hash } from 'node:crypto';
import type { Target } from '../config/config.ts';
import type { JsonObject } from '../json/narrow.ts';
import type { RecordedApi } from '../write/summary.ts';
import { canonicalBytes } from './canonical.ts';
import { pack } from './pack.ts';

/** The part of a target that decides how its document is read, as far as it is data. */
export type RememberedOptions = Partial<
  Pick<
    Target,
    | 'name'
    | 'dialect'
    | 'overrides'
    | 'resource'
    | 'pagination'
    | 'queryStyle'
    | 'securitySchemes'
    | 'security'
    | 'rename'
    | 'lenient'
  >
>;

const remembered: readonly (keyof RememberedOptions)[] = [
  'name',
  'dialect',
  'overrides',
  'resource',
  'pagination',
  'queryStyle',
  'securitySchemes',
  'security',
  'rename',
  'lenient',
];

/**
 * What the record of an output holds of the API, so that the next one can be compared with it: the
 * document as it was used (bundled, corrected, filtered), and the options that it was read with.
 */
export function recordApi(
  document: JsonObject,
  textLength: number,
  target: Partial<Target>,
): RecordedApi {
  let bytes = canonicalBytes(document, textLength);
  let packed: Promise<string> | undefined;
  return {
    digest: hash('sha256', bytes, 'hex'),
    options: optionsOf(target),
    pack() {
      packed ??= pack(bytes);
      // They may be 20 MB, which nobody needs until the end of the run.
      bytes = Buffer.alloc(0);
      return packed;
    },
  };
}

function optionsOf(target: Partial<Target>): JsonObject {
  return Object.fromEntries(
    remembered.flatMap((name) => {
      const value = target[name];
      // A dialect that is code cannot be written down.
      const isData = value !== undefined && !(name === 'dialect' && typeof value === 'object');
      return isData ? [[name, value]] : [];
    }),
  );
}
