import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import { bench, organizationId, ports, updateNetwork } from '../../runtime/batch/fixtures.ts';
import { pageOf, petStore } from './pages.ts';

const PROGRAM = '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { '/owners': _, ...pets } = Object(petStore['paths']);

describe.skipIf(!existsSync(PROGRAM))(
  'in Chromium, from a file (skipped where it is not installed)',
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
    const file = join(folder, 'explorer.html');
    const address = pathToFileURL(file).href;
    const faults: string[] = [];
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      writeFileSync(file, await pageOf(petStore, { ...petStore, paths: pets }));
      browser = await chromium.launch({
        executablePath: PROGRAM,
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-component-update'],
      });
      page = await browser.newPage();
      page.on('console', (message) => void faults.push(message.text()));
      page.on('pageerror', (error) => void faults.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
          faults.push(request.url());
      });
      await page.goto(address);
    });

    afterAll(async () => {
      await browser?.close();
      // Nothing was loaded, nothing was refused by its policy, nothing failed.
      expect(faults).toEqual([]);
    });

    const heading = (): Promise<string | null> => page.textContent('main h1');

    test('shows the API', async () => {
      expect(await heading()).toBe('Pet Store');
      expect(await page.textContent('.figures')).toContain('can stand in a batch');
    });

    test('is used with keys alone', async () => {
      await page.keyboard.press('/');
      await page.keyboard.type('list pets');
      expect(await page.textContent('[role=status]')).toBe('1 found');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        () => document.querySelector('main h1')?.textContent === 'listPets',
      );
      expect(await page.textContent('main')).toContain('GET /pets');
      expect(await page.textContent('main')).toContain('await client.');
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
      expect(await page.inputValue('#search')).toBe('');
    });

    test('leads from a change to its operation', async () => {
      await page.click('text=Changes');
      await page.click('main a');
      await page.waitForFunction(() => location.hash === '#/operation/listOwners');
      expect(await heading()).toBe('listOwners');
    });

    test('shows what came of a run whose journal is dropped on it', async () => {
      await using at = await bench();
      const path = join(folder, 'run.jsonl');
      const failing = updateNetwork({
        networkId: 'N_1',
        body: { n: 1, fail: 'the name is taken' },
      });
      const options = { organizationId, journal: fileJournal(path), onError: 'continue' as const };
      await at.batch.run([...ports(3), failing], options);

      const transfer = await page.evaluateHandle(
        (text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'run.jsonl'));
          return data;
        },
        readFileSync(path, 'utf8'),
      );
      await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
      await page.waitForFunction(
        () => document.querySelector('main h1')?.textContent === 'Journal',
      );
      expect(await page.textContent('.figures')).toContain('3 applied, 1 failed');
      expect(await page.textContent('main table')).toContain('the name is taken');
      await page.click('main summary');
      await page.waitForSelector('main details h3');
      expect(await page.textContent('main details')).toContain('/devices/Q2-0/switch/ports/0');
    });

    test('says what is wrong with a file that is none', async () => {
      await page.goto(`${address}#/run`);
      await page.setInputFiles('#file', {
        name: 'ports.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('a,b'),
      });
      const alert = page.locator('[role=alert]', { hasText: 'ports.csv: The file is neither' });
      await alert.waitFor();
    });

    test.each(['light', 'dark'] as const)(
      'has no fault that axe finds, %s',
      async (colorScheme) => {
        await page.emulateMedia({ colorScheme });
        for (const hash of ['#/', '#/operation/listPets', '#/changes', '#/run']) {
          await page.goto(address + hash);
          await page.waitForSelector('main h1');
          for (const details of await page.$$('nav details'))
            await details.evaluate((it) => it.setAttribute('open', ''));
          // By the debugger, which no policy stops: the page itself allows no further script.
          await page.evaluate(axe);
          const violations = await page.evaluate(
            'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
          );
          expect({ hash, violations }).toEqual({ hash, violations: [] });
        }
      },
    );
  },
);
