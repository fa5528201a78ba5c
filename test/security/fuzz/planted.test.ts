import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case, judge as judgeCase } from './cases.ts';

/** What the module of the cases exports. */
interface Fuzzer {
  readonly cases: fc.Arbitrary<Case>;
  readonly judge: typeof judgeCase;
}

/** A line of the client that is another one. */
interface Planted {
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
  /** What the fuzzer must say. */
  readonly fault: RegExp;
}

const planted: Readonly<Record<string, Planted>> = {
  'a page link is followed to any host': {
    file: 'client.ts',
    line: 'to.origin === from.origin || settings.allowedUrls?.test(to.href);',
    becomes: 'true;',
    fault: /^the key goes to/m,
  },
  'a redirect is followed to any host': {
    file: 'transport/redirect.ts',
    line: 'if (to.origin !== url.origin && !allowed?.test(to.href))',
    becomes: 'if (false)',
    fault: /^the key goes to/m,
  },
  'a call waits for an answer that never ends': {
    file: 'client.ts',
    line: "const timer = setTimeout(end, Math.min(timeout, MAX_DELAY), 'timeout');",
    becomes: 'const timer = undefined;',
    fault: /^it hangs/m,
  },
  'what is thrown on the way is not made an error of the call': {
    file: 'client.ts',
    line: "throw error instanceof ApiError ? error : fail('network', `${error.cause ?? error}`);",
    becomes: 'throw error;',
    fault: /^raw TypeError/m,
  },
  'a secret in an answer is not masked': {
    file: 'client.ts',
    line: 'secrets.reduce(',
    becomes: '[].reduce(',
    fault: /^the key shows/m,
  },
  'a result without a status is a success': {
    file: 'batch/request/codec.ts',
    line: "return absent === 'success' && hasBody ? 200 : noStatus;",
    becomes: 'return 200;',
    fault: /^applied without a success/m,
  },
  'a batch that has ended is completed': {
    file: 'batch/draft/server-batch.ts',
    line: 'completed: isSaid(json, record.completed),',
    becomes: 'completed: true,',
    fault: /^applied without a success/m,
  },
  'a callback is read whatever its secret': {
    file: 'batch/draft/callback.ts',
    line: "if (typeof secret !== 'string' || !sameText(secret, sharedSecret)) {",
    becomes: "if (typeof secret !== 'string') {",
    fault: /^a forged callback is read/m,
  },
  'an entry of a journal is believed': {
    file: 'batch/journal/check-entries.ts',
    line: 'if (!isSound(entry, at)) return at;',
    becomes: '',
    fault: /^raw|internal error/m,
  },
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

test.each(Object.entries(planted))(
  'the fuzzer finds out where %s',
  { timeout: 120_000 },
  async (name, { file, line, becomes, fault }) => {
    const { cases, judge } = await fuzzerOf(name, file, line, becomes);
    const property = fc.asyncProperty(cases, async (one) => {
      const faults = await judge(one);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
    const result = await fc.check(property, { seed: 1, numRuns: 2000, endOnFailure: true });
    const { message } = Object(result.errorInstance) as Partial<Error>;
    expect(message).toMatch(fault);
  },
);

/** The fuzzer, bundled with a client that has the fault. */
async function fuzzerOf(
  name: string,
  file: string,
  line: string,
  becomes: string,
): Promise<Fuzzer> {
  const outfile = `${root}.cache/planted/${name.replaceAll(/\W+/g, '-')}.mjs`;
  mkdirSync(`${root}.cache/planted`, { recursive: true });
  let count = 0;
  await build({
    entryPoints: [fileURLToPath(new URL('cases.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'planted',
        setup({ onLoad }) {
          onLoad({ filter: /\/runtime\/.*\.ts$/ }, ({ path }) => {
            const contents = readFileSync(path, 'utf8');
            if (!path.endsWith(`/runtime/${file}`)) return { contents, loader: 'ts' };
            count += contents.split(line).length - 1;
            return { contents: contents.replace(line, becomes), loader: 'ts' };
          });
        },
      },
    ],
  });
  // In the run-time of the sources and in that of the generated package.
  expect(count, 'the line is there').toBeGreaterThan(0);
  // The bundle has the exports of its entry point.
  return import(pathToFileURL(resolve(outfile)).href) as Promise<Fuzzer>;
}
