import { command, type Command } from './command.ts';
import { reading } from './reading-options.ts';

export const generate: Command = command({
  name: 'generate',
  operands: ['[target...]'],
  summary: 'Generate the targets of the configuration, or one document',
  options: {
    config: {
      kind: 'value',
      value: '<file>',
      summary: 'The configuration (default: the nearest batchwright.config.*)',
    },
    input: {
      kind: 'value',
      value: '<document>',
      summary: 'A file, an http(s) URL, or - for standard input',
    },
    output: { kind: 'value', value: '<folder>', summary: 'Where the package is written' },
    name: { kind: 'value', value: '<package>', summary: 'The name of the package' },
    check: {
      kind: 'switch',
      summary: 'Write nothing; fail where the output is not what would be generated',
    },
    force: { kind: 'switch', summary: 'Overwrite what was edited by hand, and what is in the way' },
    watch: {
      kind: 'switch',
      summary: 'Go on: generate again what a change of a file concerns, and say what changed',
    },
    format: { kind: 'value', value: '<text|json>', summary: 'How to report (default: text)' },
    ...reading,
  },
  examples: [
    'batchwright generate --input openapi.yaml --output packages/client',
    'batchwright generate',
    'batchwright generate meraki --check',
    'curl https://example.com/api.json | batchwright generate --input - --output client',
  ],
  async run(targets, flags, terminal) {
    if (flags.watch) {
      const { watchCommand } = await import('./watch/watch.ts');
      return watchCommand(targets, flags, terminal);
    }
    const { generateCommand } = await import('./generate.ts');
    return generateCommand(targets, flags, terminal);
  },
});
