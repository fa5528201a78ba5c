import type { Api } from '../generator/ir/api.ts';
import type { Group, Operation } from '../generator/ir/ir.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import {
  arrow,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';
import { member } from '../generator/print/laid.ts';
import { propertyName } from '../generator/print/text.ts';
import { banner, type Template } from '../generator/template.ts';
import { answers } from './answers.ts';
import { pages } from './pages.ts';
import { credentialFacts } from './request.ts';

const module = 'operation-rows';

/** `src/operation-rows.ts`: the operations as text, of which the client object makes its methods. */
export const operationRows: Template = {
  name: module,
  files({ groups: all, modules, rows }) {
    const groups = all.filter((group) => hasRows(group, rows));
    if (!rows || groups.length === 0) return [];
    const declares = groups.map(({ name }) => rowsName(name));
    const printed = printModule({ module, modules, declares }, (file) => {
      const strategies = new Strategies(file);
      const tables = groups.map(({ name, operations }) => {
        const members = operations.map((operation) =>
          member(propertyName(operation.name), row(operation, rows, strategies, file)),
        );
        return file.code`export const ${rowsName(name)}: ${rowsType} = {\n${members.map((one) => file.code`  ${one}\n`)}};\n`;
      });
      return [...strategies.declarations(), ...tables].join('\n');
    });
    return [{ path: `src/${module}.ts`, text: banner + printed }];
  },
};

const rowsType = type('Rows', 'runtime/rows');

/** The rows of a group: `networksRows`. */
export function rowsOf(group: string): Ref {
  return value(rowsName(group), module);
}

function rowsName(group: string): string {
  return `${group}Rows`;
}

/** Whether any operation of a group is text. */
export function hasRows({ operations }: Group, rows: Api['rows']): boolean {
  return operations.some(({ name }) => rows?.has(name));
}

/** Whether the row of an operation has its verb in a batch. */
export function isBuiltFromRow({ name }: Operation, rows: Api['rows']): boolean {
  return / as \S+$/.test(rows?.get(name) ?? '');
}

function row(
  operation: Operation,
  rows: NonNullable<Api['rows']>,
  strategies: Strategies,
  file: SourceFile,
): Expression {
  const { id, name, group, pagination } = operation;
  const call = rows.get(name);
  if (call === undefined) return text(file.uses(value(name, group)));
  const facts: readonly Member[] = [
    ...(id === name ? [] : [['id', string(id)] as const]),
    ...answers(operation, file),
    ...credentialFacts(operation),
    ...(pagination
      ? [['pages', strategies.nameOf(pages(pagination.paging, pagination.items, file))] as const]
      : []),
  ];
  return facts.length === 0 ? string(call) : object([['call', string(call)], ...facts]);
}

/** The ways to find a next page, each under a name: most operations share one. */
class Strategies {
  readonly #file: SourceFile;
  readonly #names = new Map<string, { readonly name: string; readonly made: Expression }>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  nameOf(made: Expression): Expression {
    const known = this.#names.get(made.flat) ?? { name: `pages${this.#names.size + 1}`, made };
    this.#names.set(made.flat, known);
    return text(known.name);
  }

  declarations(): readonly string[] {
    return [...this.#names.values()].map(({ name, made }) => {
      const strategy = type('Strategy', 'runtime/pages/strategy');
      return `${arrow(this.#file.code`const ${name} = (): ${strategy} =>`, made)}\n`;
    });
  }
}
