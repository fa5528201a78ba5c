import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { modernNode } from '../support/modern-node.ts';
import { programs } from './postgres.ts';

const isHere = programs !== undefined && modernNode !== undefined;
const name = '`npm run example:fleet` shows a kill and the takeover';
const title = isHere ? name : `${name} (skipped: no PostgreSQL, or no Node 22.12 or newer)`;

test.skipIf(!isHere)(title, { timeout: 120_000 }, () => {
  const { stdout, stderr } = spawnSync('npm', ['run', '--silent', 'example:fleet'], {
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(stderr).toBe('');
  expect(stdout.replaceAll(/\d+\.\d s/g, '… s').replace(/\d+ batches/, '… batches')).toBe(
    `submitted: a run of 1200 actions
first works
second works; … batches have begun, all by first
first is killed
second has taken over, … s later
the run is done: {"applied":1200}
the server says: 0 lost, 0 twice
`,
  );
});
