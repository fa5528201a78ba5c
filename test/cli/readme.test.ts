import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeBlocks } from '../package/blocks.ts';
import { install, type Installed } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

describe.each(['meraki', 'axapi', 'journyx', 'graph'])(
  'the README of generated/%s-cli',
  { timeout: 60_000 },
  (name) => {
    const lines = codeBlocks(`generated/${name}-cli/README.md`, 'sh').flatMap(({ text }) =>
      text.trim().split('\n'),
    );
    let cli: Installed;

    beforeAll(async () => {
      cli = await install(generated(name), generated(`${name}-cli`));
    }, 60_000);

    afterAll(() => cli[Symbol.asyncDispose]());

    test('installs the package by its name', async () => {
      const text = await readFile(`${generated(`${name}-cli`)}/package.json`, 'utf8');
      const manifest: { readonly name: string; readonly bin: object } = JSON.parse(text);
      expect(lines).toContain(`npm install --global ${manifest.name}`);
      expect(Object.keys(manifest.bin)).toEqual([name]);
    });

    test('names commands that run', async () => {
      const [operation] = await operationsOf(name);
      // What needs a file and an account is run against the simulator.
      const commands = lines.filter(
        (line) => line.startsWith(`${name} `) && !/ (?:batch|simulate) /.test(line),
      );
      expect(commands.length).toBeGreaterThan(2);
      for (const command of commands) {
        const args = command
          .replace('GROUP OPERATION', `${operation?.group} ${operation?.name}`)
          .replace('WORDS', `${operation?.name}`)
          .split(' ');
        const { code, stdout, stderr } = await cli.run(args.slice(1));
        expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
        expect(stdout).not.toBe('');
      }
    });

    test('names options that calls have', async () => {
      const page = await readFile(`${generated(`${name}-cli`)}/README.md`, 'utf8');
      const named = [...page.matchAll(/`(--[a-z-]+)/g)].map(([, option = '']) => option);
      const operations = await operationsOf(name);
      const shown = [
        // Some of them have no body.
        ...operations.filter(({ method }) => method === 'PUT').slice(0, 3),
        ...operations.filter(({ method }) => method === 'POST').slice(0, 3),
        operations.find(({ paged }) => paged),
      ];
      const helps = await Promise.all([
        cli.run(['--help']),
        ...(name === 'meraki' ? [cli.run(['simulate', '--help'])] : []),
        cli.run(['batch', 'apply', '--help']),
        cli.run(['batch', 'plan', '--help']),
        cli.run(['batch', 'undo', '--help']),
        cli.run(['mcp', '--help']),
        ...shown.map((one) => cli.run([`${one?.group}`, `${one?.name}`, '--help'])),
      ]);
      const help = helps.map(({ stdout }) => stdout).join('\n');
      expect(named.length).toBeGreaterThan(5);
      expect(named.filter((option) => !help.includes(option))).toEqual([]);
    });
  },
);

interface Operation {
  readonly name: string;
  readonly group: string;
  readonly method: string;
  readonly paged?: boolean;
}

async function operationsOf(name: string): Promise<readonly Operation[]> {
  const text = await readFile(`${generated(`${name}-cli`)}/data/index.jsonl`, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Operation => JSON.parse(line));
}
