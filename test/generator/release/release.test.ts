import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from '../cli/run.ts';

const { '/owners': owners, ...pets } = Object(petStore['paths']);
const older = { ...petStore, paths: pets };
const newest = {
  openapi: '3.0.3',
  info: { title: 'Pet Store', version: '2.0.0' },
  paths: { '/owners': owners },
};
const described = { ...petStore, info: { ...Object(petStore['info']), description: 'All pets' } };

/** A folder whose target has some members. */
function project(members: object, config: object = {}): string {
  const target = { input: 'api.json', output: 'client', ...members };
  return folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { pets: target }, ...config }),
  });
}

async function generate(folder: string, document: object): Promise<string> {
  writeFileSync(join(folder, 'api.json'), JSON.stringify(document));
  const { code, stdout, stderr } = await run(folder, 'generate');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

const textOf = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
const versionOf = (folder: string): unknown =>
  JSON.parse(textOf(folder, 'client/package.json')).version;
const headings = (folder: string): readonly string[] =>
  [...textOf(folder, 'client/CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, text]) => text ?? '');

test('a version line of its own starts at 1.0.0, and is raised as far as each change asks for', async () => {
  const folder = project({ version: 'semver' });
  const versions: unknown[] = [];
  for (const document of [older, petStore, described, described, newest]) {
    await generate(folder, document);
    versions.push(versionOf(folder));
  }
  expect(versions).toEqual(['1.0.0', '1.1.0', '1.1.1', '1.1.1', '2.0.0']);
  expect(headings(folder)).toEqual(['2.0.0', '1.1.1', '1.1.0', '1.0.0']);
  expect(textOf(folder, 'client/CHANGELOG.md')).toContain(
    'From version 2.0.0 of the API (before: 1.0.0). **major**:',
  );
});

test('what others write into the changelog stays, and is no edit of what was generated', async () => {
  const folder = project({ version: 'semver' });
  await generate(folder, older);
  const path = join(folder, 'client/CHANGELOG.md');
  writeFileSync(path, `${readFileSync(path, 'utf8')}\nThanks to all who waited.\n`);
  await generate(folder, petStore);
  expect(readFileSync(path, 'utf8')).toMatch(
    /## 1\.1\.0[^]*## 1\.0\.0[^]*Thanks to all who waited\.\n$/,
  );
});

test('api.md marks what came with the release, until the next one', async () => {
  const folder = project({ version: 'semver' });
  const marked = (): readonly string[] =>
    [...textOf(folder, 'client/api.md').matchAll(/^- `(\w+)`.* · new/gm)].map(
      ([, name]) => name ?? '',
    );
  await generate(folder, older);
  expect(marked()).toEqual([]);
  await generate(folder, petStore);
  expect(marked()).toEqual(['listOwners']);
  await generate(folder, petStore);
  expect(marked()).toEqual(['listOwners']);
  await generate(folder, described);
  expect(marked()).toEqual([]);
});

test('--check finds nothing to do after a release', async () => {
  const folder = project({ version: 'semver' });
  await generate(folder, older);
  await generate(folder, petStore);
  expect(await run(folder, 'generate', '--check')).toMatchObject({ code: 0, stderr: '' });
});

test('--check neither raises a version nor writes a section', async () => {
  const folder = project({ version: 'semver' });
  await generate(folder, older);
  writeFileSync(join(folder, 'api.json'), JSON.stringify(petStore));
  expect(await run(folder, 'generate', '--check')).toMatchObject({ code: 1 });
  expect([versionOf(folder), headings(folder)]).toEqual(['1.0.0', ['1.0.0']]);
});

test.each([
  ['begins where the configuration says', ['0.3.0', '0.3.0'], ['0.3.0', '0.3.1']],
  ['goes on from where the configuration raises it to', ['1.0.0', '5.0.0'], ['1.0.0', '5.0.0']],
  [
    'does not fall back to what the configuration said once',
    ['3.0.0', '1.0.0'],
    ['3.0.0', '3.1.0'],
  ],
])('a version line %s', async (_, chosen, versions) => {
  const folder = project({});
  const found: unknown[] = [];
  for (const [index, document] of [older, petStore].entries()) {
    const target = { input: 'api.json', output: 'client', version: 'semver' };
    const whole = { ...target, package: { version: chosen[index] } };
    writeFileSync(
      join(folder, 'batchwright.config.json'),
      JSON.stringify({ targets: { pets: whole } }),
    );
    await generate(folder, document);
    found.push(versionOf(folder));
  }
  expect(found).toEqual(versions);
});

test.each([
  ['a name in the configuration', { rename: { operations: { listPets: 'allPets' } } }, '2.0.0'],
  ['a member of package.json', { package: { license: 'MIT' } }, '1.0.1'],
  ['nothing', {}, '1.0.0'],
])('a change of %s counts as what it does to the package', async (_, members, version) => {
  const folder = project({ version: 'semver' });
  await generate(folder, petStore);
  const target = { input: 'api.json', output: 'client', version: 'semver', ...members };
  writeFileSync(
    join(folder, 'batchwright.config.json'),
    JSON.stringify({ targets: { pets: target } }),
  );
  await generate(folder, petStore);
  expect(versionOf(folder)).toBe(version);
});

test('a package that had the vendor’s version goes on from it', async () => {
  const folder = project({});
  await generate(folder, { ...older, info: { title: 'Pet Store', version: '4.2.0' } });
  const target = { input: 'api.json', output: 'client', version: 'semver' };
  writeFileSync(
    join(folder, 'batchwright.config.json'),
    JSON.stringify({ targets: { pets: target } }),
  );
  await generate(folder, { ...petStore, info: { title: 'Pet Store', version: '9.0.0' } });
  expect(versionOf(folder)).toBe('4.3.0');
});

test('the vendor’s version can have a changelog, too', async () => {
  const folder = project({ changelog: true });
  await generate(folder, petStore);
  await generate(folder, newest);
  expect([versionOf(folder), headings(folder)]).toEqual(['2.0.0', ['2.0.0', '1.0.0']]);
});

test('an accepted change raises nothing', async () => {
  const folder = project({ version: 'semver' });
  await generate(folder, petStore);
  writeFileSync(join(folder, 'new.json'), JSON.stringify(newest));
  const { stdout } = await run(folder, 'diff', 'client', 'new.json', '--format', 'json');
  const accept = JSON.parse(stdout).findings.map(({ fingerprint }: { fingerprint: string }) => ({
    fingerprint,
  }));
  const target = { input: 'api.json', output: 'client', version: 'semver' };
  writeFileSync(
    join(folder, 'batchwright.config.json'),
    JSON.stringify({ targets: { pets: target }, accept }),
  );
  await generate(folder, newest);
  expect(versionOf(folder)).toBe('1.0.1');
});

test('a record that cannot be read any more is said, and raises the least', async () => {
  const folder = project({ version: 'semver' });
  await generate(folder, older);
  const path = join(folder, 'client/.batchwright.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  record.api.document = 'AAAA';
  writeFileSync(path, JSON.stringify(record));
  writeFileSync(join(folder, 'api.json'), JSON.stringify(petStore));
  const { code, stderr } = await run(folder, 'generate');
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('What changed since the last release is not known.'),
  });
  expect(versionOf(folder)).toBe('1.0.1');
});

test('Changesets gets a file for each change, and raises the version itself', async () => {
  const folder = project({ version: 'changesets', name: '@acme/pets' });
  mkdirSync(join(folder, '.changeset'));
  await generate(folder, older);
  expect(readdirSync(join(folder, '.changeset'))).toEqual([]);
  await generate(folder, petStore);
  const [name = ''] = readdirSync(join(folder, '.changeset'));
  expect(textOf(folder, `.changeset/${name}`)).toMatch(
    /^---\n"@acme\/pets": minor\n---\n\nFrom version/,
  );
  expect([versionOf(folder), existsSync(join(folder, 'client/CHANGELOG.md'))]).toEqual([
    '1.0.0',
    false,
  ]);

  // As `changeset version` does it.
  const path = join(folder, 'client/package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"1.0.0"', '"1.1.0"'));
  await generate(folder, newest);
  expect(versionOf(folder)).toBe('1.1.0');
  expect(readdirSync(join(folder, '.changeset'))).toHaveLength(2);
});

test('other edits of package.json are still refused with Changesets', async () => {
  const folder = project({ version: 'changesets' });
  mkdirSync(join(folder, '.changeset'));
  await generate(folder, older);
  const path = join(folder, 'client/package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"1.0.0"', '"1.1.0", "private": true'));
  writeFileSync(join(folder, 'api.json'), JSON.stringify(petStore));
  const { code, stderr } = await run(folder, 'generate');
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('edited by hand'),
  });
});

test('Changesets without its folder is an error that says how to make it', async () => {
  const folder = project({ version: 'changesets' });
  writeFileSync(join(folder, 'api.json'), JSON.stringify(petStore));
  const { code, stderr } = await run(folder, 'generate');
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npx changeset init'),
  });
});
