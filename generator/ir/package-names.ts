import type { OutputNames } from '../template.ts';
import type { Target } from '../config/config.ts';
import type { Api } from './ir.ts';
import { pascalCase, runtimeNames, typeNames } from './names.ts';

/**
 * `@acme/meraki` makes `createMeraki`; where the target has no name, the document's title is it.
 * The client gives way to what the document itself names.
 */
export function outputNames({ name, package: members }: Target, api: Api): OutputNames {
  const packageName = name ?? (plainWords(api.title).join('-').slice(0, 214) || 'api-client');
  const stem = pascalCase(packageName.replace(/^@.*\//, '')) || 'Api';
  const taken = exportedNames(api);
  const isFree = (candidate: string): boolean =>
    [candidate, `${candidate}Options`, `create${candidate}`].every((each) => !taken.has(each));

  let clientName = [stem, `${stem}Api`, `${stem}Client`].find(isFree);
  for (let number = 2; clientName === undefined; number += 1) {
    if (isFree(`${stem}${number}`)) clientName = `${stem}${number}`;
  }
  return { packageName, clientName, package: members };
}

function plainWords(text: string): readonly string[] {
  const letters = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return letters.match(/[a-z0-9]+/g) ?? [];
}

function exportedNames(api: Api): ReadonlySet<string> {
  const operations = api.groups.flatMap((group) => group.operations);
  return new Set([
    ...runtimeNames,
    ...typeNames,
    ...api.types.map((type) => type.name),
    ...api.webhooks.map(({ typeName }) => typeName),
    ...operations.map(({ name }) => name),
    ...['Input', 'Body', 'Item', 'Response'].flatMap((end) =>
      operations.map(({ typeName }) => `${typeName}${end}`),
    ),
  ]);
}
