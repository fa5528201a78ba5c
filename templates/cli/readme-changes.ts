import type { Api } from '../../generator/ir/api.ts';
import type { Operation, Param, Property, Type } from '../../generator/ir/ir.ts';

/** The sections of the README about changes from a file, where the API takes batches. */
export function changesSections(api: Api, bin: string): string {
  const { batch } = api;
  if (!batch?.node) return '';
  const example = batch.dialect === 'meraki' ? exampleOf(api) : undefined;
  const changes = batch.groups.flatMap(({ operations }) => operations);
  const operation =
    example?.operation.name ?? changes.find(({ method }) => method !== 'GET')?.name ?? 'OPERATION';
  const preview = batch.kind === 'draft' ? [`${bin} batch preview plan.jsonl`] : [];
  return `## Changes from a file

${example ? `\`changes.csv\` has a row for each change:\n\n\`\`\`csv\n${csvOf(example)}\`\`\`\n` : 'A CSV file has a row for each change, and a column for each input. JSON and JSON lines do as well.\n'}
\`\`\`sh
${[`${bin} batch plan changes.csv --op ${operation}`, ...preview, `${bin} batch apply plan.jsonl`].join('\n')}
\`\`\`

\`plan\` checks every row and sends nothing. ${preview.length > 0 ? '`preview` shows what each row would change. ' : ''}\`apply\` shows the plan, asks, and prints the path of \`results.csv\`: each row with its status, and the reason where it was not applied. \`${bin} batch resume --last\` takes up a run that was interrupted${batch.kind === 'draft' ? `, and \`${bin} batch undo --last\` takes its changes back` : ''}.
${example ? simulatorSection(example, bin) : ''}
`;
}

interface Example {
  readonly operation: Operation;
  readonly params: readonly Param[];
}

const rows = [
  ['1', 'Reception'],
  ['2', 'Meeting room'],
] as const;

function csvOf({ params }: Example): string {
  const owners = params.slice(0, -1);
  const names = params.map(({ key }) => key);
  const lines = rows.map(([id, name]) => [...owners.map(() => 'EXAMPLE'), id, name].join(','));
  return [[...names, 'name'].join(','), ...lines, ''].join('\n');
}

function simulatorSection({ operation, params }: Example, bin: string): string {
  const last = params.at(-1)?.key ?? 'id';
  const collection = operation.route.replace(/\/[^/]*$/, '').replaceAll(/\{[^{}]*\}/g, 'EXAMPLE');
  const items = rows.map(([id]) => `    { ${JSON.stringify(last)}: "${id}", "name": "Old name" }`);
  return `
### Try it without an account

\`export.json\` says what an account has, by path:

\`\`\`json
{
  ${JSON.stringify(collection)}: [
${items.join(',\n')}
  ]
}
\`\`\`

\`\`\`sh
${bin} simulate --seed-from export.json
\`\`\`

It plays this account on your machine until Ctrl-C, and prints the settings that lead another terminal to it. \`--faults 5%\` lets requests go wrong, \`--fail TEXT\` the rows with a text, and \`${bin} simulate -- COMMAND\` runs a script against it.
`;
}

/** An operation that changes the name of something: the one that says most of where it stands and what it is. */
function exampleOf({ batch, types }: Api): Example | undefined {
  const resolved = (type: Type): Type | undefined =>
    type.kind === 'named' ? types.find(({ name }) => name === type.name)?.type : type;
  const isText = (type: Type): boolean => {
    const found = resolved(type);
    return found?.kind === 'scalar' && found.name === 'string';
  };
  const membersOf = ({ body }: Operation): readonly Property[] => {
    const found = body && resolved(body.type);
    return found?.kind === 'object' ? found.properties : [];
  };
  const fitting = (batch?.groups ?? [])
    .flatMap(({ operations }) => operations)
    .filter(
      (operation) =>
        operation.batch?.operation === 'update' &&
        operation.route.endsWith('}') &&
        operation.params.every((param) => param.in === 'path' && isText(param.type)) &&
        membersOf(operation).some(({ name, type }) => name === 'name' && isText(type)) &&
        membersOf(operation).every(({ name, required }) => name === 'name' || !required),
    );
  const [operation] = fitting.toSorted(
    (a, b) => b.params.length - a.params.length || membersOf(b).length - membersOf(a).length,
  );
  return operation && { operation, params: operation.params };
}
