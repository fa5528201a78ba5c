import type { Api } from '../generator/ir/api.ts';
import type { Group } from '../generator/ir/ir.ts';
import type { Batching, DraftBatching, RequestBatching } from '../generator/ir/batch.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { dialectModule } from './batch-dialect.ts';
import { call, type Expression, type Member, object, text } from '../generator/print/expression.ts';
import { member } from '../generator/print/laid.ts';
import { type Parameter, signature } from '../generator/print/signature.ts';
import { isBuiltFromRow, rowsOf } from './operation-rows.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';

/** `src/batch/index.ts`: the builders, and running what they build. */
export const batchIndex: Template = {
  name: 'batch-index',
  files({ batch, modules, rows }): readonly OutputFile[] {
    if (!batch) return [];
    const text = printModule({ module: 'batch/index', modules, declares: locals }, (file) =>
      batchObject(batch, rows, file),
    );
    return [{ path: 'src/batch/index.ts', text: banner + text }];
  },
};

/** The parameters of `createBatch`. */
const locals = ['client', 'dialect'];

function batchObject(batch: Batching, rows: Api['rows'], file: SourceFile): string {
  const { code } = file;
  const { groups } = batch;
  const client = type('Client', 'runtime/client');
  const parts = groups.map((group) => builders(group, rows, file));
  const imports = groups.map(({ name }, index) => {
    const how = parts[index]?.isTable ? 'import type' : 'import';
    return `${how} * as ${local(name)} from './${name}.js';\n`;
  });
  const { runner, exported, parameter } = partsOf(batch, file);
  const head = signature({
    name: 'createBatch',
    params: [{ name: 'client', types: [file.uses(client)] }, parameter],
    result: { name: 'Batch', args: [] },
  });
  return code`${imports}
${exported}
/** A builder per batchable operation, which sends nothing, and what runs the actions that they give. */
export type Batch = ${runner.type} & {
${groups.map(({ name }) => `  readonly ${name}: typeof ${local(name)};\n`)}};

/** Batches that are sent through a client. */
${head} {
  return {
    ...${runner.create},
${groups.map(({ name }, index) => code`    ${member(name, parts[index]?.made ?? text(local(name)))}\n`)}  };
}
`;
}

/** The builders of a group: made of its rows, with those beside them that are functions; or all of its module. */
function builders(
  { name, operations }: Group,
  rows: Api['rows'],
  file: SourceFile,
): { readonly isTable: boolean; readonly made: Expression } {
  const functions = operations.filter((operation) => !isBuiltFromRow(operation, rows));
  if (functions.length === operations.length) return { isTable: false, made: text(local(name)) };
  const build = file.uses(value('buildRows', 'runtime/batch/action/build-rows'));
  const others = functions.map((operation): Member => {
    const builder = file.uses(value(operation.name, `batch/${name}`));
    return [operation.name, text(builder)];
  });
  const made = call(
    `${build}<typeof ${local(name)}>`,
    text(file.uses(rowsOf(name))),
    ...(others.length > 0 ? [object(others)] : []),
  );
  return { isTable: true, made };
}

/** What of the batch object depends on how batches live. */
interface Parts {
  readonly runner: { readonly type: string; readonly create: string };
  readonly exported: string;
  readonly parameter: Parameter;
}

function partsOf(batch: Batching, file: SourceFile): Parts {
  switch (batch.kind) {
    case 'draft':
      return ofDrafts(batch, file);
    case 'request':
      return ofRequests(batch, file);
  }
}

function ofDrafts({ descriptor, traits }: DraftBatching, { code }: SourceFile): Parts {
  const dialect = type(traits.name, dialectModule);
  const generic: Ref = { ...type('Batch', 'runtime/batch/draft/batch'), as: 'BatchOf' };
  const create: Ref = { ...value('createBatch', 'runtime/batch/draft/draft-batch'), as: 'create' };
  return {
    runner: {
      type: code`${generic}<${dialect}>`,
      create: code`${create}<${dialect}>(client, dialect)`,
    },
    exported: `export * from '../runtime/batch/public.js';\nexport * from './dialect.js';\n`,
    parameter: {
      name: 'dialect',
      types: [code`${dialect}`],
      default: code`${value(descriptor.name, dialectModule)}`,
    },
  };
}

function ofRequests({ descriptor, traits: names }: RequestBatching, { code }: SourceFile): Parts {
  const traits = type(names.name, dialectModule);
  const constant = value(descriptor.name, dialectModule);
  return {
    runner: {
      type: code`${type('RequestBatch', 'runtime/batch/request/batch')}<${traits}>`,
      create: code`${value('createRequestBatch', 'runtime/batch/request/request-batch')}<${traits}>(client, dialect)`,
    },
    exported: `export * from '../runtime/batch/public-requests.js';\nexport * from './dialect.js';\n`,
    parameter: {
      name: 'dialect',
      types: [code`${type('RequestDialect', 'runtime/batch/request/request-protocol')}<${traits}>`],
      default: code`${constant}`,
    },
  };
}

/** The module's name inside this one, where a group may be called as an export is. */
function local(group: string): string {
  return `${group}Module`;
}
