import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../../generator/own-package.ts';

const folder = new URL('templates/runtime/', packageRoot);

/** All modules of the run-time by name (`runtime/client`), of which an output has those that it needs. */
export const runtimeTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [
      `runtime/${path.replaceAll('\\', '/').replace(/\.ts$/, '')}`,
      readFileSync(new URL(path, folder), 'utf8'),
    ]),
);
