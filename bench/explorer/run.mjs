// Measures the explorer beside other viewers of OpenAPI documents, in headless Chromium; see README.md.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findDocument, findLarge } from '../documents.mjs';
import { median } from '../median.mjs';

const help = `Usage: npm run bench:explorer -- [options]

  --runs N        rounds that count (default 5)
  --input FILE    this document in place of those of Meraki, GitHub and Microsoft Graph: JSON
  --write         puts the figures into docs/explorer.md
  --only A,B      only these viewers: explorer, redoc, elements, scalar
  --chromium FILE the browser (default /usr/bin/chromium)`;

/** Milliseconds after which a viewer is given up. */
const limit = 60_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = fileURLToPath(new URL('node_modules', import.meta.url));

/**
 * A viewer of documents.
 * @typedef {object} Viewer
 * @property {string} name
 * @property {string | undefined} script what it loads besides the document
 * @property {(title: string) => string} page
 */

/** @type {readonly Viewer[]} */
const peers = [
  {
    name: 'redoc',
    script: join(modules, 'redoc/bundles/redoc.standalone.js'),
    page: (title) =>
      `<title>${title}</title><redoc spec-url="/document.json"></redoc><script src="/script.js"></script>`,
  },
  {
    name: 'elements',
    script: join(modules, '@stoplight/elements/web-components.min.js'),
    page: (title) =>
      `<title>${title}</title><script src="/script.js"></script><elements-api apiDescriptionUrl="/document.json" router="hash"></elements-api>`,
  },
  {
    name: 'scalar',
    script: join(modules, '@scalar/api-reference/dist/browser/standalone.js'),
    page: (title) =>
      `<title>${title}</title><div id="app"></div><script src="/script.js"></script><script>Scalar.createApiReference('#app', { url: '/document.json', telemetry: false, withDefaultFonts: false })</script>`,
  },
];

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    input: { type: 'string' },
    write: { type: 'boolean' },
    only: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    help: { type: 'boolean' },
  },
});
if (values.help) console.log(help);
else process.exitCode = await main();

/** @typedef {{ readonly shown: number, readonly search?: number, readonly heap: number }} Result */

async function main() {
  const first = findDocument('full', values.input);
  const found = [first, ...(values.input === undefined ? findLarge() : [])];
  if (!existsSync(values.chromium)) {
    console.error(`no browser at ${values.chromium}`);
    return 1;
  }
  const tables = [];
  for (const document of found)
    tables.push(typeof document === 'string' ? document : await tableOf(document));
  const { length: cores } = cpus();
  const rounds = values.runs === '1' ? 'One round' : `Medians of ${values.runs} rounds`;
  const machine = `${rounds} after a first one that warms up; Node ${process.version}, Chromium, ${cores} cores, load ${loadavg()[0]?.toFixed(1)}.`;
  const report = [machine, ...tables].join('\n\n');
  console.log(report);
  if (values.write) writeReport(report);
  return 0;
}

/** @param {string} report */
function writeReport(report) {
  const page = join(root, 'docs/explorer.md');
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    text.replace(
      /(<!-- figures -->\n)[^]*(<!-- end -->)/,
      (_, from, to) => `${from}\n${report}\n\n${to}`,
    ),
  );
}

