import { YAMLException } from 'js-yaml';
import type { Diagnostics } from '../diagnostics.ts';
import { decode } from './decode.ts';
import type { Source } from './read.ts';
import { AliasBombError, parseYaml } from './yaml.ts';

/** A text and the value that it says. */
export interface Parsed {
  readonly text: string;
  readonly value: unknown;
}

/** Parses JSON or YAML; undefined where it is neither, which `diagnostics` then says. */
export function parse(source: Source, diagnostics: Diagnostics): Parsed | undefined {
  const file = source.name;
  let text;
  try {
    text = decode(source.bytes);
  } catch {
    diagnostics.error('load/encoding', `${file} is not text in UTF-8 or UTF-16.`, {
      file,
      hint: 'Save the document as UTF-8.',
    });
    return undefined;
  }
  if (text.trim() === '') {
    diagnostics.error('load/empty', `${file} is empty.`, { file });
    return undefined;
  }
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    // YAML contains JSON: what its parser says below holds for both.
  }
  try {
    return { text, value: parseYaml(text) };
  } catch (error) {
    if (error instanceof AliasBombError) {
      diagnostics.error(
        'load/alias-bomb',
        `The aliases of ${file} expand to too large a document.`,
        {
          file,
        },
      );
      return undefined;
    }
    if (!(error instanceof YAMLException)) throw error;
    diagnostics.error('load/syntax', `${file} is neither JSON nor YAML: ${error.reason}.`, {
      file,
      line: (error.mark?.line ?? 0) + 1,
      column: (error.mark?.column ?? 0) + 1,
    });
    return undefined;
  }
}
