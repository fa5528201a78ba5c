import type { ClientFactory, ExportedName, ModuleExports } from '../ir/api.ts';
import type { ApiDescription, Operation } from '../ir/ir.ts';
import { declaredNames } from '../ir/operation.ts';
import { camelCase } from '../ir/names.ts';
import { runtimeExports } from './runtime-exports.ts';

/**
 * What the entry point of a package exports. The document's names stay as they are; a name of the
 * package's own that is among them is exported under the client's: `ApiError` → `MerakiApiError`.
 */
export function exportsOf(
  api: ApiDescription,
  { name: clientName, allowedHosts, rateLimit }: ClientFactory,
): readonly ModuleExports[] {
  const documented = documentExports(api);
  const taken = new Set<string>();
  for (const { names } of documented) for (const { name } of names) taken.add(name);
  taken.add(clientName).add(`create${clientName}`);
  const own = [
    {
      module: 'client',
      values: [
        ...(allowedHosts.length > 0 ? ['allowedUrls'] : []),
        'createClient',
        ...(rateLimit ? ['rateLimit'] : []),
      ],
      types: [`${clientName}Options`],
    },
    ...runtimeExports,
  ].map(({ module, values, types }) => ({
    module,
    isWhole: false,
    names: [
      ...values.map((name) => giveWay({ name, isType: false }, clientName, taken)),
      ...types.map((name) => giveWay({ name, isType: true }, clientName, taken)),
    ],
  }));
  return [...documented, ...own];
}

function documentExports({ groups, types, webhooks }: ApiDescription): readonly ModuleExports[] {
  return [
    ...groups.map(({ name: module, operations }) => ({
      module,
      isWhole: true,
      names: namesOf(operations),
    })),
    {
      module: 'types',
      isWhole: true,
      names: [
        ...types.map(({ name, members }) => ({ name, isType: members === undefined })),
        ...webhooks.map(({ typeName }) => ({ name: typeName, isType: true })),
      ],
    },
  ];
}

function namesOf(operations: readonly Operation[]): readonly ExportedName[] {
  const names: ExportedName[] = [];
  for (const operation of operations) {
    names.push({ name: operation.name, isType: false });
    for (const name of declaredNames(operation)) names.push({ name, isType: true });
  }
  return names;
}

function giveWay(exported: ExportedName, clientName: string, taken: Set<string>): ExportedName {
  const { name } = exported;
  if (!taken.has(name)) {
    taken.add(name);
    return exported;
  }
  const initial = name.charAt(0);
  const prefix = initial === initial.toUpperCase() ? clientName : camelCase(clientName);
  const wanted = prefix + initial.toUpperCase() + name.slice(1);
  let as = wanted;
  for (let number = 2; taken.has(as); number += 1) as = `${wanted}${number}`;
  taken.add(as);
  return { ...exported, as };
}
