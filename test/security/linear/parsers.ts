import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { parseSource } from '../../../generator/load/load.ts';
import { enumMembers } from '../../../generator/normalize/schemas/enum-names.ts';
import { readApi } from '../../../generator/read-api.ts';
import { readRows, type RowFormat } from '../../../templates/cli-runtime/bulk/rows.ts';
import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import { lines, sequence } from '../../../templates/runtime/answers/lines.ts';
import { messages } from '../../../templates/runtime/answers/messages.ts';
import { openStream } from '../../../templates/runtime/answers/stream.ts';
import { answerTable, type RowReader } from '../../../templates/runtime/answers/table.ts';
import { readCallback } from '../../../templates/runtime/batch/draft/callback.ts';
import { parseExactly } from '../../../templates/runtime/batch/draft/exact-json.ts';
import { readBatch } from '../../../templates/runtime/batch/draft/server-batch.ts';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import { attribute } from '../../../templates/runtime/batch/outcome/attribute-error.ts';
import { outcomesOf } from '../../../templates/runtime/batch/outcome/outcomes-of.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { itemsAt, listItems } from '../../../templates/runtime/pages/items.ts';
import { linkTarget } from '../../../templates/runtime/pages/link-header.ts';
import { retryAfter } from '../../../templates/runtime/transport/retry-after.ts';
import { depthOf } from '../../../templates/runtime/transport/depth.ts';
import { meraki } from '../../runtime/batch/meraki.ts';

/** What reads a text of somebody else, and texts of a length that are hard to read. */
export interface Parser {
  readonly name: string;
  /** Makes ready what reads a text of about `length` characters, and gives it. */
  readonly prepare: (length: number) => () => unknown;
}

/** A part, as often as it takes. */
function filled(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}

function of(
  name: string,
  parts: readonly string[],
  read: (text: string) => unknown,
  [before, after]: readonly [string, string] = ['', ''],
): readonly Parser[] {
  return parts.map((part) => ({
    name: `${name}: ${JSON.stringify(part)}`,
    prepare: (length) => {
      const text = before + filled(part, length) + after;
      return () => read(text);
    },
  }));
}

const secret = `k\u00e9y"&${'\u00e9+'.repeat(10)}z`;

async function errorOf(text: string): Promise<unknown> {
  const client = createClient({
    baseUrl: 'https://api.example.com',
    credentials: [{ secret, present: () => ['Authorization', 'given'] }],
    retry: { attempts: 1 },
    fetch: async () => new Response(text, { status: 400 }),
  });
  return client.request({ id: 'a', method: 'GET', path: '/a' }).catch((error: unknown) => error);
}

const types = new Map<RowReader, string>([
  [events, 'text/event-stream'],
  [textEvents, 'text/event-stream'],
  [lines, 'application/x-ndjson'],
  [sequence, 'application/json-seq'],
]);

/** Reads a stream that comes in pieces. */
async function streamed(read: RowReader, text: string): Promise<number> {
  const type = types.get(read) ?? '';
  const size = 16_384;
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= text.length) return controller.close();
      controller.enqueue(new TextEncoder().encode(text.slice(at, at + size)));
      at += size;
    },
  });
  const client = createClient({
    baseUrl: 'https://api.example.com',
    retry: { attempts: 1 },
    fetch: async () => new Response(body, { headers: { 'Content-Type': type } }),
  });
  let count = 0;
  try {
    const answers = answerTable([{ status: 200, type, read }]);
    const stream = openStream(client, undefined, () => ({
      id: 'a',
      method: 'GET',
      path: '/a',
      answers,
    }));
    for await (const _ of stream) count += 1;
  } catch {
    // An item that is none ends it.
  }
  return count;
}

