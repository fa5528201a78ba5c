import type { Api } from '../generator/ir.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { batchable } from './batch-module.ts';
import { banner, type BatchContext, type OutputFile, type Template } from './template.ts';

/** `src/batch/index.ts`: the builders, and running what they build; `src/node.ts`: what needs Node. */
export const batchIndex: Template = {
  name: 'batch-index',
  files({ api, plan, batch }): readonly OutputFile[] {
    if (!batch) return [];
    const text = printModule('batch/index', plan.homes, (file) => batchObject(api, batch, file));
    const { node } = batch.dialect;
    const entry = `${banner}export { ${node?.exports.join(', ')} } from './runtime/batch/${node?.module}.js';\n`;
    return [
      { path: 'src/batch/index.ts', text: banner + text },
      ...(node ? [{ path: 'src/node.ts', text: entry }] : []),
    ];
  },
};

function batchObject(api: Api, { dialect }: BatchContext, { code }: SourceFile): string {
  const groups = batchable(api.groups);
  const home = `runtime/batch/${dialect.runtime.module}`;
  const client = type('Client', 'runtime/client');
  const generic: Ref = { ...type('Batch', 'runtime/batch/batch'), as: 'BatchOf' };
  const create: Ref = { ...value('createBatch', 'runtime/batch/batch'), as: 'create' };
  const imports = groups.map(({ name }) => `import * as ${local(name)} from './${name}.js';\n`);
  return code`${imports}
export * from '../runtime/batch/public.js';

/** A builder per batchable operation, which sends nothing, and what runs the actions that they give. */
export type Batch = ${generic}<${type(dialect.runtime.type, home)}> & {
${groups.map(({ name }) => `  readonly ${name}: typeof ${local(name)};\n`)}};

/** Batches that are sent through a client. */
export function createBatch(client: ${client}): Batch {
  return {
    ...${create}(client, ${value(dialect.runtime.name, home)}),
${groups.map(({ name }) => `    ${name}: ${local(name)},\n`)}  };
}
`;
}

/** The module's name inside this one, where a group may be called as an export is. */
function local(group: string): string {
  return `${group}Module`;
}
