import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explore } from '../../../generator/explore.ts';
import type { ExplorerIndex } from '../../../templates/explorer/explorer-data.ts';

export { petStore } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'explore-'));
let count = 0;

function fileOf(document: unknown): string {
  const path = join(folder, `${(count += 1)}.json`);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

/** The page of a document, with what changed since another one. */
export async function pageOf(document: unknown, old?: unknown): Promise<string> {
  const { page, documents } = await explore({
    target: {},
    input: fileOf(document),
    old: old === undefined ? undefined : fileOf(old),
    folder,
  });
  if (page !== undefined) return page;
  throw new Error(documents.flatMap(({ diagnostics }) => diagnostics.list)[0]?.message);
}

/** The index that a page holds. */
export function indexOf(page: string): ExplorerIndex {
  const [, json = ''] = /id="index">([^]*?)<\/script>/.exec(page) ?? [];
  return JSON.parse(json) as ExplorerIndex;
}
