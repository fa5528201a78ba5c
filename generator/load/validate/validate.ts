import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Thoroughness } from './compile.ts';
import { equal } from '../../json/equal.ts';
import { isObject, type JsonObject, type MutableObject } from '../../json/narrow.ts';
import type { Version } from '../detect-version.ts';
import { packageRoot } from '../../own-package.ts';

/** What a document breaks of its version's schema, as Ajv tells it. */
export interface SchemaError {
  /** JSON pointer into the document. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The value that is wrong. */
  readonly data?: unknown;
  /** The schema that has the keyword. */
  readonly parentSchema?: MutableObject;
}

interface Validator {
  (document: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/**
 * What a document breaks of its version's schema. Most break nothing: only for the others are all
 * errors looked for, which takes longer. Paths of a document that is valid need no second look.
 */
export async function schemaErrors(
  document: MutableObject,
  version: Version,
  valid?: JsonObject,
): Promise<readonly SchemaError[]> {
  const isValid = await validator(version, 'first');
  if (isValid(valid ? withoutPathsOf(document, valid) : document)) return [];
  const validate = await validator(version, 'all');
  try {
    validate(document);
    return validate.errors ?? [];
  } catch (error) {
    // It keeps more on the stack than the other, which got through.
    if (error instanceof RangeError) return isValid.errors ?? [];
    throw error;
  }
}

/** The schema looks at each path by itself. */
function withoutPathsOf(document: MutableObject, { paths: known }: JsonObject): MutableObject {
  const { paths } = document;
  if (!isObject(paths) || !isObject(known)) return document;
  const others = Object.entries(paths).filter(
    ([path, item]) => !Object.hasOwn(known, path) || !equal(item, known[path]),
  );
  return { ...document, paths: Object.fromEntries(others) };
}

/** The validators are compiled with the project, as that takes longer than anything else here. */
export function validatorUrl(version: Version, thoroughness: Thoroughness): URL {
  return new URL(`dist/validators/${version}-${thoroughness}.cjs`, packageRoot);
}

const require = createRequire(import.meta.url);
let requireFile: (file: string) => unknown = require;

/** Has compiled validators loaded in another way: from a cache of compiled code. */
export function requireBy(way: (file: string) => unknown): void {
  requireFile = way;
}

async function validator(version: Version, thoroughness: Thoroughness): Promise<Validator> {
  const path = fileURLToPath(validatorUrl(version, thoroughness));
  // The module exports what `validatorCode` says.
  if (existsSync(path)) return requireFile(path) as Validator;
  const { validatorCode } = await import('./compile.ts');
  const module = { exports: {} };
  // The code comes from this project's own schemas, not from a document.
  // oxlint-disable-next-line no-new-func
  new Function('module', 'exports', 'require', validatorCode(version, thoroughness))(
    module,
    module.exports,
    require,
  );
  return module.exports as Validator;
}
