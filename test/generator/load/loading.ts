import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Diagnostic, Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { load, type Loaded, type LoadOptions } from '../../../generator/load/load.ts';

export interface Outcome {
  readonly loaded: Loaded | undefined;
  /** What is told: `severity code file:line:column pointer`, with the folder left out. */
  readonly told: readonly string[];
  readonly messages: readonly string[];
  readonly hints: readonly (string | undefined)[];
}

/** A folder with some files, for the time of one test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batchwright-load-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Loads the first of some files, which the others lie beside. */
export async function loadFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: LoadOptions = {},
): Promise<Outcome> {
  const folder = folderWith(files);
  return loadSource(join(folder, Object.keys(files)[0] ?? ''), options, `${folder}/`);
}

/** Loads one document from a text. */
export async function loadText(text: string, options: LoadOptions = {}): Promise<Outcome> {
  return loadFiles({ 'api.yaml': text }, options);
}

export async function loadSource(
  source: string,
  options: LoadOptions = {},
  folder = '',
): Promise<Outcome> {
  const diagnostics = new Diagnostics();
  const loaded = await load(source, diagnostics, options);
  const list = diagnostics.list;
  const plain = (text: string): string => text.replaceAll(folder === '' ? '\0' : folder, '');
  return {
    loaded,
    told: list.map((diagnostic) => plain(line(diagnostic))),
    messages: list.map(({ message }) => plain(message)),
    hints: list.map(({ hint }) => (hint === undefined ? undefined : plain(hint))),
  };
}

function line({ severity, code, file, line, column, pointer }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return [severity, code, place, pointer]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** A document that is valid, with something added to its root. */
export function document(extra: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {},
    ...extra,
  });
}
