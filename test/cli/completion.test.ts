import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { install, type Installed } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

let cli: Installed;

beforeAll(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
}, 60_000);

afterAll(() => cli[Symbol.asyncDispose]());

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await cli.run(['complete', '--', ...words]);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion', { timeout: 30_000 }, () => {
  test('knows commands and groups', async () => {
    expect(await complete('ba')).toEqual(['batch']);
    expect(await complete('swi')).toEqual(['switch']);
    expect(await complete('')).not.toContain('complete');
  });

  test('knows the operations of a group, and their options', async () => {
    expect(await complete('switch', 'updateDeviceSwitchPort')).toEqual(['updateDeviceSwitchPort']);
    expect(await complete('switch', 'updateDeviceSwitchPort', '--')).toEqual(
      expect.arrayContaining(['--serial', '--portId', '--set', '--dry-run']),
    );
    expect(await complete('nothing', '')).toEqual([]);
    expect(await complete('switch', 'nothing', '')).toEqual([]);
  });

  test('knows the commands below batch, and their options', async () => {
    expect(await complete('batch', 'und')).toEqual(['undo']);
    expect(await complete('batch', 'apply', '--con')).toEqual(['--confirm-within']);
  });

  test('works in bash', () => {
    const script = `
      meraki() { "${process.execPath}" "${cli.main}" "$@"; }
      source <(meraki completion bash)
      COMP_WORDS=(meraki switch updateDeviceSwitchPo) COMP_CWORD=2
      _meraki_complete
      printf '%s\\n' "\${COMPREPLY[@]}"
    `;
    const found = execFileSync('bash', ['-c', script], { cwd: cli.folder, encoding: 'utf8' });
    expect(found).toBe('updateDeviceSwitchPort\n');
  });

  test.skipIf(!has('zsh')).each([
    ['switch updateDeviceSwitchPo', 'updateDeviceSwitchPort\n'],
    ['batch apply --con', '--confirm-within\n'],
    ['batch apply pla', 'files\n'],
    ['', expect.stringMatching(/^batch$[^]*^switch$/m)],
  ])('works in zsh: %s', (words, expected) => {
    const script = `
      meraki() { "${process.execPath}" "${cli.main}" "$@"; }
      compdef() { :; }
      eval "$(meraki completion zsh)"
      compadd() { print -rl -- $found; }
      _files() { print files; }
      words=(meraki \${(s: :)1}); [[ -n $1 ]] || words+=('')
      CURRENT=$#words
      _meraki
    `;
    const found = execFileSync('zsh', ['-fc', script, 'zsh', words], { encoding: 'utf8' });
    expect(found).toEqual(expected);
  });

  test.skipIf(!has('fish')).each([
    ['switch updateDeviceSwitchPo', 'updateDeviceSwitchPort\n'],
    ['batch apply --con', '--confirm-within\n'],
    ['batch apply node_mod', 'node_modules/\n'],
    ['', expect.stringMatching(/^batch$[^]*^switch$/m)],
  ])('works in fish: %s', (words, expected) => {
    const script = `
      function meraki; "${process.execPath}" "${cli.main}" $argv; end
      meraki completion fish | source
      complete -C 'meraki ${words}'
    `;
    const env = { PATH: process.env['PATH'] ?? '', HOME: cli.folder };
    const found = execFileSync('fish', ['-Nc', script], { cwd: cli.folder, env, encoding: 'utf8' });
    expect(found).toEqual(expected);
  });

  test.each(['zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, stdout } = await cli.run(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('meraki complete -- ');
  });

  test('refuses a shell that it does not know', async () => {
    const { code, stderr } = await cli.run(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});
