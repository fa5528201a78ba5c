import { command, type Command } from './command.ts';
import { generate } from './generate-command.ts';
import { reading } from './reading-options.ts';

const init = command({
  name: 'init',
  operands: ['[document]'],
  summary: 'Write a configuration for a document',
  options: {
    output: { kind: 'value', value: '<folder>', summary: 'Where the package is written' },
    name: { kind: 'value', value: '<package>', summary: 'The name of the package' },
    ...reading,
  },
  examples: [
    'batchwright init',
    'batchwright init openapi.yaml --output packages/client --name @acme/inventory',
  ],
  async run([document], flags, terminal) {
    const { initCommand } = await import('./init/init.ts');
    return initCommand(document, flags, terminal);
  },
});

const inspect = command({
  name: 'inspect',
  operands: ['<document>'],
  summary: 'List the operations of a document, their pages and batches',
  options: { json: { kind: 'switch', summary: 'Print JSON' }, ...reading },
  examples: [
    'batchwright inspect openapi.yaml',
    'batchwright inspect https://example.com/api.json --json',
    'cat openapi.yaml | batchwright inspect -',
  ],
  async run([document = '-'], flags, terminal) {
    const { inspectCommand } = await import('./inspect.ts');
    return inspectCommand(document, flags, terminal);
  },
});

const validate = command({
  name: 'validate',
  operands: ['<document>'],
  summary: 'Say what is wrong with a document, with swagger-parser as a second opinion',
  options: { json: { kind: 'switch', summary: 'Print JSON' }, ...reading },
  examples: [
    'batchwright validate openapi.yaml',
    'batchwright validate https://example.com/api.json --json',
  ],
  async run([document = '-'], flags, terminal) {
    const { validateCommand } = await import('./validate.ts');
    return validateCommand(document, flags, terminal);
  },
});

const diff = command({
  name: 'diff',
  operands: ['[document...]'],
  summary: 'Say what changed between two documents, and what of it breaks',
  options: {
    since: {
      kind: 'value',
      value: '<revision>',
      summary: 'Compare one document with itself in a commit, tag or branch',
    },
    level: {
      kind: 'value',
      value: '<axes>',
      summary: 'wire, types, batches: a list with commas (default: all of them)',
    },
    'fail-on': {
      kind: 'value',
      value: '<severity>',
      summary: 'breaking or warning: what the exit code 1 stands for (default: breaking)',
    },
    format: {
      kind: 'value',
      value: '<text|json|markdown|html>',
      summary: 'How to report (default: text)',
    },
    config: {
      kind: 'value',
      value: '<file>',
      summary: 'The configuration whose `accept` counts (default: the nearest)',
    },
    target: {
      kind: 'value',
      value: '<name>',
      summary: 'Read both as this target does: its overlays, filters, names and dialect',
    },
    prove: {
      kind: 'switch',
      summary: 'Compile code that uses all of the old client against the new one, too',
    },
    ...reading,
  },
  examples: [
    'batchwright diff old.yaml new.yaml',
    'batchwright diff git:v1.2.0:openapi.yaml openapi.yaml --fail-on warning',
    'batchwright diff --since main openapi.yaml --format markdown',
    'batchwright diff packages/client openapi.yaml',
    'batchwright diff old.yaml https://example.com/api.json --level wire,batches',
  ],
  async run(documents, flags, terminal) {
    const { diffCommand } = await import('./diff.ts');
    return diffCommand(documents, flags, terminal);
  },
});

const migrate = command({
  name: 'migrate',
  operands: ['[files...]'],
  summary: 'Rewrite code that uses a package for its next version',
  options: {
    from: {
      kind: 'value',
      value: '<package>',
      summary: 'What the code uses: the folder of a package, also git:REV:path, or a document',
    },
    to: { kind: 'value', value: '<package>', summary: 'The same for what it is to use' },
    name: {
      kind: 'value',
      value: '<package>',
      summary: 'The name that the code imports, where documents are compared',
    },
    'dry-run': { kind: 'switch', summary: 'Print a patch, and change nothing' },
    config: {
      kind: 'value',
      value: '<file>',
      summary: 'The configuration that has the target (default: the nearest)',
    },
    target: {
      kind: 'value',
      value: '<name>',
      summary: 'Read both as this target does: its overlays, filters, names and dialect',
    },
    ...reading,
  },
  examples: [
    "batchwright migrate --from git:v1.2.0:client --to client 'src/**/*.ts'",
    "batchwright migrate --from old.yaml --to new.yaml --name @acme/pets 'src/**/*.ts' --dry-run",
  ],
  async run(patterns, flags, terminal) {
    const { migrateCommand } = await import('./migrate.ts');
    return migrateCommand(patterns, flags, terminal);
  },
});

const explore = command({
  name: 'explore',
  operands: ['<document>'],
  summary: 'Write a page that shows a document: its operations, types, pages and batches',
  options: {
    diff: {
      kind: 'value',
      value: '<document>',
      summary: 'Show what changed since this document, too',
    },
    output: {
      kind: 'value',
      value: '<file>',
      summary: 'Where the page is written; - for standard output (default: explorer.html)',
    },
    name: { kind: 'value', value: '<package>', summary: 'The name of the package in examples' },
    ...reading,
  },
  examples: [
    'batchwright explore openapi.yaml',
    'batchwright explore openapi.yaml --diff git:v1.2.0:openapi.yaml --output changes.html',
    'batchwright explore https://example.com/api.json --output -',
  ],
  async run([document = '-'], flags, terminal) {
    const { exploreCommand } = await import('./explore.ts');
    return exploreCommand(document, flags, terminal);
  },
});

/** The commands of batchwright. What a command needs is loaded when it runs. */
export const commands: readonly Command[] = [
  init,
  generate,
  inspect,
  validate,
  diff,
  migrate,
  explore,
];
