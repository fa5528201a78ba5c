import { describe, expect, test } from 'vitest';
import { printable, printableJson } from '../../generator/diagnostics/printable.ts';
import { folderWith } from '../generator/config/files.ts';
import { petStore, run } from '../generator/cli/run.ts';

describe('a text of a document does not start a command of a build service', () => {
  test.each([
    ['##vso[task.setvariable variable=x]y', String.raw`#\u{23}vso[task.setvariable variable=x]y`],
    ['id ##[add-path]/tmp', String.raw`id #\u{23}[add-path]/tmp`],
    ["##teamcity[message text='x']", String.raw`#\u{23}teamcity[message text='x']`],
    ['::set-output name=x::y', String.raw`\u{3a}:set-output name=x::y`],
    [' \t::error::x', String.raw`\u{3a}:error::x`],
    ['a ## heading', 'a ## heading'],
    ['std::vector', 'std::vector'],
  ])('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('a text of a document shows all that is in it', () => {
  test.each([
    ['bidirectional controls', 'a\u202Eb', String.raw`a\u{202e}b`],
    ['C1 controls', 'a\u009B31mb', String.raw`a\u{9b}31mb`],
    ['fillers', 'a\u3164b', String.raw`a\u{3164}b`],
    ['blanks that are no spaces', 'a\u2800b', String.raw`a\u{2800}b`],
    ['annotations', 'a\uFFF9b', String.raw`a\u{fff9}b`],
    ['tags', 'a\u{E0041}b', String.raw`a\u{e0041}b`],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('JSON for a log', () => {
  const value = { id: '##vso[x]\u202E\u009B\u{E0041}\u2028', list: ['::x', 'ä'] };

  test('is the same value', () => {
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  test('has neither commands nor invisible characters', () => {
    expect(printableJson(value)).toBe(String.raw`{
  "id": "#\u0023vso[x]\u202e\u009b\udb40\udc41\u2028",
  "list": [
    "::x",
    "ä"
  ]
}`);
  });
});

const hostile = {
  ...petStore,
  paths: {
    '/a': {
      get: {
        operationId: '::add-mask::x',
        tags: ['##vso[task.complete]\u202E'],
        responses: { 204: { description: 'None' } },
      },
    },
  },
};

test.each([['inspect'], ['inspect', '--json'], ['validate', '--json']])(
  'the command line does not pass them on: %j',
  async (...argv) => {
    const folder = folderWith({ 'api.json': JSON.stringify(hostile) });
    const { stdout, stderr } = await run(folder, ...argv, 'api.json');
    expect(stdout + stderr).not.toMatch(/##\w*\[|^\s*::|\u202E/m);
  },
);

test.each(['javascript:alert(1)', 'data:text/html,<b>', 'JavaScript:alert(1)', ' javascript:x'])(
  'the page of an API has no link to %j',
  async (url) => {
    const document = JSON.parse(JSON.stringify(petStore));
    document.paths['/pets'].get.externalDocs = { url };
    const folder = folderWith({ 'a.json': JSON.stringify(document) });
    const { code, stdout } = await run(folder, 'explore', 'a.json', '--output', '-');
    expect(code).toBe(0);
    expect(stdout).not.toContain(
      `"link":${JSON.stringify(url).replaceAll('<', String.raw`\u003c`)}`,
    );
    expect(stdout).not.toContain('"link"');
  },
);
