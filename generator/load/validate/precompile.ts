import { mkdirSync, writeFileSync } from 'node:fs';
import { validatorCode, type Thoroughness } from './compile.ts';
import type { Version } from '../detect-version.ts';
import { packageRoot } from '../../own-package.ts';
import { validatorUrl } from './validate.ts';

/** Writes the validators to `dist`; run by the build, once the project is compiled. */
const versions: readonly Version[] = ['2.0', '3.0', '3.1', '3.2'];
const kinds: readonly Thoroughness[] = ['first', 'all'];

mkdirSync(new URL('dist/validators/', packageRoot), { recursive: true });
for (const version of versions) {
  for (const kind of kinds)
    writeFileSync(validatorUrl(version, kind), validatorCode(version, kind));
}
