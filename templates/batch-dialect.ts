import type { Batching, DraftBatching, RequestBatching } from '../generator/ir/batch.ts';
import { docOfText } from '../generator/ir/doc.ts';
import { printModule, type SourceFile, type, value } from '../generator/print/code.ts';
import { comment, data, type Laid, member } from '../generator/print/laid.ts';
import { quote } from '../generator/print/text.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';
import type { Modules } from '../generator/ir/api.ts';
import { pages } from './pages.ts';

/** Where the printed descriptor is, below `src/`. */
export const dialectModule = 'batch/dialect';

/** `src/batch/dialect.ts`: how the API takes batches, as data. */
export const batchDialect: Template = {
  name: 'batch-dialect',
  files({ title, batch, modules }): readonly OutputFile[] {
    if (!batch) return [];
    const { name } = batch.descriptor;
    const scope = { module: dialectModule, modules, declares: [name, batch.traits.name] };
    const text = printModule(scope, (file) => descriptor(title, batch, file));
    return [
      { path: `src/${dialectModule}.ts`, text: banner + text },
      { path: 'src/batch/effects.ts', text: banner + effectsModule(title, batch, modules) },
    ];
  },
};

function effectsModule(title: string, batch: Batching, modules: Modules): string {
  const scope = { module: 'batch/effects', modules, declares: ['effects'] };
  const about = docOfText(
    `What is known of the resources of ${title}, for previews and for undoing.`,
  );
  return printModule(scope, (file) => {
    const { code } = file;
    const facts = type('EffectFacts', 'runtime/batch/protocol/protocol');
    return code`${comment(about)}export const effects: ${facts} = ${effectFacts(batch, file)};
`;
  });
}

function effectFacts({ effects, pages: listings }: Batching, file: SourceFile): Laid | string {
  const { code } = file;
  const lines = Object.entries(listings).map(
    ([route, { paging, items }]) => code`    ${member(quote(route), pages(paging, items, file))}
`,
  );
  if (lines.length === 0) return data(effects);
  const { resources, verbs, merges } = effects;
  return code`{
  resources: ${data(resources)},
  verbs: ${data(verbs)},
  merges: ${String(merges)},
  pages: () => ({
${lines}  }),
}`;
}

function descriptor(title: string, batch: Batching, file: SourceFile): string {
  switch (batch.kind) {
    case 'draft':
      return ofDrafts(title, batch, file);
    case 'request':
      return ofRequests(title, batch, file);
  }
}

function ofDrafts(
  title: string,
  { descriptor: { name, value: members }, traits }: DraftBatching,
  { code }: SourceFile,
): string {
  const home = 'runtime/batch/protocol/protocol';
  const hook = type('CallbackRecord', home);
  const about = docOfText(`How ${title} takes batches: what of it decides about types.`);
  return code`${comment(about)}export interface ${traits.name} extends ${type('DraftDialect', home)}<${union(traits.scope)}> {
  readonly reports: ${quote(traits.reports)};
  readonly hook${traits.callbacks ? code`: ${hook}` : '?: undefined'};
}

${summary(title, name)}export const ${name}: ${traits.name} = ${withEffects(code`${data(members)}`)};
`;
}

/** The facts are loaded when something asks for them. */
function withEffects(literal: string): string {
  return `${literal.slice(0, -1)}  effects: () => import('./effects.js').then(({ effects }) => effects),\n}`;
}

function ofRequests(
  title: string,
  { descriptor: { name, value: members }, traits, hooks }: RequestBatching,
  { code }: SourceFile,
): string {
  const home = 'runtime/batch/request/request-protocol';
  const literal = withEffects(code`${data(members)}`);
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
  readonly previews: ${String(traits.previews)};
}

${summary(title, name)}export const ${name}: ${type('RequestDialect', home)}<${traits.name}> = ${printed};
`;
}

function summary(title: string, name: string): Laid {
  const text = `How ${title} takes batches. What differs on a server of yours is replaced in a copy: \`createBatch(client, { ...${name}, limits: { … } })\`.`;
  return comment(docOfText(text));
}

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(quote).join(' | ');
}
