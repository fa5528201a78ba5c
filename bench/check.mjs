import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { check as isFormatted } from 'prettier';

/** @import { Document } from './documents.mjs' */
/** @import { Tool } from './tools.mjs' */

/**
 * Throws unless the output declares every operation of the document.
 * @param {Tool} tool
 * @param {string} folder
 * @param {Document} document
 */
export function checkOperations(tool, folder, document) {
  const files = modules(folder).filter((path) => tool.isModule?.(relative(folder, path)) ?? true);
  if (files.length === 0) throw new Error('wrote no TypeScript');
  const declared = new Set(
    files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(tool.declares)].map(([, name, id]) =>
        plain(name ?? id ?? ''),
      ),
    ),
  );
  // A document without operationIds leaves it to each tool how an operation is called.
  if (declared.size < document.count)
    throw new Error(`emitted ${declared.size} of ${document.count} operations`);
  const lost = document.operations.filter((id) => !declared.has(plain(id)));
  if (lost.length === 0) return;
  const all = document.operations.length;
  throw new Error(`emitted ${all - lost.length} of ${all} operations; without ${lost[0]}`);
}

/**
 * Throws unless the largest emitted file, where layout is hardest, is a fixed point of prettier:
 * a tool that could not find prettier must not count as one that formats quickly.
 * @param {Tool} tool
 * @param {string} folder
 */
export async function checkFormatted(tool, folder) {
  if (tool.formatted === undefined) return;
  const largest = modules(folder).toSorted((a, b) => statSync(b).size - statSync(a).size)[0] ?? '';
  const options = { ...tool.formatted, parser: 'typescript' };
  if (await isFormatted(readFileSync(largest, 'utf8'), options)) return;
  throw new Error(`${relative(folder, largest)} is not laid out as prettier would`);
}

/**
 * Which files a folder holds, and when each was written.
 * @param {string} folder
 */
export function fingerprint(folder) {
  const written = paths(folder).map(
    (path) => `${path} ${statSync(path, { bigint: true }).mtimeNs}`,
  );
  return written.join('\n');
}

/**
 * The size of all files, in bytes.
 * @param {string} folder
 */
export function size(folder) {
  return paths(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

/** @param {string} folder */
function modules(folder) {
  return paths(folder).filter((path) => path.endsWith('.ts'));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function paths(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/**
 * A name without its style: tools write `get_Network`, `getNetwork` or `GetNetwork` for the same.
 * @param {string} name
 */
function plain(name) {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase();
}
