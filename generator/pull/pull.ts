import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changesBetween } from './changes.ts';
import { validate } from '../validate/validate.ts';
import { fetchBytes, shown } from '../load/read/fetch.ts';
import { ReadError } from '../load/read/read-error.ts';

/** `specs/<api>/source.json`: where a vendor publishes its document, and what it must be. */
export interface SpecSource {
  readonly url: URL;
  readonly version: string;
  readonly bytes: number;
  /** Hexadecimal, in lower case. */
  readonly sha256: string;
}

export interface Pulled {
  /** The document's path: `vendor.json` beside `source.json`. */
  readonly file: string;
  readonly source: SpecSource;
  /** False where the file was there already and is what it must be. */
  readonly fetched: boolean;
}

export interface UpdateOptions {
  /** Is given what changes for callers, before anything is written. */
  readonly onChanges?: ((changes: string) => void) | undefined;
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Why a document was not pulled, in words for its user. */
export class PullError extends Error {
  override readonly name = 'PullError';
}

/**
 * Fetches the document that `source.json` in `folder` names and writes it to `vendor.json` beside
 * it. The file appears as a whole or not at all, and only if size and SHA-256 are as promised.
 * @throws {PullError} where `source.json` is missing or wrong, the server cannot be reached, or
 * what it sends is not the promised document.
 */
export async function pull(folder: string): Promise<Pulled> {
  const source = await readSource(join(folder, 'source.json'));
  const file = join(folder, 'vendor.json');
  const present = await readFile(file).catch(() => undefined);
  if (present && sha256Of(present) === source.sha256) return { file, source, fetched: false };

  const bytes = await download(source.url);
  const sha256 = sha256Of(bytes);
  if (sha256 !== source.sha256) {
    throw new PullError(
      `${shown(source.url)} is not the document that ${join(folder, 'source.json')} promises.\n` +
        'Nothing was written.\n' +
        `  expected ${source.bytes} bytes, SHA-256 ${source.sha256}\n` +
        `  received ${bytes.byteLength} bytes, SHA-256 ${sha256}\n` +
        'If you have reason to trust what is published there now, change bytes and sha256.',
    );
  }
  await requireReadable(source.url, bytes);
  await writeWhole(file, bytes);
  return { file, source, fetched: true };
}

/**
 * Fetches what a vendor publishes now. Where that is another document than `source.json` promises,
 * and both readers accept it, it takes the place of the old one, and `source.json` promises it.
 * @throws {PullError} where it cannot be fetched, or a reader does not accept it.
 */
export async function update(
  folder: string,
  { onChanges, dryRun = false }: UpdateOptions = {},
): Promise<Pulled> {
  const file = join(folder, 'vendor.json');
  const sourceFile = join(folder, 'source.json');
  const source = await readSource(sourceFile);
  const bytes = await download(source.url);
  const sha256 = sha256Of(bytes);
  if (sha256 === source.sha256) {
    return dryRun ? { file, source, fetched: false } : pull(folder);
  }

  const version = await requireReadable(source.url, bytes);
  const next = { ...source, version, bytes: bytes.byteLength, sha256 };
  const present = onChanges && (await readFile(file).catch(() => undefined));
  if (onChanges && present) {
    const now = { name: shown(source.url), url: source.url, bytes };
    onChanges((await changesBetween({ name: file, bytes: present }, now)) ?? incomparable(file));
  }
  if (dryRun) return { file, source: next, fetched: true };
  await writeWhole(file, bytes);
  await writeWhole(sourceFile, Buffer.from(`${JSON.stringify(next, null, 2)}\n`));
  return { file, source: next, fetched: true };
}

function incomparable(file: string): string {
  return `${file} cannot be compared with the new document: batchwright cannot read it.\n`;
}

/** Tells the version of a document that both readers accept. */
async function requireReadable(url: URL, bytes: Uint8Array): Promise<string> {
  const name = shown(url);
  const { version, diagnostics, second } = await validate({ input: '-' }, { name, url, bytes });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined && second?.verdict !== 'objects') return version ?? '';
  const more = errors.length > 1 ? `\n  and ${errors.length - 1} more` : '';
  const reason = first ? `${first.code}: ${first.message}${more}` : 'swagger-parser rejects it';
  throw new PullError(
    `${name} is not a document that both readers accept.\nNothing was written.\n  ${reason}\n` +
      `Run \`batchwright validate ${name}\` for all of it.`,
  );
}

async function download(url: URL): Promise<Uint8Array> {
  try {
    return (await fetchBytes(url)).bytes;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const hint = error.hint === undefined ? '' : `\n${error.hint}`;
    throw new PullError(`${error.message}${hint}`, { cause: error });
  }
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new PullError(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

async function readSource(file: string): Promise<SpecSource> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new PullError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const { url, version, bytes, sha256 } = objectIn(text, file);
  if (typeof url !== 'string' || !/^https?:/i.test(url) || !URL.canParse(url)) {
    throw new PullError(`${file}: url must be an http or https address.`);
  }
  if (typeof version !== 'string') throw new PullError(`${file}: version must be a string.`);
  if (typeof bytes !== 'number') throw new PullError(`${file}: bytes must be a number.`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new PullError(`${file}: sha256 must be 64 hexadecimal digits.`);
  }
  return { url: new URL(url), version, bytes, sha256: sha256.toLowerCase() };
}

function objectIn(text: string, file: string): Partial<Record<keyof SpecSource, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new PullError(`${file} is not JSON: ${messageOf(error)}`, { cause: error });
  }
  throw new PullError(`${file} must hold an object.`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
