/** What a first configuration says. */
export interface FirstTarget {
  readonly input: string;
  readonly output: string;
  readonly name: string;
  readonly dialect: string | undefined;
  readonly lenient: boolean | undefined;
  /** Where the source of the package is kept. */
  readonly repository: string | undefined;
}

/** The text of a configuration with one target, which is called like its package. */
export function configText(target: FirstTarget): string {
  const { input, output, name, dialect, lenient, repository } = target;
  const key = name.replace(/^@.*\//, '');
  const lines = [
    `input: ${quoted(input)}`,
    `output: ${quoted(output)}`,
    `name: ${quoted(name)}`,
    ...(dialect === undefined ? [] : [`dialect: ${quoted(dialect)}`]),
    ...(lenient ? ['lenient: true'] : []),
    `version: 'semver'`,
    ...(repository === undefined ? [] : [`package: { repository: ${quoted(repository)} }`]),
  ];
  return `import { type Config, defineConfig } from 'batchwright';

const config: Config = defineConfig({
  targets: {
    ${/^[a-z]\w*$/i.test(key) ? key : quoted(key)}: {
${lines.map((line) => `      ${line},`).join('\n')}
    },
  },
});

export default config;
`;
}

function quoted(text: string): string {
  const json = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `'${json.replaceAll("'", String.raw`\'`)}'`;
}
