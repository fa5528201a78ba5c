import { createHash } from 'node:crypto';
import type { Api } from '../../generator/ir/api.ts';
import { describeApi } from './describe-api.ts';
import { blockIds, type Changes } from './explorer-data.ts';
import type { PageAssets } from './page-assets.ts';

/**
 * An API as one HTML file that loads nothing: all operations, their types and, where they are given,
 * the changes since an older document.
 */
export function explorerPage(api: Api, { script, style }: PageAssets, changes?: Changes): string {
  const { index, operations, types } = describeApi(api);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${escaped(index.title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page shows an API with a script that it holds itself. Allow scripts to read it.</noscript>',
    block(blockIds.index, index),
    // Before the rest of the data: a reader sees the list while that is still read.
    `<script>${script}</script>`,
    ...(changes ? [block(blockIds.changes, changes)] : []),
    ...operations.map((chunk, at) => block(blockIds.operations(at), chunk)),
    ...types.map((chunk, at) => block(blockIds.types(at), chunk)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Data in a page: nothing in it can end its element or open a comment. */
function block(id: string, data: unknown): string {
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="${id}">${json}</script>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
