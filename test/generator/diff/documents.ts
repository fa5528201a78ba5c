import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { diff, type DiffSide } from '../../../generator/diff/diff.ts';
import type { Provable } from '../../../generator/diff/types/prove/prove.ts';
import type { Axis, Finding } from '../../../generator/diff/finding.ts';
import { load } from '../../../generator/load/load.ts';
import { readApi } from '../../../generator/read-api.ts';

/** An OpenAPI document with some paths, and whatever else. */
export function documentWith(paths: object, more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'Pets', version: '1.0.0' }, paths, ...more };
}

/** A document in which a schema is a request body, or the body of an answer. */
export function documentOf(schema: unknown, direction: 'request' | 'response'): object {
  const content = { 'application/json': schema === undefined ? {} : { schema } };
  const answer = direction === 'response' ? { content } : {};
  return documentWith({
    '/pets': {
      post: {
        operationId: 'addPet',
        ...(direction === 'request' && { requestBody: { content } }),
        responses: { 200: { description: 'Done', ...answer } },
      },
    },
  });
}

/** What changed between two documents. */
export async function diffOf(
  old: object,
  now: object,
  levels: readonly Axis[] = ['wire'],
): Promise<readonly Finding[]> {
  const [before, after] = await Promise.all([sideFor(old, levels), sideFor(now, levels)]);
  return diff(before, after, levels);
}

async function sideFor(document: object, levels: readonly Axis[]): Promise<DiffSide> {
  const diagnostics = new Diagnostics();
  const stdin = bytes(JSON.stringify(document));
  if (levels.every((level) => level === 'wire')) {
    const loaded = await load('-', diagnostics, { stdin, lenient: true });
    if (!loaded) throw new Error(JSON.stringify(diagnostics.list));
    return { loaded };
  }
  return sideOf(document);
}

/** A document as all axes need it. */
export async function sideOf(document: object): Promise<DiffSide & Provable> {
  const diagnostics = new Diagnostics();
  const stdin = bytes(JSON.stringify(document));
  const read = await readApi({ input: '-', lenient: true }, diagnostics, { stdin });
  if (!read || diagnostics.failed) throw new Error(JSON.stringify(diagnostics.list.slice(0, 3)));
  return { loaded: read, api: read.api, dialect: read.dialect };
}

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}
