// Measures the explorer beside other viewers of OpenAPI documents, in headless Chromium; see README.md.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findDocument } from '../documents.mjs';

const help = `Usage: npm run bench:explorer -- [options]

  --runs N        rounds that count (default 5)
  --input FILE    this document in place of Meraki's: JSON
  --only A,B      only these viewers: explorer, redoc, elements, scalar
  --chromium FILE the browser (default /usr/bin/chromium)`;

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
    only: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    help: { type: 'boolean' },
  },
});
if (values.help) console.log(help);
else process.exitCode = await main();

async function main() {
  const document = findDocument('full', values.input);
  if (typeof document === 'string' || !existsSync(values.chromium)) {
    console.error(typeof document === 'string' ? document : `no browser at ${values.chromium}`);
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-explorer-'));
  const { file, title } = document;
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
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--enable-precise-memory-info'],
  });
  /** @type {Map<string, { readonly shown: number, readonly search?: number, readonly heap: number }[]>} */
  const results = new Map(viewers.map((viewer) => [viewer.name, []]));
  try {
    for (let round = 0; round <= Number(values.runs); round += 1)
      for (const viewer of viewers) {
        const result = await measure(browser, viewer, file, name);
        // The first round warms up the disk and the browser.
        if (round > 0) results.get(viewer.name)?.push(result);
      }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  const { length: cores } = cpus();
  console.log(
    `${title}: ${document.operations.length} operations; medians of ${values.runs} rounds; Node ${process.version}, ${cores} cores, load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  console.log('| viewer | shown after | search | JS heap | script, gzipped |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const viewer of viewers) {
    const list = results.get(viewer.name) ?? [];
    const search =
      viewer.name === 'explorer'
        ? `${median(list.map((one) => one.search ?? 0)).toFixed(0)} ms`
        : '';
    const code =
      viewer.script === undefined ? codeOf(viewer.page(name)) : readFileSync(viewer.script, 'utf8');
    console.log(
      `| ${viewer.name} | ${(median(list.map(({ shown }) => shown)) / 1000).toFixed(2)} s | ${search} | ${(median(list.map(({ heap }) => heap)) / 1e6).toFixed(0)} MB | ${(gzipSync(code).length / 1000).toFixed(0)} kB |`,
    );
  }
  return 0;
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
      response.setHeader('Content-Type', 'text/javascript');
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
    await page.getByRole('heading', { name: title }).first().waitFor({ timeout: 120_000 });
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

/** @param {readonly number[]} list */
function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
