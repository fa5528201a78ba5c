import type { Api, CommandLinePackage } from '../../generator/ir/api.ts';
import { visible } from '../../generator/print/text.ts';
import type { OutputFile, Template } from '../../generator/template.ts';
import { changesSections } from './readme-changes.ts';

/** `README.md` of the command line. */
export const cliReadme: Template = {
  name: 'cli-readme',
  files: (api): readonly OutputFile[] =>
    api.cli ? [{ path: 'README.md', text: readmeOf(api, api.cli) }] : [],
};

function readmeOf(api: Api, { name, bin }: CommandLinePackage): string {
  const title = visible(api.title.slice(0, 200))
    .replaceAll(/[\\`*_{}[\]<>()#+!|\s]+/g, ' ')
    .trim();
  const variables = api.client.credentials.map(
    ({ option }) => `\`${variable(bin)}_${variable(option)}\``,
  );
  return `# ${name}

The command line of ${title || 'an API'}.

\`\`\`sh
npm install --global ${name}
${bin} --help
\`\`\`

## Credentials

${credentials(variables)}They are never taken from arguments, which other users of the machine can see.

## Calls

\`\`\`sh
${bin} find WORDS
${bin} GROUP OPERATION --help
\`\`\`

\`${bin} GROUP OPERATION\` calls an operation. Each parameter is an option of its name, or \`--param name=value\`; a body is \`--body @file.json\`, \`--body -\` for standard input, or \`--set name=value\` for each of its members. \`--dry-run\` prints the request and sends nothing. \`--output table|json|jsonl|csv|yaml\`, \`--fields\`, \`--all\` and \`--limit\` say what is printed.

${changesSections(api, bin)}## Scripts

Data goes to standard output, everything else to standard error. \`${bin} --help\` lists the exit codes.

## For models

\`${bin} mcp\` serves the API to a model, over the Model Context Protocol, as seven tools. It only reads. With \`--allow-writes\` it applies a plan after a person has approved it: \`${bin} approve PLAN\`.
`;
}

function credentials(variables: readonly string[]): string {
  if (variables.length === 0) return '';
  return `Credentials come from the environment (${variables.join(', ')}), from a profile in a file that only you can read, or from a command (\`--key-command\`). `;
}

function variable(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
