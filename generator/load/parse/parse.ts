import type { YAMLException } from 'js-yaml';
import type { SourceText } from '../read/decode.ts';
import { countKeys, JsonSyntaxError, mostKeys, placesOfJson } from './json-offsets.ts';
import { placeOfJson } from './json-place.ts';
import type { TextFile } from '../source-map.ts';
import { Positions } from './positions.ts';
import type { Problems } from '../problems.ts';
import { objectOf } from '../../json/narrow.ts';
import type * as Yaml from './yaml.ts';

export interface Parsed extends TextFile {
  /** Of its text. */
  readonly textLength: number;
  /** Whether a key stands twice in an object; for JSON, that is found out by counting the keys. */
  readonly duplicates: (keys: number) => boolean;
}

/** Parses JSON or YAML; undefined where a text is neither, which is then reported. */
export async function parse(
  { name, url, text }: SourceText,
  problems: Problems,
): Promise<Parsed | undefined> {
  const replaced = text.indexOf('\uFFFD');
  if (replaced !== -1) {
    problems.warning(
      'load/encoding',
      `${name} is not wholly in UTF-8: bytes that are not read as U+FFFD.`,
      {
        file: name,
        ...new Positions(text, placesOfJson).at(replaced),
        hint: 'Save the document as UTF-8.',
      },
    );
  }
  if (text.trim() === '') {
    problems.error('load/empty', `${name} is empty.`, {
      file: name,
      hint: url === undefined ? 'Check what is piped into the command.' : 'Check the path.',
    });
    return undefined;
  }
  const json = parseJson(text);
  if (json.ok) {
    const { value } = json;
    // Kept as they are written: the document is changed while it is loaded.
    const names = new Map(
      Object.entries(objectOf(value)).map(([key, inner]) => [
        key,
        new Set(Object.keys(objectOf(inner))),
      ]),
    );
    const positions = new Positions(text, placesOfJson, () => placeOfJson(text, names));
    return {
      name,
      url,
      value,
      positions,
      textLength: text.length,
      duplicates: (keys) => mostKeys(text) !== keys && countKeys(text) !== keys,
    };
  }
  // Its parser is loaded for those who need it.
  const yaml = await import('./yaml.ts');
  try {
    const { value, duplicates } = yaml.parseYaml(text);
    const positions = new Positions(text, yaml.placesOfYaml);
    if (looksLikeJson(text)) reportJson(name, text, problems, 'warning');
    return { name, url, value, positions, textLength: text.length, duplicates: () => duplicates };
  } catch (error) {
    reportYaml(name, text, error, yaml, problems);
    return undefined;
  }
}

function parseJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  // What is surely YAML is not tried as JSON: making the error costs more than this look.
  if (!/^\s*[[{"]/.test(text)) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function reportYaml(
  name: string,
  text: string,
  error: unknown,
  yaml: typeof Yaml,
  problems: Problems,
): void {
  if (error instanceof yaml.AliasBombError) {
    problems.error(
      'load/alias-bomb',
      `The aliases (*name) in ${name} expand to far too large a document.`,
      {
        file: name,
        hint: 'Write what is shared as a component and refer to it with $ref.',
      },
    );
    return;
  }
  if (error instanceof RangeError) {
    problems.error('load/too-deep', `${name} is nested too deep.`, { file: name });
    return;
  }
  if (looksLikeJson(text) && reportJson(name, text, problems, 'error')) return;
  if (!(error instanceof yaml.YAMLException)) throw error;
  if (error.reason.startsWith('nesting exceeded')) {
    problems.error('load/too-deep', `${name} is nested too deep.`, { file: name, ...place(error) });
    return;
  }
  problems.error('load/syntax', `${name} is not valid YAML: ${error.reason}.`, {
    file: name,
    ...place(error),
    hint: /^\s*</.test(text)
      ? 'This looks like a web page; give the address of the document itself.'
      : 'Fix the text there; an editor with YAML support shows such faults as you type.',
  });
}

function place({ mark }: YAMLException): { line?: number; column?: number } {
  return mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
}

/** Says what keeps a text from being JSON; false where nothing does. */
function reportJson(
  name: string,
  text: string,
  problems: Problems,
  severity: 'error' | 'warning',
): boolean {
  try {
    placesOfJson(text);
    return false;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const read = severity === 'warning' ? '; it was read as YAML' : '';
    problems[severity]('load/syntax', `${name} is not valid JSON: ${error.message}${read}.`, {
      file: name,
      ...new Positions(text, placesOfJson).at(error.offset),
      hint: 'Fix the text there.',
    });
    return true;
  }
}
