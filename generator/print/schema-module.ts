import type { Api } from '../ir/api.ts';
import type { Conversions } from '../ir/conversion.ts';
import { dataTypesOf, hasStream } from '../ir/data-types.ts';
import type { Operation, Type } from '../ir/ir.ts';
import { Names } from '../ir/names.ts';
import { successesOf } from '../ir/responses.ts';
import { keyOf } from '../ir/type.ts';
import { printModule, type SourceFile, type as typeRef, value } from './code.ts';
import { conversionOf } from './conversion.ts';
import { quote } from './text.ts';

/** Prints schemas for a library. */
export interface SchemaPrinter {
  /** The statement that exports the schema of a type. */
  declaration(name: string, type: Type): string;
  /**
   * The expression that makes the schema of a type without a name: of one of several successes. Without it
   * such an answer is checked by the schema of them all.
   */
  expression?(type: Type): string;
}

/**
 * The text of a module below `src/` that exports a schema for each type of data. A schema is called as
 * its type is, with a small first letter: `UpdateNetworkBody` has `updateNetworkBodySchema`. All by
 * operation are `schemas`, for the client's option `validate`; they are Standard Schemas.
 * @param printerOf Makes the printer of a file; it gets the names of the schemas by those of their types.
 */
export function schemaModule(
  api: Api,
  module: string,
  printerOf: (file: SourceFile, schemas: ReadonlyMap<string, string>) => SchemaPrinter,
): string {
  const types = dataTypesOf(api);
  const names = new Names();
  const schemas = new Map(types.map(({ name }) => [name, names.claim(schemaName(name))]));
  const scope = { module, modules: api.modules, declares: [...schemas.values(), 'schemas'] };
  return printModule(scope, (file) => {
    const printer = printerOf(file, schemas);
    const own = types.map(({ name, type }) => printer.declaration(name, type));
    return [...own, byOperation(api, { schemas, printer, file })].join('\n');
  });
}

interface Printing {
  /** The names of the schemas by those of their types. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly printer: SchemaPrinter;
  readonly file: SourceFile;
}

/** The rows of an object, made when it is first used, so that an import of one schema holds no other. */
function byOperation({ groups, batch, conversions }: Api, printing: Printing): string {
  const { schemas, file } = printing;
  const home = 'runtime/schema/operation-schemas';
  const rows = groups
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => {
      const { id, types, body } = operation;
      const cells = [
        body && schemas.get(types.body),
        answerRows(operation, printing) ?? schemas.get(types.response),
        body && actionBody(operation, conversions, file),
      ];
      const last = cells.findLastIndex((cell) => cell !== undefined);
      if (last === -1) return [];
      const given = cells.slice(0, last + 1).map((cell) => cell ?? 'undefined');
      return [`[${[quote(id), ...given].join(', ')}]`];
    });
  const checked = batch ? file.code`, ${value('checkedBatch', 'runtime/batch/checked-batch')}` : '';
  return file.code`/** The schemas by operation, for the option \`validate\` of a client. */
export const schemas: ${typeRef('OperationSchemas', 'runtime/schema/validating')} = /* @__PURE__ */ ${value('operationSchemas', home)}(() => [${rows.join(', ')}]${checked});
`;
}

/** A row for each success; undefined where they are all alike. */
function answerRows({ responses }: Operation, { schemas, printer }: Printing): string | undefined {
  const successes = successesOf(responses);
  const withBody = successes.filter(({ reading }) => reading !== 'none');
  const isAlike = new Set(withBody.map(({ type }) => keyOf(type))).size < 2;
  if (!printer.expression || (isAlike && !withBody.some(({ type }) => hasStream(type))))
    return undefined;
  const schemaOf = (type: Type): string =>
    (type.kind === 'named' && !type.constraints && schemas.get(type.name)) ||
    (printer.expression?.(type) ?? '');
  const rows = successes.map(({ status, mediaType, type, reading }) => {
    const isChecked = reading !== 'none' && !hasStream(type);
    const members = [
      `status: ${typeof status === 'number' ? status : quote(status)}`,
      ...(mediaType === undefined ? [] : [`type: ${quote(mediaType)}`]),
      ...(isChecked ? [`schema: ${schemaOf(type)}`] : []),
    ];
    return `{ ${members.join(', ')} }`;
  });
  return `[${rows.join(', ')}]`;
}

/** What batches need of a body. */
function actionBody(
  { name, batch }: Operation,
  conversions: Conversions | undefined,
  file: SourceFile,
): string | undefined {
  const conversion = conversions?.bodies.get(name);
  const list = batch?.list;
  if (!batch || (!conversion && !list)) return undefined;
  const members = [
    ...(conversion ? [`convert: () => ${conversionOf(conversion, file).flat}`] : []),
    ...(list ? [`list: [${quote(list.one)}, ${quote(list.many)}]`] : []),
  ];
  return `{ ${members.join(', ')} }`;
}

function schemaName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
}
