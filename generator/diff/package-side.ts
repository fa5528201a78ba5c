import { statSync } from 'node:fs';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { isSystemError } from '../diagnostics/system-error.ts';
import { readRecordedApi, type RememberedApi } from '../record/read-record.ts';
import { manifestName, readRecord } from '../write/manifest.ts';
import { gitSource, isFolder, showRevision } from './git-revision.ts';

/** Whether a source names the folder of a package rather than a document. */
export async function isPackage(source: string, folder: string): Promise<boolean> {
  const revision = gitSource(source);
  if (revision) return isFolder(revision, folder);
  try {
    return statSync(source).isDirectory();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** The API of the package in a folder, also as it was in a revision (`git:REV:folder`). */
export async function readPackage(
  source: string,
  folder: string,
  diagnostics: Diagnostics,
): Promise<RememberedApi | undefined> {
  const revision = gitSource(source);
  if (!revision) return readRecordedApi(readRecord(source) ?? '', source, diagnostics);
  const path = `${revision.path.replace(/\/+$/, '')}/${manifestName}`;
  const shown = await showRevision({ ...revision, path }, folder, diagnostics);
  return shown && readRecordedApi(await textOf(shown), source, diagnostics);
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
