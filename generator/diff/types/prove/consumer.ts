import type { ClientFactory } from '../../../ir/api.ts';
import type { ApiDescription, Group, Operation } from '../../../ir/ir.ts';
import { declaredNames, requiresInput } from '../../../ir/operation.ts';
import { type Declaration, type Declared, declaredBy } from '../declared.ts';
import { usesOf } from '../uses.ts';
import { reading } from './reading.ts';
import { quoted, writing } from './writing.ts';

/** A file of code that uses the old package, to be compiled against the new one. */
export interface ConsumerFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Code that uses all that the old package exports: it calls every function, writes every member and
 * literal of what functions take, reads every member of what they give, and knows every value of it.
 */
export function consumerOf(old: ApiDescription, client: ClientFactory): readonly ConsumerFile[] {
  const declared = declaredBy(old);
  const uses = usesOf(old, declared);
  const homes = new Map<string, Declaration[]>();
  for (const declaration of declared.values()) {
    const list = homes.get(declaration.home);
    if (list) list.push(declaration);
    else homes.set(declaration.home, [declaration]);
  }
  const usesOfHome = (home: string): readonly string[] =>
    (homes.get(home) ?? []).flatMap((declaration) => [
      ...(uses.input.has(declaration.name) ? writes(declaration, declared) : []),
      ...(uses.output.has(declaration.name) ? reads(declaration, declared) : []),
      ...constants(declaration),
    ]);
  const files = old.groups.map((group) => ({
    path: `consumer/${group.name}.ts`,
    text: fileOf(
      group.name,
      [...usesOfHome(group.name), ...group.operations.map(calls), ...builders(group)],
      homes,
      group,
    ),
  }));
  const types = {
    path: 'consumer/types.ts',
    text: fileOf('types', usesOfHome('types'), homes, undefined),
  };
  const own = [...files, { path: 'consumer/client.ts', text: clientFile(client) }];
  return homes.has('types') ? [...own, types] : own;
}

function fileOf(
  home: string,
  lines: readonly string[],
  homes: ReadonlyMap<string, readonly Declaration[]>,
  group: Group | undefined,
): string {
  const own = homes.get(home) ?? [];
  const functions = group?.operations.map(({ name }) => `${name} as n_${name}`) ?? [];
  const constants_ = own.flatMap(({ name, members }) => (members ? [`${name} as c_${name}`] : []));
  const types = own.map(({ name }) => `type ${name} as N_${name}`);
  const olds = [...homes].map(
    ([from, list]) =>
      `import type { ${list.map(({ name }) => `${name} as O_${name}`).join(', ')} } from '../old/src/${from}.js';`,
  );
  const batches = group?.operations.filter(({ batch }) => batch) ?? [];
  return [
    `import type { Client, Paged } from '../new/src/index.js';`,
    `import { ${[...functions, ...constants_, ...types].join(', ')} } from '../new/src/${home}.js';`,
    ...(batches.length > 0
      ? [
          `import { ${batches.map(({ name }) => `${name} as b_${name}`).join(', ')} } from '../new/src/batch/${home}.js';`,
        ]
      : []),
    ...olds,
    'declare const client: Client;',
    'type Plain = string | number | boolean | null | undefined;',
    'type NamesOf<T> = T extends object ? keyof T : never;',
    'declare function use(...values: readonly unknown[]): void;',
    ...lines,
    '',
  ].join('\n');
}

function writes({ name, type }: Declaration, declared: Declared): readonly string[] {
  return [
    `{ const whole: N_${name} = null! as O_${name}; use(whole); }`,
    ...writing(type, declared).map(
      (expression) => `{ const written: N_${name} = ${expression}; use(written); }`,
    ),
  ];
}

function reads({ name, type }: Declaration, declared: Declared): readonly string[] {
  const statements = reading(type, { value: 'value', expected: `O_${name}` }, declared);
  return [
    `{ const value = null! as N_${name}; const whole: O_${name} = value; use(whole); ${statements.join(' ')} }`,
  ];
}

function constants({ name, members }: Declaration): readonly string[] {
  return (members ?? []).map(
    (member) =>
      `{ const value: ${literal(member.value)} = c_${name}[${quoted(member.name)}]; use(value); }`,
  );
}

function literal(value: string | number): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

function calls(operation: Operation): string {
  const { name, types, pagination } = operation;
  const result = pagination
    ? `Paged<O_${types.item}, O_${types.response}>`
    : `Promise<O_${types.response}>`;
  const lines = [`const given: ${result} = n_${name}(client, null! as O_${types.input});`];
  if (!requiresInput(operation)) lines.push(`use(n_${name}(client));`);
  if (declaredNames(operation).includes(types.body)) lines.push(`use(null! as N_${types.body});`);
  return `{ ${lines.join(' ')} use(given); }`;
}

function builders({ operations }: Group): readonly string[] {
  return operations.flatMap(({ name, batch }) => (batch ? [`use(b_${name});`] : []));
}

function clientFile({ name }: ClientFactory): string {
  return [
    `import { create${name} as create, createClient, type ${name}, type ${name}Options } from '../new/src/index.js';`,
    `import type { ${name}Options as Old } from '../old/src/index.js';`,
    `declare function use(...values: readonly unknown[]): void;`,
    `const options: ${name}Options = null! as Old;`,
    // An option that is gone is not a fault of a variable, but of what is written.
    `const names: keyof ${name}Options = null! as keyof Old;`,
    `const client: ${name} = create(options);`,
    'use(client, createClient(options), names);',
    '',
  ].join('\n');
}
