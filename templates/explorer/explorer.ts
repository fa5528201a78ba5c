import type { Template } from '../../generator/template.ts';
import { explorerPage } from './explorer-page.ts';
import { readPageAssets } from './page-assets.ts';

/** `explorer.html`: the whole package to look at, in one file. */
export const template: Template = {
  name: 'explorer',
  adds: () => ({ files: ['explorer.html'] }),
  files: async (api) => [
    { path: 'explorer.html', text: explorerPage(api, await readPageAssets()) },
  ],
};
