import type { Api } from '../ir/api.ts';
import { dataTypesOf } from '../ir/data-types.ts';
import { Names } from '../ir/names.ts';
import type { Type } from '../ir/ir.ts';
import { printModule, type SourceFile } from './code.ts';

/** Prints schemas for a library. */
export interface SchemaPrinter {
  /** The statement that exports the schema of a type. */
  declaration(name: string, type: Type): string;
}

/**
 * The text of a module below `src/` that exports a schema for each type of data. A schema is called as
 * its type is, with a small first letter: `UpdateNetworkBody` has `updateNetworkBodySchema`.
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
  const scope = { module, modules: api.modules, declares: [...schemas.values()] };
  const text = printModule(scope, (file) => {
    const printer = printerOf(file, schemas);
    return types.map(({ name, type }) => printer.declaration(name, type)).join('\n');
  });
  return text || 'export {};\n';
}

function schemaName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
}
