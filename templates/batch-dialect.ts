import type { RequestBatching } from '../generator/ir/batch.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { printModule, type SourceFile, type, value } from '../generator/print/code.ts';
import { data } from '../generator/print/data.ts';
import { docComment } from '../generator/print/doc.ts';
import { quote } from '../generator/print/text.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';

/** Where the printed descriptor is, below `src/`. */
export const dialectModule = 'batch/dialect';

/** `src/batch/dialect.ts`: the descriptor of an API whose batch is one request, as data. */
export const batchDialect: Template = {
  name: 'batch-dialect',
  files({ title, batch, modules }): readonly OutputFile[] {
    if (batch?.kind !== 'request') return [];
    const { name } = batch.descriptor;
    const scope = { module: dialectModule, modules, declares: [name, batch.traits.name] };
    const text = printModule(scope, (file) => descriptor(title, batch, file));
    return [{ path: `src/${dialectModule}.ts`, text: banner + text }];
  },
};

function descriptor(
  title: string,
  { descriptor: { name, value: members }, traits, hooks }: RequestBatching,
  { code }: SourceFile,
): string {
  const home = 'runtime/batch/request/request-protocol';
  const doc = docComment(
    {
      ...noDoc,
      summary: `How ${title} takes batches. What differs on a server of yours is replaced in a copy: \`createBatch(client, { ...${name}, limits: { … } })\`.`,
    },
    0,
  );
  const literal = data(members, 0, 0);
  const printed = hooks
    ? code`${literal.slice(0, -1)}  ${hooks.name === 'hooks' ? '' : 'hooks: '}${value(hooks.name, hooks.module)},\n}`
    : literal;
  return code`/** What of the dialect decides about types. */
export interface ${traits.name} {
  readonly onError: ${union(traits.onError)};
  readonly scope: ${union(traits.scope)};
  readonly within: readonly [${traits.within.map(quote).join(', ')}];
  readonly version: ${union(traits.version)};
  readonly references: ${String(traits.references)};
}

${doc}export const ${name}: ${type('RequestDialect', home)}<${traits.name}> = ${printed};
`;
}

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(quote).join(' | ');
}
