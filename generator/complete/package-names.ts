import type { Target } from '../config/config.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { pascalCase } from '../ir/names.ts';
import { declaredNames } from '../ir/operation.ts';
import { runtimeExports } from './runtime-exports.ts';

export interface PackageNames {
  readonly packageName: string;
  /** The same as part of an identifier: `Meraki` in `createMeraki`. */
  readonly clientName: string;
}

/**
 * `@acme/meraki` makes `createMeraki`; where the target has no name, the document's title is it.
 * The client gives way to what the document itself names.
 */
export function packageNames({ name }: Pick<Target, 'name'>, api: ApiDescription): PackageNames {
  const packageName = name ?? (plainWords(api.title).join('-').slice(0, 214) || 'api-client');
  const stem = pascalCase(packageName.replace(/^@.*\//, '')) || 'Api';
  const taken = exportedNames(api);
  const isFree = (candidate: string): boolean =>
    [candidate, `${candidate}Options`, `create${candidate}`].every((each) => !taken.has(each));

  let clientName = [stem, `${stem}Api`, `${stem}Client`].find(isFree);
  for (let number = 2; clientName === undefined; number += 1) {
    if (isFree(`${stem}${number}`)) clientName = `${stem}${number}`;
  }
  return { packageName, clientName };
}

function plainWords(text: string): readonly string[] {
  const letters = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return letters.match(/[a-z0-9]+/g) ?? [];
}

function exportedNames(api: ApiDescription): ReadonlySet<string> {
  const names = new Set(['createClient']);
  for (const { values, types } of runtimeExports)
    for (const name of [...values, ...types]) names.add(name);
  for (const { name } of api.types) names.add(name);
  for (const { typeName } of api.webhooks) names.add(typeName);
  for (const { operations } of api.groups)
    for (const operation of operations) {
      names.add(operation.name);
      for (const name of declaredNames(operation)) names.add(name);
    }
  return names;
}
