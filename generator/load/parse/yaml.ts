import { CORE_SCHEMA, load, types, YAMLException, type LoaderState } from 'js-yaml';
import type { Duplicate, Place, Places } from './json-offsets.ts';
import { maxDepth } from '../limits.ts';

export { YAMLException };

/** YAML 1.2's core schema with merge keys (`<<`), which many documents use. */
const schema = CORE_SCHEMA.extend({ implicit: [types.merge] });

const options = { schema, maxDepth, maxTotalMergeKeys: 1_000_000 };

/** Aliases expand to a tree that is many times larger than the text, or to one without end. */
export class AliasBombError extends Error {
  override readonly name = 'AliasBombError';
}

export interface ParsedYaml {
  /** A tree as JSON would give it: what aliases share is copied. */
  readonly value: unknown;
  /** Whether a key stands twice in a mapping; the last counts, as in JSON. */
  readonly duplicates: boolean;
}

/**
 * @throws {YAMLException} where the text is not YAML.
 * @throws {AliasBombError} where that tree is too large.
 */
export function parseYaml(text: string): ParsedYaml {
  const { value, duplicates } = loadYaml(text);
  if (!mayHaveAliases.test(text)) return { value, duplicates };
  limitSize(value, 100_000 + 10 * text.length);
  return { value: JSON.parse(JSON.stringify(value) ?? 'null'), duplicates };
}

function loadYaml(text: string): ParsedYaml {
  try {
    return { value: load(text, options), duplicates: false };
  } catch (error) {
    if (!(error instanceof YAMLException) || !error.reason.startsWith('duplicated')) throw error;
    return { value: load(text, { ...options, json: true }), duplicates: true };
  }
}

/** In a text that is valid YAML: whether an alias (`*name`) may stand in it. */
const mayHaveAliases = /(?:^|[\s,[{])\*[^\s*,[\]{}]/m;

function limitSize(root: unknown, limit: number): void {
  let nodes = 0;
  const visit = (value: unknown, depth: number): void => {
    nodes += 1;
    if (nodes > limit || depth > maxDepth) throw new AliasBombError();
    if (typeof value !== 'object' || value === null) return;
    for (const child of Object.values(value)) visit(child, depth + 1);
  };
  visit(root, 0);
}

interface Node {
  readonly offset: number;
  readonly children: Node[];
  value: unknown;
  kind: LoaderState['kind'];
}

/**
 * Where the values of a YAML text are. It follows what the parser reports while it reads, which
 * costs an eighth of a parser that builds a syntax tree.
 */
export function placesOfYaml(text: string): Places {
  const open: Node[] = [];
  let root: Node | undefined;
  const listener = (event: 'open' | 'close', state: LoaderState): void => {
    if (event === 'open') {
      open.push({ offset: state.position, children: [], value: undefined, kind: null });
      return;
    }
    const node = open.pop();
    if (node === undefined) return;
    node.kind = state.kind;
    node.value = state.result;
    root = node;
    open.at(-1)?.children.push(node);
  };
  load(text, { ...options, json: true, listener });
  const duplicates: Duplicate[] = [];
  return { root: placeOf(text, root, [], duplicates), duplicates };
}

function placeOf(
  text: string,
  node: Node | undefined,
  path: readonly string[],
  duplicates: Duplicate[],
): Place {
  const parts = new Map<string, Place>();
  if (node === undefined) return { offset: 0, parts };
  const offset = contentOffset(text, node.offset);
  const [only] = node.children;
  // A value read as the first key of a mapping that then was none is reported twice.
  if (node.children.length === 1 && only !== undefined && only.value === node.value) {
    return { ...placeOf(text, only, path, duplicates), offset };
  }
  if (node.kind === 'sequence') {
    for (const [index, item] of node.children.entries()) {
      const key = String(index);
      parts.set(key, placeOf(text, item, [...path, key], duplicates));
    }
  }
  if (node.kind === 'mapping') {
    for (let index = 0; index + 1 < node.children.length; index += 2) {
      const [key, value] = node.children.slice(index, index + 2);
      const name = String(key?.value);
      const keyOffset = contentOffset(text, key?.offset ?? 0);
      if (parts.has(name) && name !== '<<')
        duplicates.push({ path: [...path, name], offset: keyOffset });
      parts.set(name, { ...placeOf(text, value, [...path, name], duplicates), offset: keyOffset });
    }
  }
  return { offset, parts };
}

/** Skips the space, line ends and comments that stand before a value. */
function contentOffset(text: string, offset: number): number {
  beforeContent.lastIndex = offset;
  beforeContent.test(text);
  return beforeContent.lastIndex;
}

const beforeContent = /(?:\s|(?<=\s)#.*)*/y;
