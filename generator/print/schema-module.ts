import type { Api } from '../ir/api.ts';
import { dataTypesOf } from '../ir/data-types.ts';
import { Names } from '../ir/names.ts';
import type { Type } from '../ir/ir.ts';
import { printModule, type SourceFile, type as typeRef, value } from './code.ts';
import { quote } from './text.ts';

/** Prints schemas for a library. */
export interface SchemaPrinter {
  /** The statement that exports the schema of a type. */
  declaration(name: string, type: Type): string;
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
    return [...own, byOperation(api, schemas, file)].join('\n');
  });
}

/** The rows of an object, made when it is first used, so that an import of one schema holds no other. */
function byOperation(
  { groups }: Api,
  schemas: ReadonlyMap<string, string>,
  file: SourceFile,
): string {
  const home = 'runtime/schema/operation-schemas';
  const rows = groups
    .flatMap(({ operations }) => operations)
    .flatMap(({ id, types, body }) => {
      const sent = body && schemas.get(types.body);
      const result = schemas.get(types.response);
      if (sent === undefined && result === undefined) return [];
      return [
        `[${[quote(id), sent ?? 'undefined', ...(result === undefined ? [] : [result])].join(', ')}]`,
      ];
    });
  return file.code`/** The schemas by operation, for the option \`validate\` of a client. */
export const schemas: ${typeRef('OperationSchemas', 'runtime/schema/validating')} = /* @__PURE__ */ ${value('operationSchemas', home)}(() => [${rows.join(', ')}]);
`;
}

function schemaName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
}
