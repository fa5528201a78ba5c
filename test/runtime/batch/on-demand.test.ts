import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** One builder, and a run of what it builds. */
const program = `
  import { createClient } from './generated/meraki/src/runtime/client.ts';
  import { createBatch } from './generated/meraki/src/runtime/batch/draft/draft-batch.ts';
  import { meraki } from './generated/meraki/src/batch/dialect.ts';
  import { updateDevice } from './generated/meraki/src/batch/devices.ts';
  const batch = createBatch(createClient({ baseUrl: 'https://api.example' }), meraki);
  await batch.run([updateDevice({ serial: 'Q', body: {} })], { organizationId: '1' });
`;

test('a run that asks for no preview and no undo loads nothing of them', async () => {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const outputs = Object.entries(metafile.outputs);
  const loaded = new Set<string>();
  const open = outputs
    .filter(([, { entryPoint }]) => entryPoint === '<stdin>')
    .map(([path]) => path);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const { imports } = metafile.outputs[path]!;
    open.push(...imports.filter(({ kind }) => kind === 'import-statement').map((one) => one.path));
  }
  const inputs = outputs.flatMap(([path, { inputs: all }]) =>
    loaded.has(path) ? Object.entries(all) : [],
  );
  const late = inputs.filter(([path]) => /\/batch\/(effects|preview|undo)/.test(path));
  expect(late.map(([path]) => path.replace(/^.*\/batch\//, ''))).toEqual(['undo/on-demand.ts']);
  expect(late[0]![1].bytesInOutput).toBeLessThan(700);
});
