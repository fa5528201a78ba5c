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
import { templateText } from '../generator/print/text.ts';
import { banner, type Template } from '../generator/template.ts';
import { answers } from './answers.ts';
import { pages } from './pages.ts';
import { credentialFacts } from './request.ts';
import { fitsText, rowLines, type TextRow } from './row-text.ts';

const module = 'operation-rows';

/** `src/operation-rows.ts`: the operations as text, of which the client object makes its methods. */
export const operationRows: Template = {
  name: module,
  files({ groups: all, modules, rows }) {
    const groups = all.filter((group) => hasRows(group, rows));
    if (!rows || groups.length === 0) return [];
    const declares = ['facts', ...groups.map(({ name }) => rowsName(name))];
    const printed = printModule({ module, modules, declares }, (file) => {
      const facts = new FactsTable(file);
      const tables = groups.map((group) => table(group, rows, facts, file));
      return [...facts.declarations(), ...tables].join('\n');
    });
    return [{ path: `src/${module}.ts`, text: banner + printed }];
  },
};

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

function table(
  { name: group, operations }: Group,
  rows: NonNullable<Api['rows']>,
  facts: FactsTable,
  file: SourceFile,
): string {
  const texts = operations.flatMap((operation): readonly TextRow[] => {
    const { name, id } = operation;
    const call = rows.get(name);
    return call === undefined ? [] : [{ name, id, call, fact: facts.numberOf(operation) }];
  });
  const functions = operations
    .filter(({ name }) => !rows.has(name))
    .map(({ name }): Member => [name, text(file.uses(value(name, group)))]);
  const lines = rowLines(texts).map((line) => `${templateText(line)}\n`);
  return file.code`export const ${rowsName(group)}: ${type('Rows', 'runtime/rows')} = {
  text: \`
${lines}\`,
${texts.some(({ fact }) => fact !== undefined) ? '  facts,\n' : ''}${
    functions.length > 0 ? file.code`  ${member('functions', object(functions))}\n` : ''
  }};
`;
}

/** What the text of rows has no place for, each once: most operations share one. */
class FactsTable {
  readonly #file: SourceFile;
  readonly #facts = new Map<string, { readonly number: number; readonly made: Expression }>();
  readonly #strategies = new Map<string, { readonly name: string; readonly made: Expression }>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** Which facts an operation has, from 1; undefined where the text says all. */
  numberOf(operation: Operation): number | undefined {
    const { id, pagination } = operation;
    const members: readonly Member[] = [
      ...(fitsText(id) ? [] : [['id', string(id)] as const]),
      ...answers(operation, this.#file),
      ...credentialFacts(operation),
      ...(pagination
        ? [
            [
              'pages',
              this.#strategyOf(pages(pagination.paging, pagination.items, this.#file)),
            ] as const,
          ]
        : []),
    ];
    if (members.length === 0) return undefined;
    const made = object(members);
    const known = this.#facts.get(made.flat) ?? { number: this.#facts.size + 1, made };
    this.#facts.set(made.flat, known);
    return known.number;
  }

  declarations(): readonly string[] {
    const strategies = [...this.#strategies.values()].map(({ name, made }) => {
      const strategy = type('Strategy', 'runtime/pages/strategy');
      return `${arrow(this.#file.code`const ${name} = (): ${strategy} =>`, made)}\n`;
    });
    if (this.#facts.size === 0) return strategies;
    const { code } = this.#file;
    const facts = [...this.#facts.values()].map(
      ({ number, made }) => code`  ${member(`${number}`, made)}\n`,
    );
    const known = code`const facts: ${type('KnownFacts', 'runtime/rows')} = {\n${facts}};\n`;
    return [...strategies, known];
  }

  #strategyOf(made: Expression): Expression {
    const known = this.#strategies.get(made.flat) ?? {
      name: `pages${this.#strategies.size + 1}`,
      made,
    };
    this.#strategies.set(made.flat, known);
    return text(known.name);
  }
}