async function opened(text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'linear-'));
  try {
    const path = join(folder, 'run.jsonl');
    writeFileSync(path, text, { mode: 0o600 });
    const journal = fileJournal(path);
    await journal.open().then(
      () => journal.close(),
      () => {},
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As a file is read. */
function pieces(bytes: Buffer): readonly Buffer[] {
  const size = 4096;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

async function rows(text: string, format: RowFormat): Promise<number> {
  let count = 0;
  try {
    const console = { stdin: Readable.from(pieces(Buffer.from(text))) };
    // No more of it is used than standard input.
    for await (const _ of readRows('-', format, console as Parameters<typeof readRows>[2]))
      count += 1;
  } catch {
    // What is no table is refused.
  }
  return count;
}

async function parsed(text: string, name: string): Promise<unknown> {
  return parseSource({ name, bytes: Buffer.from(text) } as Parameters<typeof parseSource>[0]);
}

async function read(document: object): Promise<unknown> {
  const stdin = Readable.from([Buffer.from(JSON.stringify(document))]);
  const diagnostics = new Diagnostics();
  return readApi({ input: '-', lenient: true }, diagnostics, { stdin }).catch(() => undefined);
}

const failure = meraki.failure;
const said = 'Error occurred while executing update networks/N_1 with ';
const wire = { resource: '/networks/N_1', operation: 'update', body: { name: 'a' } };
const sent = [0, 1, 2].map((index) => ({ index, wire }));

function failed(errors: readonly string[]): unknown {
  const units = sent.map(({ index }) => ({ indexes: [index], group: false, name: undefined }));
  return outcomesOf(
    // As many fields as are read.
    { units, sent, creates: [] } as unknown as Parameters<typeof outcomesOf>[0],
    { kind: 'failed', batchId: '1', errors },
    { onError: 'stop', failure },
  );
}

export const parsers: readonly Parser[] = [
  ...of('an error of a batch', ['\\"', '"', '[', '{"a":', '/networks/N_1'], (text) =>
    attribute(said + text, failure, sent),
  ),
  ...of('an error of a batch, alone', ['/networks/N_1x', 'Error occurred ', ' with '], (text) =>
    attribute(text, failure, sent),
  ),
  ...of('many errors of a batch', ['no\n', `${said}{}: x\n`], (text) => failed(text.split('\n'))),
  ...of(
    'a secret',
    ['%', '\\', '%aa', '%c3%a9', '\\u00e9', '&eacute;', '&', 'k\u00e9y"&'],
    errorOf,
  ),
  ...of('sentences of an error', ['{"a":"b","c":[', '[', '"a",'], errorOf),
  ...of(
    'members of an error',
    ['"m":"b","n":[1,2],', '"errors":[{"msg":"a","loc":[1]}],'],
    (text) => messages(JSON.parse(text)),
    ['{', '"end":1}'],
  ),
  ...of('a list that is a text', ['a', '[', '\u00e9'], (text) => [
    listItems(text),
    itemsAt(['items'])(text),
  ]),
  ...of(
    'a Link header',
    ['<', '>', ';', '"', '<a>;rel="', ';rel=a,', '<a>; rel=next2, ', '\\"'],
    (text) => [linkTarget(text, 'next'), linkTarget(`<a>; x="${text}`, 'next')],
  ),
  ...of('Retry-After', ['1', ' ', ' GMT', 'Wed, '], (text) =>
    retryAfter(new Headers({ 'Retry-After': `x${text}x`, Date: `x${text}x` })),
  ),
  ...of(
    'server-sent events',
    ['data: 1\n\n', 'data: x\n', ':', '\r', '\n', 'id: ', 'data'],
    (text) => streamed(textEvents, text),
  ),
  ...of('server-sent events of JSON', ['data: [1]\n\n', 'data: [\n', 'x'], (text) =>
    streamed(events, text),
  ),
  ...of('lines of JSON', ['1\n', '\n', '[', '{"a":1}\n'], (text) => streamed(lines, text)),
  ...of('a sequence of JSON', ['\u001e1\n', '\u001e', '\n', '[\n', '"\n'], (text) =>
    streamed(sequence, text),
  ),
  ...of('a batch', ['1', '"1",', '1111111111111111.5,', '\\"'], (text) => {
    try {
      return parseExactly(text);
    } catch {
      return undefined;
    }
  }),
  ...of('a number', ['1'], (text) => parseExactly(text), ['[', '.5]']),
  ...of('a batch of many errors', ['{},', '"a",', '[1],'], (text) =>
    readBatch(meraki, { id: '1', status: { errors: JSON.parse(`[${text}1]`) } }),
  ),
  ...of('a depth', ['[', '"', '\\', '{"a":'], depthOf),
  ...of('a callback', ['"', '\\"', '[', '{"a":', '1,'], (text) =>
    readCallback(meraki, `{"sharedSecret":"a","message":${text}`, { sharedSecret: 'a' }).catch(
      () => {},
    ),
  ),
  ...of('a line of a journal', [',"sum":"aa', '{', 'a', '"}'], opened),
  ...of('lines of a journal', ['{"type":"planned"}\n', '{"type":"unlock"}\n', '\n'], opened),
  ...of('rows of CSV', ['a,b\n', '"', 'a,', '"a""b",\n', '\r', ';\t,\n'], (text) =>
    rows(text, 'csv'),
  ),
  ...of('rows of JSON lines', ['{"a":1}\n', '{', '\n', '{"a":"b\\"'], (text) =>
    rows(text, 'jsonl'),
  ),
  ...of('rows of JSON', ['{"a":1},', '[', '"', '{"a":"\\"'], (text) => rows(`[${text}`, 'json')),
  ...of(
    'a document in JSON',
    ['[', '"a":', '{"a":', '"\\"', '1,', '\n', '{"a":1,"a":1},'],
    (text) => parsed(`{"openapi":"3.0.3","x":[${text}`, 'a.json'),
  ),
  ...of(
    'a document in YAML',
    ['[', 'a: ', '- ', '? ', '"\\"', '#', 'a: 1\n', '- a\n', '&a ', '| '],
    (text) => parsed(`openapi: 3.0.3\nx: ${text}`, 'a.yaml'),
  ),
  {
    name: 'names of the values of an enum',
    prepare: (length) => {
      const names = Array.from({ length: length / 8 }, (_, index) => `name${index}`);
      return () => enumMembers({ type: 'string', enum: names, 'x-enum-varnames': names });
    },
  },
  {
    name: 'a schema of many values',
    prepare: (length) => {
      const names = Array.from({ length: length / 16 }, (_, index) => `name${index}`);
      const schema = { type: 'string', enum: names, 'x-enum-varnames': names };
      const document = {
        openapi: '3.0.3',
        info: { title: 'a', version: '1' },
        paths: {},
        components: { schemas: { A: schema } },
      };
      return () => read(document);
    },
  },
];
