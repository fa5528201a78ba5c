import type { Config, Target } from './config.ts';
import { type Diagnostics } from '../diagnostics/diagnostics.ts';
import { pointer } from '../json/pointer.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isPagination } from './pagination.ts';
import { isObject, type JsonObject } from '../json/narrow.ts';

/** What a value must be. */
export interface Rule {
  /** Completes “must be”. */
  readonly expects: string;
  readonly fits: (value: unknown) => boolean;
}

const text: Rule = {
  expects: 'a string that is not empty',
  fits: (value) => typeof value === 'string' && value.trim() !== '',
};

const flag: Rule = { expects: 'true or false', fits: (value) => typeof value === 'boolean' };

/** What npm takes as the name of a new package. */
export const packageName: Rule = {
  expects: 'a package name such as `meraki` or `@acme/meraki`',
  fits: (value) =>
    typeof value === 'string' &&
    value.length <= 214 &&
    /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(value),
};

/** A host, with its port where it is not the scheme's own. */
export const host: Rule = {
  expects: 'a host such as `example.com` or `localhost:8080`',
  fits: (value) =>
    typeof value === 'string' && /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(value),
};

const styles = [
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
  'brackets',
  'json',
] as const;

/** A template, or a pair of one and its options. */
function isChosen(value: unknown): boolean {
  if (!Array.isArray(value)) return isTemplateSource(value);
  return value.length === 2 && isTemplateSource(value[0]) && isObject(value[1]);
}

function isTemplateSource(value: unknown): boolean {
  return text.fits(value) || isObject(value);
}

const filterKinds = ['tags', 'operations', 'paths', 'stages'];
const renameKinds = ['operations', 'groups', 'types'];

const operationFilter: Rule = {
  expects: 'an object of lists: `tags`, `operations` (operationIds), `paths`, `stages`',
  fits: (value) =>
    isObject(value) &&
    Object.keys(value).length > 0 &&
    hasOnly(value, filterKinds, listOf({ expects: '', fits: (one) => typeof one === 'string' })),
};

function isIdentifier(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z_$][\w$]{0,79}$/.test(value);
}

function hasOnly(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  fits: Rule['fits'],
): boolean {
  return Object.entries(value).every(
    ([key, member]) => known.includes(key) && (member === undefined || fits(member)),
  );
}

const rules: Readonly<Record<keyof Target, Rule>> = {
  input: text,
  output: text,
  dialect: {
    expects: 'the name of a dialect, or a dialect',
    fits: (value) => text.fits(value) || (isObject(value) && typeof value['bind'] === 'function'),
  },
  name: packageName,
  package: { expects: 'an object: members of `package.json`', fits: isObject },
  form: oneOf(['package', 'sources']),
  specifiers: oneOf(['js', 'ts', 'none']),
  commonjs: flag,
  version: oneOf(['document', 'semver', 'changesets']),
  changelog: flag,
  templates: {
    expects: 'a list of templates, or of modules that export one; or an object of these by name',
    fits: (value) =>
      isObject(value)
        ? Object.values(value).every((one) => flag.fits(one) || isObject(one) || isChosen(one))
        : listOf({ expects: '', fits: isChosen })(value),
  },
  cli: {
    expects: 'an object: `output`, a folder; `name`, a package name; `bin`, such as `meraki`',
    fits: isCommandLine,
  },
  overrides: {
    expects: 'an object that maps batchable actions to operationIds, or to false',
    fits: recordOf((value) => value === false || text.fits(value)),
  },
  resource: oneOf(['path', 'entry']),
  pagination: {
    expects:
      'an object that maps operationIds to false, or to how they page: `direction`, `items`, and `paging` of the kind link, cursor, url, lastItem, offset or page with what that needs',
    fits: recordOf(isPagination),
  },
  queryStyle: oneOf(styles),
  dates: oneOf(['Date', 'Temporal']),
  int64: oneOf(['bigint']),
  securitySchemes: {
    expects: 'an object that maps names to security schemes, as OpenAPI writes them',
    fits: recordOf((value) => isObject(value) && typeof value['type'] === 'string'),
  },
  security: {
    expects: 'a list of objects that map names of security schemes to lists, as OpenAPI writes it',
    fits: listOf({ expects: '', fits: recordOf(Array.isArray) }),
  },
  overlays: { expects: 'a list of overlay documents: files or URLs', fits: listOf(text) },
  transform: {
    expects: 'a function that changes the document',
    fits: (value) => typeof value === 'function',
  },
  include: operationFilter,
  exclude: operationFilter,
  rename: {
    expects:
      'an object with `operations`, `groups` and `types`, each of which maps names to identifiers',
    fits: (value) => isObject(value) && hasOnly(value, renameKinds, recordOf(isIdentifier)),
  },
  lenient: flag,
  allowRemoteRefs: { expects: `a list of hosts, each ${host.expects}`, fits: listOf(host) },
};

