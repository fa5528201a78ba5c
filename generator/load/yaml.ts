import { CORE_SCHEMA, load, types } from 'js-yaml';
import { maxDepth } from './limits.ts';

/** YAML 1.2's core schema with merge keys (`<<`), which many documents use. */
const schema = CORE_SCHEMA.extend({ implicit: [types.merge] });

/**
 * The value of a YAML text, as the tree that JSON would give: what aliases share is copied.
 * @throws {YAMLException} where the text is no YAML.
 * @throws {AliasBombError} where aliases make the tree many times larger than the text.
 */
export function parseYaml(text: string): unknown {
  const value: unknown = load(text, { schema, maxDepth });
  if (!mayHaveAliases.test(text)) return value;
  measure(value, 100_000 + 10 * text.length);
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

/** Aliases expand to a tree that is too large to work with. */
export class AliasBombError extends Error {
  override readonly name = 'AliasBombError';
}

const mayHaveAliases = /(?:^|[\s,[{])\*[^\s*,[\]{}]/m;

function measure(root: unknown, limit: number): void {
  let nodes = 0;
  const visit = (value: unknown, depth: number): void => {
    nodes += 1;
    if (nodes > limit || depth > maxDepth) throw new AliasBombError();
    if (typeof value !== 'object' || value === null) return;
    for (const child of Object.values(value)) visit(child, depth + 1);
  };
  visit(root, 0);
}
