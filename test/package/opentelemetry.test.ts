import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { documentOf, emitted, moduleOf } from '../support/emitted.ts';
import { codeBlocks } from './blocks.ts';

// The example of docs/client.md, run as it stands there.

const exporter = new InMemorySpanExporter();
const answers: Response[] = [];
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let meraki: any;

beforeAll(async () => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  const folder = await emitted(
    documentOf({
      '/things/{id}': {
        get: {
          operationId: 'getThing',
          tags: ['things'],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: { content: { 'application/json': { schema: {} } } } },
        },
      },
    }),
  );
  const block = codeBlocks('docs/client.md', 'ts').find(({ text }) =>
    text.includes("from '@opentelemetry/api'"),
  );
  const code = (block?.text ?? '')
    .replace("'@opentelemetry/api'", JSON.stringify(import.meta.resolve('@opentelemetry/api')))
    .replace('const meraki =', 'export const open = (options: object) =>')
    .replace('createMeraki(', 'createExample(');
  await writeFile(
    join(folder, 'tracing.ts'),
    `import { createExample } from './src/index.ts';\n${code}`,
  );
  const { open } = await import(pathToFileURL(join(folder, 'tracing.ts')).href);
  await moduleOf(folder, 'index.ts');
  meraki = open({
    baseUrl: 'https://api.example.com',
    retry: { attempts: 2 },
    fetch: async () => answers.shift() ?? Response.json({}),
  });
});
beforeEach(() => exporter.reset());
afterAll(() => trace.disable());

test('a call is a span of a client, with method, path and status', async () => {
  await meraki.things.getThing({ id: 1 });
  expect(exporter.getFinishedSpans()).toMatchObject([
    {
      name: 'getThing',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'http.request.method': 'GET',
        'url.path': '/things/1',
        'http.request.resend_count': 0,
        'http.response.status_code': 200,
      },
    },
  ]);
});

test('each attempt is a span of its own that ends', async () => {
  answers.push(new Response(null, { status: 503, headers: { 'Retry-After': '0' } }));
  await meraki.things.getThing({ id: 1 });
  const spans = exporter.getFinishedSpans();
  expect(
    spans.map(({ ended, attributes }) => [
      ended,
      attributes['http.request.resend_count'],
      attributes['http.response.status_code'],
    ]),
  ).toEqual([
    [true, 0, 503],
    [true, 1, 200],
  ]);
});

test('a failure says its status and what went wrong', async () => {
  answers.push(Response.json({ message: 'none' }, { status: 404 }));
  await expect(meraki.things.getThing({ id: 1 })).rejects.toThrow('404');
  expect(exporter.getFinishedSpans()).toMatchObject([
    { status: { code: SpanStatusCode.ERROR }, attributes: { 'http.response.status_code': 404 } },
  ]);
});