const accepted: Rule = {
  expects: 'a list of `{ fingerprint, reason? }`',
  fits: listOf({
    expects: '',
    fits: (value) =>
      isObject(value) &&
      text.fits(value['fingerprint']) &&
      (value['reason'] === undefined || text.fits(value['reason'])),
  }),
};

/** The configuration that `value` is, or undefined where it is none; `diagnostics` then says why. */
export function checkConfig(
  value: unknown,
  file: string,
  diagnostics: Diagnostics,
): Config | undefined {
  const known = diagnostics.list.length;
  const refuse = (message: string, at: readonly string[], hint?: string): void => {
    diagnostics.error('config/invalid', message, { file, pointer: pointer(...at), hint });
  };

  if (!isObject(value)) {
    const hint = 'Export it: `export default defineConfig({ targets: { … } })`.';
    diagnostics.error('config/invalid', 'The configuration has no default export.', { file, hint });
    return undefined;
  }
  checkKeys(value, ['targets', 'accept'], [], refuse);
  const { accept } = value;
  if (accept !== undefined && !accepted.fits(accept))
    refuse(`\`accept\` must be ${accepted.expects}.`, ['accept']);
  const { targets } = value;
  if (!isObject(targets) || Object.keys(targets).length === 0) {
    refuse('`targets` must be an object with at least one target.', ['targets']);
    return undefined;
  }
  for (const [name, target] of Object.entries(targets)) checkTarget(name, target, refuse);
  // Every member has just been checked.
  return diagnostics.list.length === known ? (value as unknown as Config) : undefined;
}

type Refuse = (message: string, at: readonly string[], hint?: string) => void;

function checkTarget(name: string, target: unknown, refuse: Refuse): void {
  if (!isObject(target)) {
    refuse(`The target \`${name}\` must be an object.`, ['targets', name]);
    return;
  }
  checkKeys(target, Object.keys(rules), ['targets', name], refuse);
  for (const [key, rule] of Object.entries(rules)) {
    const value = target[key];
    const required = key === 'input' || key === 'output';
    if (value === undefined && !required) continue;
    if (rule.fits(value)) continue;
    refuse(`\`${key}\` must be ${rule.expects}.`, ['targets', name, key]);
  }
  checkForm(name, target, refuse);
}

/** What only a package has, and what only sources can leave to a bundler. */
function checkForm(name: string, target: JsonObject, refuse: Refuse): void {
  const isPackage = target['form'] !== 'sources';
  if (isPackage && target['specifiers'] === 'none')
    refuse('`specifiers` may be `none` for sources only: a package is built by the compiler.', [
      'targets',
      name,
      'specifiers',
    ]);
  for (const key of isPackage ? [] : ['package', 'version', 'changelog', 'commonjs', 'cli'])
    if (target[key] !== undefined && target[key] !== false && target[key] !== 'document')
      refuse(`\`${key}\` is of a package, and \`form\` is \`sources\`.`, ['targets', name, key]);
}

function checkKeys(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  at: readonly string[],
  refuse: Refuse,
): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    refuse(`There is no option \`${key}\`.${didYouMean(key, known)}`, [...at, key]);
  }
}

function isCommandLine(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { output, name, bin, ...others } = value;
  return (
    text.fits(output) &&
    (name === undefined || packageName.fits(name)) &&
    (bin === undefined || (typeof bin === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(bin))) &&
    Object.keys(others).length === 0
  );
}

function listOf(rule: Rule): Rule['fits'] {
  return (value) => Array.isArray(value) && value.every(rule.fits);
}

function recordOf(fits: Rule['fits']): Rule['fits'] {
  return (value) => isObject(value) && Object.values(value).every(fits);
}

function oneOf(values: readonly unknown[]): Rule {
  return { expects: `one of ${values.join(', ')}`, fits: (value) => values.includes(value) };
}
