import { readFile } from 'node:fs/promises';
import { packageRoot } from '../../generator/own-package.ts';

/** What makes the page work and look as it does; built of `page/`. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

export async function readPageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all(
    ['main.js', 'page.css'].map((name) =>
      readFile(new URL(`dist/explorer/${name}`, packageRoot), 'utf8'),
    ),
  );
  return { script: (script ?? '').trim(), style: (style ?? '').trim() };
}