/** @param {import('../documents.mjs').Document} document */
async function tableOf({ file, title, operations }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-explorer-'));
  const own = join(folder, 'explorer.html');
  execFileSync(
    process.execPath,
    [join(root, 'dist/bin/cli.js'), 'explore', file, '--lenient', `--output=${own}`],
    { stdio: 'ignore' },
  );
  const ownPage = readFileSync(own, 'utf8');
  const name = JSON.parse(readFileSync(file, 'utf8')).info.title;
  /** @type {readonly Viewer[]} */
  const all = [{ name: 'explorer', script: undefined, page: () => ownPage }, ...peers];
  const viewers = all.filter((viewer) => values.only?.split(',').includes(viewer.name) ?? true);
  /** @type {Map<string, Result[]>} */
  const results = new Map(viewers.map((viewer) => [viewer.name, []]));
  /** @type {Map<string, string>} */
  const failures = new Map();
  try {
    for (let round = 0; round <= Number(values.runs); round += 1)
      for (const viewer of viewers) {
        if (failures.has(viewer.name)) continue;
        // A browser of its own: what one viewer leaves behind is not another's.
        const browser = await chromium.launch({
          executablePath: values.chromium,
          args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--enable-precise-memory-info'],
        });
        try {
          const result = await measure(browser, viewer, file, name);
          // The first round warms up the disk.
          if (round > 0) results.get(viewer.name)?.push(result);
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          const isLate = text.includes('Timeout');
          failures.set(viewer.name, isLate ? `not within ${limit / 1000} s` : 'the page crashes');
        } finally {
          await browser.close();
        }
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const rows = viewers.map((viewer) => {
    const code =
      viewer.script === undefined ? codeOf(viewer.page(name)) : readFileSync(viewer.script, 'utf8');
    const size = `${(gzipSync(code).length / 1000).toFixed(0)} kB`;
    const failure = failures.get(viewer.name);
    const cells =
      failure === undefined ? cellsOf(results.get(viewer.name) ?? []) : [failure, '', ''];
    return `| ${[viewer.name, ...cells, size].join(' | ')} |`;
  });
  return [
    `${title}, ${operations.length.toLocaleString('en')} operations, ${(readFileSync(file).length / 1e6).toFixed(1)} MB:\n`,
    '| viewer | shown after | search | JS heap | script, gzipped |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

/** @param {readonly Result[]} list */
function cellsOf(list) {
  const searches = list.flatMap(({ search }) => (search === undefined ? [] : [search]));
  return [
    `${(median(list.map(({ shown }) => shown)) / 1000).toFixed(2)} s`,
    searches.length > 0 ? `${median(searches).toFixed(0)} ms` : '',
    `${(median(list.map(({ heap }) => heap)) / 1e6).toFixed(0)} MB`,
  ];
}

/** The script and the style of our page, without its data. @param {string} page */
function codeOf(page) {
  return [...page.matchAll(/<(?:script|style)>([^]*?)<\/(?:script|style)>/g)]
    .map(([, code]) => code)
    .join('');
}

/**
 * Loads a page from this computer until the API's title is shown.
 * @param {import('playwright-core').Browser} browser
 * @param {Viewer} viewer
 * @param {string} file
 * @param {string} title
 */
async function measure(browser, viewer, file, title) {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(
        viewer.script === undefined
          ? viewer.page(title)
          : `<!doctype html>${viewer.page('viewer')}`,
      );
    } else if (request.url === '/document.json') {
      response.setHeader('Content-Type', 'application/json');
      response.end(readFileSync(file));
    } else if (request.url === '/script.js' && viewer.script !== undefined) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
      response.end(readFileSync(viewer.script));
    } else response.writeHead(404).end();
  });
  await new Promise((done) => void server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // Fonts and the like of viewers that load them; what is measured is on this computer.
    await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.abort());
    const started = performance.now();
    await page.goto(`http://127.0.0.1:${address.port}/`, { waitUntil: 'commit' });
    await page.getByRole('heading', { name: title }).first().waitFor({ timeout: limit });
    const shown = performance.now() - started;
    await page.waitForLoadState('load');
    const search = viewer.name === 'explorer' ? await searchTime(page) : undefined;
    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { shown, heap: usedSize, ...(search !== undefined && { search }) };
  } finally {
    await context.close();
    server.close();
    server.closeAllConnections();
  }
}

/** From a key to the list laid out. @param {import('playwright-core').Page} page */
function searchTime(page) {
  return page.evaluate(() => {
    const input = document.querySelector('input');
    if (!input) return 0;
    input.value = 'get';
    const started = performance.now();
    input.dispatchEvent(new Event('input'));
    void document.body.offsetHeight;
    return performance.now() - started;
  });
}
