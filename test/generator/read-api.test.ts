import { expect, test } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { readApi, type ReadTarget } from '../../generator/read-api.ts';

const document = JSON.stringify({
  openapi: '3.0.0',
  info: { title: 'Things', version: '1' },
  paths: { '/things': { get: { responses: { '200': { description: 'All.' } } } } },
});

async function read(text: string, target: Partial<ReadTarget> = {}) {
  const diagnostics = new Diagnostics();
  const stdin = (async function* () {
    yield Buffer.from(text);
  })();
  const result = await readApi({ input: '-', ...target }, diagnostics, { stdin });
  return { result, list: diagnostics.list };
}

test('gives every diagnostic the place that its pointer leads to', async () => {
  const { list } = await read(document.replaceAll('"get"', '\n"get"'));
  expect(list).toEqual([
    expect.objectContaining({
      code: 'operation/no-id',
      file: 'standard input',
      line: 2,
      column: 1,
    }),
  ]);
});

test('gives the API also where the configuration does not fit it', async () => {
  const { result, list } = await read(document, { pagination: { getNothing: false } });
  expect(result?.api.title).toBe('Things');
  expect(list).toContainEqual(expect.objectContaining({ code: 'config/pagination' }));
});

test('gives no API of a document that cannot be used', async () => {
  const { result, list } = await read('{}');
  expect(result).toBeUndefined();
  expect(list).toEqual([expect.objectContaining({ code: 'load/not-openapi', severity: 'error' })]);
});

test('gives no API where its dialect does not exist', async () => {
  const { result, list } = await read(document, { dialect: 'merakki' });
  expect(result).toBeUndefined();
  expect(list).toEqual([expect.objectContaining({ code: 'config/dialect', severity: 'error' })]);
});
