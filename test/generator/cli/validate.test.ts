import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const faulty = { ...petStore, info: undefined };

const folder = folderWith({
  'pets.json': JSON.stringify(petStore),
  'faulty.json': JSON.stringify(faulty),
  'next.json': JSON.stringify({ ...petStore, openapi: '3.2.0' }),
});

test('a document that both accept is valid', async () => {
  expect(await run(folder, 'validate', 'pets.json')).toEqual({
    code: 0,
    stdout: 'pets.json: valid; swagger-parser accepts it\n',
    stderr: '',
  });
});

test('a document with a fault is not, and the fault has its place', async () => {
  const { code, stdout, stderr } = await run(folder, 'validate', 'faulty.json');
  expect([code, stdout]).toEqual([1, 'faulty.json: 1 error; swagger-parser rejects it\n']);
  expect(stderr).toMatch(/^faulty\.json:1:1: error load\/invalid: /);
});

test('a version that swagger-parser does not read is judged by us alone', async () => {
  expect((await run(folder, 'validate', 'next.json')).stdout).toBe(
    'next.json: valid; swagger-parser has no opinion: it does not read OpenAPI 3.2.0\n',
  );
});

test('a document that is not there is an error', async () => {
  const { code, stdout } = await run(folder, 'validate', 'none.json');
  expect([code, stdout]).toEqual([1, 'none.json: 1 error; swagger-parser was not asked\n']);
});

test('prints both opinions as JSON', async () => {
  const { code, stdout } = await run(folder, 'validate', 'faulty.json', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    swaggerParser: { verdict: 'objects' },
    diagnostics: [{ code: 'load/invalid', line: 1 }],
  });
});
