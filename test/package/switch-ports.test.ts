import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import {
  createServer as createViteServer,
  type Plugin,
  type UserConfig,
  type ViteDevServer,
} from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  AccountOptions,
  Change,
  SimulatedAccount,
} from '../../generated/meraki/src/testing.ts';
import { root } from './blocks.ts';

const PROGRAM = '/usr/bin/chromium';
const execute = promisify(execFile);
const example = join(root, 'examples/switch-ports');
/** As deep in the checkout as the example itself, so that its paths lead to the same places. */
const folder = join(root, '.cache/switch-ports');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** For what waits for the server: the machine may have other work. */
const patience = { timeout: 120_000 };

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestOf = (path: string): Manifest =>
  JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));

test('the example asks for the versions that it is tested with', () => {
  const { dependencies, devDependencies } = manifestOf(example);
  const asked = { ...dependencies, ...devDependencies };
  const tested = manifestOf(root).devDependencies;
  expect(asked).toEqual(Object.fromEntries(Object.keys(asked).map((name) => [name, tested[name]])));
});

// It takes no part of the run where there is no browser.
describe.skipIf(!existsSync(PROGRAM))(
  'examples/switch-ports in Chromium (skipped where /usr/bin/chromium is not installed)',
  { timeout: 300_000 },
  () => {
    let server: ViteDevServer;
    let account: SimulatedAccount;
    let before: ReadonlyMap<string, unknown>;
    let browser: Browser;
    let page: Page;
    const faults: string[] = [];

    beforeAll(async () => {
      await rm(folder, { recursive: true, force: true });
      await cp(example, folder, {
        recursive: true,
        filter: (path) => !/switch-ports\/(?:src\/meraki|node_modules|dist)$/.test(path),
      });
      await execute('npm', ['run', '--silent', 'generate'], { cwd: folder });
      ({ server, account } = await play());
      before = ports();
      browser = await chromium.launch({
        executablePath: PROGRAM,
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-component-update'],
      });
      page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(patience.timeout);
      page.on('pageerror', (error) => void faults.push(String(error)));
      await page.goto(server.resolvedUrls?.local[0] ?? '');
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      await server?.close();
      expect(faults).toEqual([]);
    });

    /** The ports of each switch as the account has them. */
    const ports = (): ReadonlyMap<string, unknown> =>
      new Map(
        (account.read('/organizations/1/devices') as readonly { readonly serial: string }[]).map(
          ({ serial }) => [serial, account.read(`/devices/${serial}/switch/ports`)],
        ),
      );
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
    const text = (words: string | RegExp) => page.getByText(words).waitFor();
    const figure = (name: string): Promise<string | null> =>
      page.locator('.figures div', { hasText: name }).locator('dd').textContent();

    /** What axe finds, and what is wider than the screen, on wide and narrow screens, light and dark. */
    async function faultsOfPage(): Promise<readonly unknown[]> {
      const found: unknown[] = [];
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [1280, 400]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
          const rules: readonly unknown[] = await page.evaluate(
            'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
          );
          found.push(...rules.map((rule) => [colorScheme, width, rule]));
          const wide: number = await page.evaluate('document.documentElement.scrollWidth');
          if (wide > width) found.push(['too wide', width, wide]);
        }
      await page.setViewportSize({ width: 1280, height: 800 });
      return found;
    }

    test('the app compiles', async () => {
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      const { stdout } = await execute(process.execPath, [compiler, '-p', folder]);
      expect(stdout).toBe('');
    });

    test('lists the jobs of a Secure Access batch page by page', async () => {
      await page.getByRole('link', { name: 'Jobs' }).click();
      await text('25 jobs in 1 page; there are more');
      for (let loaded = 50; loaded <= 125; loaded += 25) {
        await button('Show 25 more').click();
        await text(`${loaded} jobs in ${loaded / 25} pages; there are more`);
      }
      await button('Show 25 more').click();
      await text('137 jobs in 6 pages');
      await text('These are all.');
      expect(await faultsOfPage()).toEqual([]);
    });

    test('says what to do about a batch that is not there', async () => {
      await page.getByLabel('Batch').fill('B_2');
      await button('Show').first().click();
      await page.getByRole('alert').filter({ hasText: 'Check the id.' }).waitFor();
    });

    test('changes 2,000 ports at once, and single ones with keys alone', async () => {
      await page.getByRole('link', { name: 'Ports' }).click();
      await text('2,000 ports on 42 switches');
      await page.getByLabel('VLAN of all ports shown').fill('120');
      await button('Set for 2,000 ports shown').click();
      await text('2,000 ports changed.');
      await page.getByLabel('Filter').fill('bern floor 1 camera');
      await button(/^Set for \d+ ports shown$/).waitFor();
      await page.getByLabel(/^VLAN of Bern floor 1, port 2,/).focus();
      // A VLAN that the simulator refuses, three times, from field to field.
      for (let at = 0; at < 3; at += 1) {
        const row = await page.locator('[role=row]:has(:focus)').getAttribute('aria-rowindex');
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type('4094');
        await page.keyboard.press('Enter');
        await page.locator(`[aria-rowindex="${Number(row) + 1}"]:has(:focus)`).waitFor();
      }
      await page.getByLabel('Filter').fill('');
      expect(await faultsOfPage()).toEqual([]);
    });

    test('shows the plan, old values beside new ones, before anything is sent', async () => {
      await button('Review changes').click();
      await heading('Review');
      expect([await figure('to change'), await figure('can be undone')]).toEqual([
        '2,000',
        '2,000',
      ]);
      const [first] = await page.getByRole('row').filter({ hasText: 'port 1' }).allTextContents();
      expect(first).toContain('Bern floor 1, port 1');
      expect(first).toMatch(/VLAN 10 →\s+becomes\s+120/);
      await page.getByText('The plan as text').click();
      expect(await page.locator('pre').textContent()).toMatch(/vlan: 10 +→ 120/);
      await page.getByText('The plan as text').click();
      expect(account.changes).toEqual([]);
      expect(await faultsOfPage()).toEqual([]);
    });

    test('loses nothing when the page is reloaded in the middle of a run', async () => {
      await button('Apply 2,000 changes').click();
      await text(/^[1-9][\d,]* of 2,000 changes/);
      await page.reload();
      await text('The run ended early.');
      await button(/^Resume [\d,]+ changes$/).click();
      await heading('Applied');
      expect(new Set(portsOf(account.changes)).size).toBe(account.changes.length);
    });

    test('shows the outcome of each port, and why it failed', async () => {
      await text('1,997 of 2,000 changes took effect.');
      expect([await figure('applied'), await figure('failed')]).toEqual(['1,997', '3']);
      const rows = page.getByRole('table', { name: 'Outcomes' }).getByRole('row');
      const problems = (await rows.allTextContents()).slice(1);
      expect(problems).toHaveLength(3);
      for (const problem of problems)
        expect(problem).toMatch(/^Bern floor 1, port \d+VLAN: 4094failed.*4094/);
      expect(await faultsOfPage()).toEqual([]);
    });

    test('stops when it is asked to, and resumes', async () => {
      await page.reload();
      await button('Undo…').click();
      await heading('Review the undo');
      expect(await figure('to change')).toBe('1,997');
      await button('Undo 1,997 changes').click();
      await text(/^[1-9][\d,]* of 1,997 changes/);
      await button('Stop').click();
      await text('The run ended early.');
      expect(await faultsOfPage()).toEqual([]);
      await button(/^Resume [\d,]+ changes$/).click();
      await page.getByRole('progressbar').waitFor();
      expect(await faultsOfPage()).toEqual([]);
    });

    test('undoes it all, and each port is as it was before', async () => {
      await heading('Undone');
      await text('1,997 of 1,997 changes were taken back.');

      const changed = account.changes.slice(0, 1_997);
      const undone = account.changes.slice(1_997);
      expect(new Set(portsOf(changed)).size).toBe(1_997);
      expect(changed.every(({ body }) => body?.['vlan'] === 120)).toBe(true);
      expect(portsOf(undone).toSorted()).toEqual(portsOf(changed).toSorted());
      expect(ports()).toEqual(before);
    });
  },
);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Serves the page as `npm start` does, with an account whose batches take less time. */
async function play(): Promise<{
  readonly server: ViteDevServer;
  readonly account: SimulatedAccount;
}> {
  // The modules are not there when this file is compiled; their types are those of the example.
  const load = (path: string): Promise<Readonly<Record<string, unknown>>> =>
    import(pathToFileURL(join(folder, path)).href);
  const { exampleAccount } = await load('server/account.ts');
  const { createAccount } = await load('src/meraki/testing.ts');
  const { played } = await load('server/played.ts');
  const { configWith } = await load('vite.config.ts');
  const options: AccountOptions = {
    ...(exampleAccount as AccountOptions),
    batchTime: 200,
    perSecond: undefined,
  };
  const account = (createAccount as (options: AccountOptions) => SimulatedAccount)(options);
  const plugin = (played as (account: SimulatedAccount) => Plugin)(account);
  const config = (configWith as (account: Plugin, organizationId: string) => UserConfig)(
    plugin,
    '1',
  );
  const server = await createViteServer({
    ...config,
    configFile: false,
    root: folder,
    logLevel: 'silent',
    server: { ...config.server, port: await freePort(), strictPort: true },
  });
  await server.listen();
  return { server, account };
}

function portsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ resource }) => resource);
}
