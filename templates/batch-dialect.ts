import type { RequestModule } from '../generator/dialects/dialect.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { camelCase, pascalCase } from '../generator/ir/names.ts';
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
  files({ api, plan, batch }): readonly OutputFile[] {
    if (!batch || !('batches' in batch.dialect.runtime)) return [];
    const { runtime } = batch.dialect;
    const text = printModule(dialectModule, plan.homes, (file) =>
      descriptor(api.title, runtime, file),
    );
    return [{ path: `src/${dialectModule}.ts`, text: banner + text }];
  },
};

/** The names under which a descriptor and its traits are exported. */
export function dialectNames(name: string): { readonly value: string; readonly traits: string } {
  return { value: camelCase(name) || 'dialect', traits: `${pascalCase(name)}Traits` };
}

function descriptor(title: string, runtime: RequestModule, { code }: SourceFile): string {
  const { batches, hooks } = runtime;
  const { value: constant, traits } = dialectNames(batches.name);
  const home = 'runtime/batch/request/request-protocol';
  const doc = docComment(
    {
      ...noDoc,
      summary: `How ${title} takes batches. What differs on a server of yours is replaced in a copy: \`createBatch(client, { ...${constant}, limits: { … } })\`.`,
    },
    0,
  );
  const literal = data(batches, 0, 0);
  const printed = hooks
    ? code`${literal.slice(0, -1)}  ${hooks.name === 'hooks' ? '' : 'hooks: '}${value(hooks.name, hooks.module)},\n}`
    : literal;
  return code`/** What of the dialect decides about types. */
export interface ${traits} {
  readonly onError: ${union(batches.onError)};
  readonly scope: ${union(batches.scope)};
  readonly within: readonly [${(batches.references.within ?? []).map(quote).join(', ')}];
  readonly version: ${union(versions(batches))};
  readonly references: ${String(batches.references.verbs.length > 0)};
}

${doc}export const ${constant}: ${type('RequestDialect', home)}<${traits}> = ${printed};
`;
}

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(quote).join(' | ');
}

function versions({ endpoints }: RequestModule['batches']): readonly string[] {
  return endpoints.flatMap(({ fence }) => (fence?.kind === 'version' ? [fence.option] : []));
}
