import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packageRoot } from './own-package.ts';

/**
 * Writes the licences of the packages whose code the bundles in `dist` hold; run by the build, once esbuild has told
 * what went into each bundle.
 */
const bundles = ['main', 'unchanged', 'validators'];
/** Finds the folder of a package, also of one within another. */
const packageIn = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

const inputs = bundles.flatMap((name) => {
  const told = readFileSync(new URL(`.cache/bundled/${name}.json`, packageRoot), 'utf8');
  return Object.keys((JSON.parse(told) as { readonly inputs: object }).inputs);
});
const bundled = new Set(inputs.flatMap((path) => packageIn.exec(path)?.[1] ?? []));

writeFileSync(
  new URL('dist/THIRD-PARTY-NOTICES.txt', packageRoot),
  `The files of this folder hold code of these packages.\n\n${[...bundled].toSorted().map(noticeOf).join('\n')}`,
);

function noticeOf(path: string): string {
  const folder = new URL(`${path}/`, packageRoot);
  const manifest = readFileSync(new URL('package.json', folder), 'utf8');
  const { name, version } = JSON.parse(manifest) as Readonly<Record<'name' | 'version', string>>;
  const licence = readdirSync(folder).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  if (licence === undefined) throw new Error(`${name} is bundled, and has no licence to hand on.`);
  const text = readFileSync(new URL(licence, folder), 'utf8').trim();
  return `${'-'.repeat(80)}\n${name} ${version}\n\n${text}\n`;
}
